/**
 * The browser's part of passkeys (WebAuthn). The server's JSON has binary values in base64url. The converters that
 * newer browsers have for it (`parseCreationOptionsFromJSON`, `toJSON`) are missing in older ones.
 */

import { fromBase64, toBase64 } from "./bytes.js";

/** @typedef {import("./schemas.js").PasskeyCreation} Creation */
/** @typedef {import("./schemas.js").PasskeyRequest} Request */
/** @typedef {import("./schemas.js").NewPasskey} NewPasskey */
/** @typedef {import("./schemas.js").PasskeyAnswer} Answer */

/** Whether this browser has passkeys on this page. The server says whether its address can have any. */
export const hasPasskeys = () => isSecureContext && "PublicKeyCredential" in globalThis;

/** @param {ArrayBuffer} buffer */
export const toBase64Url = (buffer) => toBase64(new Uint8Array(buffer)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export function fromBase64Url(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  const bytes = fromBase64(padded);
  if (!bytes) throw new Error("not base64url");
  return new Uint8Array(bytes);
}

/** @param {{id: string}[]} list @returns {PublicKeyCredentialDescriptor[]} */
const descriptors = (list) => list.map(({ id }) => ({ type: "public-key", id: fromBase64Url(id) }));

/** @param {PublicKeyCredential} made */
const head = (made) => ({ id: made.id, rawId: toBase64Url(made.rawId), type: /** @type {"public-key"} */ ("public-key") });

/**
 * Makes a passkey on this device or on another one that the browser offers.
 * @param {Creation} options
 * @returns {Promise<NewPasskey | null>} null: the person gave up, the time ran out, or the browser does not trust the page.
 *   Rejects with an InvalidStateError where the device has one of `excludeCredentials`.
 */
export async function createPasskey(options) {
  const publicKey = {
    ...options,
    challenge: fromBase64Url(options.challenge),
    user: { ...options.user, id: fromBase64Url(options.user.id) },
    excludeCredentials: descriptors(options.excludeCredentials),
  };
  const made = /** @type {PublicKeyCredential | null} */ (await nullIfRefused(navigator.credentials.create({ publicKey })));
  if (!made) return null;
  const { clientDataJSON, attestationObject } = /** @type {AuthenticatorAttestationResponse} */ (made.response);
  return { ...head(made), response: { clientDataJSON: toBase64Url(clientDataJSON), attestationObject: toBase64Url(attestationObject) } };
}

/**
 * Lets a passkey sign the server's challenge.
 * @param {Request} options
 * @param {AbortSignal} signal
 * @returns {Promise<Answer | null>} null: as above, or aborted
 */
export async function signWithPasskey(options, signal) {
  const publicKey = { ...options, challenge: fromBase64Url(options.challenge), allowCredentials: descriptors(options.allowCredentials) };
  const found = /** @type {PublicKeyCredential | null} */ (await nullIfRefused(navigator.credentials.get({ publicKey, signal })));
  if (!found) return null;
  const { clientDataJSON, authenticatorData, signature } = /** @type {AuthenticatorAssertionResponse} */ (found.response);
  const response = {
    clientDataJSON: toBase64Url(clientDataJSON),
    authenticatorData: toBase64Url(authenticatorData),
    signature: toBase64Url(signature),
  };
  return { ...head(found), response };
}

/** @param {Promise<Credential | null>} asked */
async function nullIfRefused(asked) {
  try {
    return await asked;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : "";
    if (name === "NotAllowedError" || name === "AbortError" || name === "SecurityError") return null;
    throw error;
  }
}

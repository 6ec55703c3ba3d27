/**
 * The keys that this client trusts for a log: the first one it met, and keys that a trusted key handed over to.
 * Pure. After a handover only the new key is valid: later signatures of an older key are ignored, because it may
 * have been replaced after a theft.
 */
import { fromHex, utf8 } from "../../lib/bytes.js";
import { continuationMessage, isSignature, isSignedBy, readKey, rotationMessage } from "./checkpoints.js";

/**
 * @typedef {{vkey:string, from:number|null}} Pin `from`: the smallest log size known to be signed by it
 * @typedef {import("../../lib/schemas.js").Rotation} Handover
 * @typedef {import("./checkpoints.js").Note} Note
 */

const MOST_HANDOVERS = 32;

/** @param {any} handovers as listed by the server @returns {Handover[]} the well-formed ones */
export function handoversFrom(handovers) {
  if (!Array.isArray(handovers)) return [];
  return handovers.slice(0, MOST_HANDOVERS).filter((one) => readKey(one?.old_key) && readKey(one.new_key)
    && fromHex(one.signature_by_old, 64));
}

/** @param {Handover} handover @param {string[]} logIds Whether the old key signed it for one of these logs. */
function isSigned({ old_key, new_key, signature_by_old }, logIds) {
  const old = readKey(old_key);
  const signature = fromHex(signature_by_old);
  if (!old || !signature) return false;
  return logIds.some((id) => isSignature(old.publicKey, utf8(rotationMessage(id, old_key, new_key)), signature));
}

/**
 * The trusted keys with the keys linked to them by handovers: later ones, and earlier ones whose
 * old checkpoints may still arrive.
 * @param {Pin[]} pins oldest first @param {Handover[]} handovers @param {string[]} logIds
 * @returns {Pin[]}
 */
export function withHandovers(pins, handovers, logIds) {
  const found = [...pins];
  const knows = (/** @type {string} */ vkey) => found.some((pin) => pin.vkey === vkey);
  for (let grew = true; grew;) {
    grew = false;
    for (const handover of handovers) {
      const { old_key, new_key } = handover;
      if (knows(old_key) === knows(new_key) || !isSigned(handover, logIds)) continue;
      if (knows(old_key)) found.splice(found.findIndex((pin) => pin.vkey === old_key) + 1, 0, { vkey: new_key, from: null });
      else found.splice(found.findIndex((pin) => pin.vkey === new_key), 0, { vkey: old_key, from: null });
      grew = true;
    }
  }
  return found;
}

/** In place of a log id in what an old key signs for the rotation of the server's own key. */
const INSTALLATION = "installation";

/** @param {string} vkey @returns {string} where a client stores the key of an installation, whose name all of its keys have */
export const installationOf = (vkey) => `${INSTALLATION}:${vkey.slice(0, vkey.indexOf("+"))}`;

/**
 * Whether a key is the known one of its installation, or was handed over to by it.
 * @param {string|null} pinned null: none is known @param {string} vkey @param {Handover[]} handovers
 */
export function isOfInstallation(pinned, vkey, handovers) {
  if (pinned === null || pinned === vkey) return true;
  return withHandovers([{ vkey: pinned, from: null }], handovers, [INSTALLATION]).some((pin) => pin.vkey === vkey);
}

/**
 * The trusted keys after this checkpoint.
 * @param {Pin[]} pins @param {Note} note @returns {Pin[]|null} null unless a valid key signed it
 */
export function pinsAfter(pins, note) {
  const at = pins.findIndex(({ vkey }) => {
    const key = readKey(vkey);
    return key !== null && isSignedBy(note, key);
  });
  const pin = pins[at];
  const replaced = pins.slice(at + 1).some(({ from }) => from !== null && from <= note.size);
  if (!pin || replaced) return null;
  const seen = { vkey: pin.vkey, from: Math.min(pin.from ?? note.size, note.size) };
  return pins.map((one) => (one === pin ? seen : one));
}

/**
 * The keys of a log that continues an earlier one, if a key of the earlier log signed the continuation.
 * @param {Pin[]} pins the keys of the earlier log, oldest first
 * @param {string} logId of the new log @param {any} start data of its first entry
 * @returns {Pin[]|null} null: not signed by a key in force at the end of the earlier log
 */
export function pinsContinued(pins, logId, start) {
  const signature = fromHex(start.continues.signature_by_old, 64);
  const replaced = pins.map(({ from }) => from !== null && from <= start.continues.size).lastIndexOf(true);
  const signed = signature !== null && pins.slice(Math.max(replaced, 0)).some(({ vkey }) => {
    const key = readKey(vkey);
    return key !== null && isSignature(key.publicKey, utf8(continuationMessage(logId, vkey, start)), signature);
  });
  return signed ? [{ vkey: start.key, from: null }] : null;
}

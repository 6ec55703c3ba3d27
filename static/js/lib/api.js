/**
 * Client of /api/v1. Adds the mount path, the CSRF token and the idempotency key, and converts every failure
 * to a Problem whose `detail` can be shown to the user unchanged.
 */

import { boot, href } from "./boot.js";
import { lang, t } from "./words.js";

/**
 * A refusal by the server, or code "offline" when the server is unreachable.
 * `errors` is the server's list of invalid fields, when it sent one; `members` all that it sent.
 */
export class Problem extends Error {
  /**
   * @param {{
   *   code: string, title?: string, detail?: string, status: number, errors?: any,
   *   retryAfter?: number, members?: Record<string, any>,
   * }} facts `retryAfter`: seconds, when the server sent it
   */
  constructor(facts) {
    super(facts.detail || facts.title || t("error.unexpected"));
    this.name = "Problem";
    this.code = facts.code;
    this.title = facts.title ?? "";
    this.detail = this.message;
    this.status = facts.status;
    this.errors = facts.errors;
    this.retryAfter = facts.retryAfter ?? 0;
    this.members = facts.members ?? {};
  }
}

/** @typedef {{key?: string, keepalive?: boolean, signal?: AbortSignal}} Options */

/** Event dispatched on window when a response shows that the session has ended. */
export const SIGNED_OUT = "dienhong:signed-out";

/** Returns a random key of 32 hex digits. Also works outside a secure context, where randomUUID is absent. */
export function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Refusals are in the language of the page, which may differ from the browser's setting. */
const ACCEPTED = { Accept: "application/json", "Accept-Language": lang };

/** Asks the person for the own password and tells the server; resolves to false when they give up. @type {() => Promise<boolean>} */
let askPassword = async () => false;

/** Registers what asks for the password when the server refuses an act as `password_needed`. @param {() => Promise<boolean>} ask */
export function onPasswordNeeded(ask) {
  askPassword = ask;
}

/** @param {string} path */
const address = (path) => href(`/api/v1${path}`);

/** @param {string | undefined} key */
function unsafeHeaders(key) {
  return { "X-CSRF-Token": boot.csrf_token, "Idempotency-Key": key ?? randomKey() };
}

/**
 * @param {number} status
 * @param {string} text
 * @param {number} [retryAfter] seconds
 */
function problemFrom(status, text, retryAfter) {
  /** @type {any} */
  let body = null;
  try {
    body = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  const problem = new Problem({ code: "unexpected", ...body, status, retryAfter, members: body ?? {} });
  if (status === 401 && boot.user) dispatchEvent(new CustomEvent(SIGNED_OUT, { detail: problem }));
  return problem;
}

function offline() {
  return new Problem({ code: "offline", status: 0, detail: t("error.offline") });
}

/** Time for a request that is sent again, in ms. */
const AGAIN_MS = 10_000;

/** @param {(signal: AbortSignal) => Promise<any>} request */
async function withinLimit(request) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), AGAIN_MS);
  try {
    return await request(limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Sends a request; when the own password is needed first, asks for it and sends the request again. The caller's
 * time limit runs while the person types: if it ended meanwhile, the request that is sent again has its own.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {Options} [options]
 * @returns {Promise<any>} the parsed response body, null when it is empty
 */
async function sendConfirmed(method, path, body, options = {}) {
  const same = { ...options, key: options.key ?? randomKey() };
  try {
    return await sendRequest(method, path, body, same);
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== "password_needed" || !(await askPassword())) throw error;
    if (!options.signal?.aborted) return sendRequest(method, path, body, same);
    return withinLimit((signal) => sendRequest(method, path, body, { ...same, signal }));
  }
}

/**
 * @param {string} method
 * @param {string} path
 * @param {unknown} [body]
 * @param {Options} [options]
 * @returns {Promise<any>} the parsed response body, null when it is empty
 */
async function sendRequest(method, path, body, options = {}) {
  /** @type {Record<string, string>} */
  const headers = { ...ACCEPTED, ...(method === "GET" ? {} : unsafeHeaders(options.key)) };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  /** @type {Response} */
  let answer;
  let text;
  try {
    answer = await fetch(address(path), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
      keepalive: options.keepalive,
      signal: options.signal,
    });
    text = await answer.text();
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw offline();
  }
  if (!answer.ok) throw problemFrom(answer.status, text, Number(answer.headers.get("Retry-After")));
  return text ? JSON.parse(text) : null;
}

/**
 * Sends one file as multipart/form-data and reports the progress.
 * @param {string} path
 * @param {File} file
 * @param {Record<string, string>} [fields] sent before the file
 * @param {{key?: string, onProgress?: (fraction: number) => void, signal?: AbortSignal}} [options]
 * @returns {Promise<any>} the parsed response body
 */
function upload(path, file, fields = {}, options = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file, file.name);
  const request = new XMLHttpRequest();
  return new Promise((resolve, reject) => {
    request.open("POST", address(path));
    for (const [name, value] of Object.entries({ ...ACCEPTED, ...unsafeHeaders(options.key) })) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress?.(event.loaded / event.total);
    };
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(JSON.parse(request.responseText));
      else reject(problemFrom(request.status, request.responseText));
    };
    request.onerror = () => reject(offline());
    request.onabort = () => reject(new DOMException("upload cancelled", "AbortError"));
    options.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}

export const api = {
  /** @type {(path: string, options?: Options) => Promise<any>} */
  get: (path, options) => sendRequest("GET", path, undefined, options),
  /** @type {(path: string, body?: unknown, options?: Options) => Promise<any>} */
  post: (path, body, options) => sendConfirmed("POST", path, body, options),
  /** @type {(path: string, body?: unknown, options?: Options) => Promise<any>} */
  put: (path, body, options) => sendConfirmed("PUT", path, body, options),
  /** @type {(path: string, body?: unknown, options?: Options) => Promise<any>} */
  patch: (path, body, options) => sendConfirmed("PATCH", path, body, options),
  /** @type {(path: string, body?: unknown, options?: Options) => Promise<any>} */
  del: (path, body, options) => sendConfirmed("DELETE", path, body, options),
  upload,
};

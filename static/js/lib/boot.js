/**
 * Data that the server embeds in a page: the user, the language and the mount path. URLs and storage keys
 * are built by this module, because the same page also runs under a sub-path.
 *
 * @typedef {import("./schemas.js").SessionUser} Person
 * @typedef {{
 *   csrf_token: string, user: Person | null, lang: string, protocol_version: number, demo: boolean,
 *   [key: string]: any
 * }} Boot
 */

/** @returns {Boot} */
function read() {
  const text = document.getElementById("boot")?.textContent;
  if (!text) throw new Error("the page has no boot data");
  return JSON.parse(text);
}

/** @type {Boot} */
export const boot = read();

/** The mount path: "" or "/as/chair". */
export const root = document.documentElement.dataset.root ?? "";

/**
 * Returns a URL path on this server.
 * @param {string} path absolute below the mount path, for example "/account"
 */
export function href(path) {
  return root + path;
}

/**
 * Returns a browser storage key that is specific to this mount path and user.
 * @param {string} name
 */
export function storageKey(name) {
  return `dienhong:${root}:${boot.user?.id ?? "-"}:${name}`;
}

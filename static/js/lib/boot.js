/**
 * What the server tells a page once, when it loads: who is here, the language, where the product
 * is mounted. Everything that builds an address or a storage key goes through here, because the
 * same page also runs under a sub-path.
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

/** The path the product is mounted at: "" or "/as/chair". */
export const root = document.documentElement.dataset.root ?? "";

/**
 * An address on this server.
 * @param {string} path absolute within the product, for example "/account"
 */
export function href(path) {
  return root + path;
}

/**
 * A browser storage name that belongs to this mount and this person only.
 * @param {string} name
 */
export function storageKey(name) {
  return `dienhong:${root}:${boot.user?.id ?? "-"}:${name}`;
}

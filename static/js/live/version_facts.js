/**
 * Facts (page count, sizes, hash) of document versions that the room no longer lists because a newer version
 * replaced them. Facts that this client has seen are cached; others are fetched from the server, once each.
 */

/** @typedef {import("../lib/schemas.js").VersionView} Version */

export class VersionFacts {
  /** @type {Map<string, Version>} */ #known = new Map();
  /** @type {Set<string>} */ #asked = new Set();

  /**
   * @param {{versionsOf: (documentId: string) => Promise<Version[]>, arrived: () => void}} interfaces
   *   `versionsOf` may reject: the next `get` then fetches again
   */
  constructor({ versionsOf, arrived }) {
    this.versionsOf = versionsOf;
    this.arrived = arrived;
  }

  /** @param {string} documentId @param {Version} version */
  remember(documentId, version) {
    this.#known.set(keyOf(documentId, version.number), version);
  }

  /** @param {string} documentId @param {number} number @returns {Version|null} null: not known yet, a fetch has started */
  get(documentId, number) {
    const found = this.#known.get(keyOf(documentId, number));
    if (!found) void this.#ask(documentId);
    return found ?? null;
  }

  /** @param {string} documentId */
  async #ask(documentId) {
    if (this.#asked.has(documentId)) return;
    this.#asked.add(documentId);
    try {
      for (const version of await this.versionsOf(documentId)) this.remember(documentId, version);
      this.arrived();
    } catch {
      this.#asked.delete(documentId);
    }
  }
}

/** @param {string} documentId @param {number} number */
const keyOf = (documentId, number) => `${documentId}/${number}`;

/**
 * The bytes of page images, from the store on this device or from the server. Concurrent calls for a page share one
 * request. A stored document is revalidated once with the server (ETag).
 */

/**
 * @typedef {{document_id:string, version:number, sha256:string|null, page:number}} PageRef
 * @typedef {import("./page_store.js").PageStore} PageStore
 */

/** The page image could not be fetched. `status`: the HTTP status, 0 without a network. */
export class PageUnavailable extends Error {
  /** @param {number} status */
  constructor(status) {
    super(`page image unavailable (${status})`);
    this.status = status;
  }
}

/** @param {PageRef} ref @param {number} width @returns {string} */
export const pageKey = (ref, width) => `${ref.document_id}/${ref.version}/${ref.sha256 ?? ""}/${ref.page}/${width}`;

export class PageBytes {
  /** @type {Map<string, Promise<Blob>>} */ #underWay = new Map();
  /** @type {Set<string>} */ #checked = new Set();
  /** @type {Set<string>} */ #kept = new Set();

  /**
   * @param {{root:string, store: Promise<PageStore>, gone: (documentId: string) => void}} options
   *   `gone`: called when a stored document may no longer be read
   */
  constructor({ root, store, gone }) {
    this.root = root;
    this.store = store;
    this.gone = gone;
  }

  /** @param {PageRef} ref @param {number} width @returns {Promise<Blob>} rejects with PageUnavailable */
  get(ref, width) {
    const key = pageKey(ref, width);
    let blob = this.#underWay.get(key);
    if (!blob) {
      blob = this.#find(ref, width, key).finally(() => this.#underWay.delete(key));
      this.#underWay.set(key, blob);
    }
    return blob;
  }

  /** @param {PageRef} ref @param {number} width @returns {Promise<Blob|null>} null when it is not stored on this device */
  async stored(ref, width) {
    const page = await (await this.store).get(pageKey(ref, width));
    return page && new Blob([page.bytes], { type: page.type });
  }

  /**
   * Fetches a page that is not stored yet. Does not read a stored one.
   * @param {PageRef} ref @param {number} width @returns {Promise<void>}
   */
  async ahead(ref, width) {
    if (this.#kept.has(pageKey(ref, width))) return;
    await this.get(ref, width);
  }

  /** @param {string} documentId @returns {Promise<void>} */
  async erasePaper(documentId) {
    this.#kept.clear();
    await (await this.store).erasePaper(documentId);
  }

  /** @param {PageRef} ref @param {number} width @param {string} key */
  async #find(ref, width, key) {
    const store = await this.store;
    const page = await store.get(key);
    if (!page) return this.#fetched(ref, width, key, null);
    this.#kept.add(key);
    this.#checkOnce(ref, width, key, page.etag);
    return new Blob([page.bytes], { type: page.type });
  }

  /**
   * Revalidates a stored document in the background when its first page is read.
   * @param {PageRef} ref @param {number} width @param {string} key @param {string|null} etag
   */
  #checkOnce(ref, width, key, etag) {
    const paper = `${ref.document_id}/${ref.version}`;
    if (this.#checked.has(paper)) return;
    this.#checked.add(paper);
    this.#fetched(ref, width, key, etag).catch((error) => {
      // Without a network the check is repeated when the document is next read from the store.
      if (!(error instanceof PageUnavailable) || error.status === 0) this.#checked.delete(paper);
      else if ([403, 404, 410].includes(error.status)) this.#lost(ref.document_id);
    });
  }

  /** @param {string} documentId */
  #lost(documentId) {
    void this.erasePaper(documentId);
    this.gone(documentId);
  }

  /** @param {PageRef} ref @param {number} width @param {string} key @param {string|null} etag */
  async #fetched(ref, width, key, etag) {
    const response = await this.#request(ref, width, etag);
    if (response.status === 304) return new Blob([]);
    if (!response.ok) throw new PageUnavailable(response.status);
    const blob = await response.blob();
    const bytes = await blob.arrayBuffer();
    const page = { key, paper: ref.document_id, bytes, type: blob.type, etag: response.headers.get("ETag") };
    this.#checked.add(`${ref.document_id}/${ref.version}`);
    this.#kept.add(key);
    (await this.store).put(page).catch((error) => {
      this.#kept.delete(key); // Reading works without the store, for example if the disk is full.
      console.warn("a page was not kept:", error);
    });
    return blob;
  }

  /** @param {PageRef} ref @param {number} width @param {string|null} etag @returns {Promise<Response>} */
  async #request(ref, width, etag) {
    const path = `${this.root}/api/v1/documents/${ref.document_id}/versions/${ref.version}/pages/${ref.page}/image?width=${width}`;
    /** @type {Record<string, string>} */
    const headers = etag ? { "If-None-Match": etag } : {};
    try {
      return await fetch(path, { headers, credentials: "same-origin", cache: "no-store" });
    } catch (error) {
      throw Object.assign(new PageUnavailable(0), { cause: error });
    }
  }
}

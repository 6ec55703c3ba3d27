/** `<page-thumb>`: a thumbnail of a page, fetched when it becomes visible. */

/** @typedef {import("./page_bytes.js").PageRef} PageRef */

const TRY_AGAIN_MS = 1500;

class PageThumb extends HTMLElement {
  /** @type {PageRef|null} */ #page = null;
  /** @type {import("./page_source.js").PageSource|null} */ source = null;
  #seen = false;
  /** @type {IntersectionObserver|null} */ #watch = null;

  /** @param {PageRef|null} page */
  set page(page) {
    const before = this.#page;
    const same = before && page && before.document_id === page.document_id
      && before.version === page.version && before.page === page.page && before.sha256 === page.sha256;
    // Each redraw sets another object for the same page; a request in progress stays valid.
    if (same) return;
    this.#page = page;
    if (this.#seen) void this.#show();
  }

  get page() {
    return this.#page;
  }

  connectedCallback() {
    this.#watch = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.#watch?.disconnect();
      this.#seen = true;
      void this.#show();
    }, { rootMargin: "120px" });
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    this.#watch?.disconnect();
    this.#seen = false;
  }

  async #show() {
    const page = this.#page;
    if (!page || !this.source) return;
    try {
      const canvas = await this.source.thumb(page);
      if (this.#page === page) this.replaceChildren(canvas);
    } catch {
      this.replaceChildren(); // Not rendered yet, or no network: the element stays empty.
      window.setTimeout(() => {
        if (this.isConnected && this.#page === page) void this.#show();
      }, TRY_AGAIN_MS);
    }
  }
}

customElements.define("page-thumb", PageThumb);

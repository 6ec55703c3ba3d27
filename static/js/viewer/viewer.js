/** Shows one page of a document: combines page image, tiles, viewport, ink layer and prefetching. */
import { PageLayer } from "./page_layer.js";
import { BASE_WIDTH, PREVIEW_WIDTH, RESOLUTIONS } from "./page_source.js";
import { PageTiles } from "./page_tiles.js";
import { order, Prefetcher } from "./prefetch.js";
import { basePicture, NOT_ZOOMED, pageSize, sharpPicture } from "./viewport_math.js";
import { LARGEST_PIXEL_RATIO, Viewport } from "./viewport.js";

/** @typedef {import("../ink/editor/ink_layer.js").InkLayer} InkLayer */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../live/presentation.js").Place} Place */
/** @typedef {import("./page_bytes.js").PageRef} PageRef */

const KEPT_EACH_SIDE = 2;
/** Time after which other pages are loaded even if the shown one is not there yet. */
const AHEAD_AT_LATEST_MS = 1000;

export class Viewer {
  /** @type {Place|null} */ place = null;
  /** @type {Paper|null} */ #paper = null;
  /** @type {number|null} */ #roomPage = null;
  #painting = 0;
  /** Width to which neighbouring pages are decoded, in pixels. */
  #basePixels = 0;
  /** Runs while the neighbours of the shown page wait for it. @type {ReturnType<typeof setTimeout>|undefined} */ #aheadTimer;
  /** @type {() => void} */ #setDrawn = () => undefined;
  /** Resolves when the first page is painted. @type {Promise<void>} */
  drawn = new Promise((resolve) => void (this.#setDrawn = resolve));

  /**
   * @param {{source: import("./page_source.js").PageSource, memory: import("./viewport.js").WebStorage,
   *   turn: (step: 1|-1) => void, label: (paper: Paper, page: number) => string, fitted: () => void}} options
   */
  constructor({ source, memory, turn, label, fitted }) {
    this.source = source;
    this.label = label;
    this.layer = new PageLayer(source);
    this.tiles = new PageTiles({
      bytes: source.tiles,
      transform: () => this.viewport.transform,
      busy: () => this.ink?.atWork ?? false,
    });
    this.layer.element.append(this.tiles.element);
    /** @type {import("../ink/editor/ink_layer.js").InkLayer|null} */
    this.ink = null;
    /** @type {Viewport} */
    this.viewport = new Viewport({
      pageElement: this.layer.element,
      memory,
      turn,
      moves: () => this.tiles.pause(),
      rested: () => {
        this.#rested();
        fitted();
      },
      drawing: () => this.ink?.drawing ?? null,
      tapped: (at) => this.ink?.tapped(at),
    });
    this.prefetcher = new Prefetcher({ fetch: (request) => this.#fetchAhead(request) });
  }

  get element() {
    return this.viewport.element;
  }

  /** The element of the page; what lies over the page is appended to it. */
  get pageElement() {
    return this.layer.element;
  }

  /** @param {(pageElement: HTMLElement, viewport: () => Viewport) => import("../ink/editor/ink_layer.js").InkLayer} layer factory */
  writeOn(layer) {
    this.ink = layer(this.layer.element, () => this.viewport);
    this.#showInk();
  }

  /** @returns {number} pages of the shown document; 0 without one */
  get count() {
    return this.#paper?.version?.page_count ?? 0;
  }

  /**
   * Shows a page. Does nothing if it is already shown.
   * @param {Paper} paper @param {Place} place @param {number|null} roomPage the presented page in this document, null: another document
   */
  show(paper, place, roomPage) {
    const before = this.place;
    const same = before && this.#paper?.id === paper.id && before.version === place.version && before.page === place.page;
    this.#paper = paper;
    this.#roomPage = roomPage;
    if (same) return;
    this.place = place;
    const size = this.#size;
    this.viewport.turnTo(size);
    this.tiles.show(this.ref(place.page), size);
    this.#showInk();
    const label = this.label(paper, place.page);
    for (const element of [this.layer.element, this.element]) element.setAttribute("aria-label", label);
    // Without a viewport size the width of the page image is unknown; #rested follows.
    if (this.viewport.measured) this.#bring(place);
  }

  /** Size of the shown page. */
  get #size() {
    return pageSize(this.#paper?.version?.page_sizes, /** @type {Place} */ (this.place).page);
  }

  /** Shows the annotations of the shown page; the ink may be there later than the page. */
  #showInk() {
    if (!this.place) return;
    const { w, h } = this.#size;
    this.ink?.show(this.place, h / w, this.viewport.measured);
  }

  /** @param {Place} place */
  #bring(place) {
    // The shown page has the network and the processor to itself first, but never keeps all others waiting.
    this.prefetcher.stop();
    this.#aheadTimer ??= setTimeout(() => this.#ahead(), AHEAD_AT_LATEST_MS);
    this.layer.show(this.ref(place.page), this.#base(), this.#sharp(), (isPreview) => this.#painted(isPreview));
  }

  clear() {
    this.place = null;
    this.#paper = null;
    this.layer.clear();
    this.tiles.clear();
    this.source.tiles.clear();
    this.ink?.clear();
    this.prefetcher.stop();
  }

  /** @param {number} page @returns {PageRef} of the shown document */
  ref(page) {
    const place = /** @type {Place} */ (this.place);
    return {
      document_id: place.document_id,
      version: place.version,
      sha256: this.#paper?.version?.number === place.version ? (this.#paper.version.sha256 ?? null) : null,
      page,
    };
  }

  get #ratio() {
    return Math.min(LARGEST_PIXEL_RATIO, window.devicePixelRatio || 1);
  }

  #base() {
    return basePicture(this.viewport.fittedWidth, this.#ratio, RESOLUTIONS);
  }

  #sharp() {
    const { pageWidth, zoom } = this.viewport;
    return sharpPicture(pageWidth, zoom > NOT_ZOOMED, this.#ratio, RESOLUTIONS);
  }

  /** After a gesture or a resize: loads a sharper image of the page and adapts its neighbours. */
  #rested() {
    if (!this.place || !this.viewport.measured) return;
    this.ink?.rested();
    this.tiles.rest();
    if (!this.layer.ref) {
      this.#bring(this.place);
      return;
    }
    this.layer.refine(this.#sharp());
    const { pixels } = this.#base();
    if (pixels !== this.#basePixels) this.#ahead();
  }

  #ahead() {
    clearTimeout(this.#aheadTimer);
    this.#aheadTimer = undefined;
    if (!this.place) return;
    const { page } = this.place;
    const near = [];
    for (let step = -KEPT_EACH_SIDE; step <= KEPT_EACH_SIDE; step += 1) {
      if (page + step >= 1 && page + step <= this.count) near.push(this.ref(page + step));
    }
    const base = this.#base();
    this.#basePixels = base.pixels;
    this.source.keep(near, base, this.ref(page));
    const sharp = this.viewport.zoom > NOT_ZOOMED ? BASE_WIDTH : this.#sharp().resolution;
    this.prefetcher.replace(order({ page, count: this.count, roomPage: this.#roomPage, width: BASE_WIDTH, sharp, preview: PREVIEW_WIDTH }));
  }

  /** @param {import("./prefetch.js").PrefetchRequest} request Neighbours are decoded; other pages are only fetched. */
  #fetchAhead(request) {
    const here = this.place;
    if (!here) return Promise.resolve();
    const close = Math.abs(request.page - here.page) <= KEPT_EACH_SIDE && request.width === BASE_WIDTH;
    const ref = this.ref(request.page);
    return close ? this.source.load(ref, this.#base()) : this.source.bytes.ahead(ref, request.width);
  }

  /**
   * An image of the page is in the DOM; the next frame paints it. Benchmarks read the performance measures.
   * @param {boolean} isPreview the page image itself follows, and needs the processor
   */
  #painted(isPreview) {
    if (this.#aheadTimer && !isPreview) this.#ahead();
    cancelAnimationFrame(this.#painting);
    this.#painting = requestAnimationFrame(() => {
      performance.mark("turn-painted");
      if (performance.getEntriesByName("turn-event", "mark").length) {
        performance.measure(isPreview ? "turn-preview" : "turn", "turn-event", "turn-painted");
        if (!isPreview) performance.clearMarks("turn-event");
      }
      performance.clearMarks("turn-painted");
      this.#setDrawn();
    });
  }
}

/** Marks over the words that were searched, on the page that is shown. */

/** @typedef {import("../lib/schemas.js").FoundPage["boxes"]} Boxes */

export class HitMarks {
  #layer = document.createElement("div");

  /** @param {HTMLElement} pageElement */
  constructor(pageElement) {
    this.#layer.className = "hit-marks";
    this.#layer.setAttribute("aria-hidden", "true");
    pageElement.append(this.#layer);
  }

  /** @param {Boxes} boxes fractions of the page */
  show(boxes) {
    const percent = (/** @type {number} */ share) => `${share * 100}%`;
    this.#layer.replaceChildren(...boxes.map(([x0, y0, x1, y1]) => {
      const mark = document.createElement("i");
      Object.assign(mark.style, { left: percent(x0), top: percent(y0), width: percent(x1 - x0), height: percent(y1 - y0) });
      return mark;
    }));
  }
}

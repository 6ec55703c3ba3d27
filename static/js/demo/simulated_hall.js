/**
 * The demo's window: four seats in a 2 × 2 grid, or one large seat with the others beside it. Each seat is a
 * scaled iframe of the product. Frames are never moved in the document, because a move reloads them.
 */

/** Screen size of each seat, CSS pixels. @type {Record<string, [number, number]>} */
const SCREENS = {
  secretary: [1440, 900],
  chair: [1180, 820],
  "member-1": [1180, 820],
  "member-2": [1180, 820],
};
/** Screen sizes in the grid: smaller and lower, so that the content stays readable. @type {Record<string, [number, number]>} */
const SMALLER = {
  secretary: [1200, 560],
  chair: [1040, 530],
  "member-1": [1000, 500],
  "member-2": [1000, 500],
};

export class Hall {
  /** @type {string|null} name of the large seat */ #large = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.seats = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-seat]")]);
    this.resizing = new ResizeObserver(() => this.fit());
    for (const seat of this.seats) this.resizing.observe(screenOf(seat));
    this.show(null);
  }

  /** Enlarges one seat, or shows all in the grid. @param {string|null} name */
  show(name) {
    this.#large = name;
    this.element.classList.toggle("one-large", name !== null);
    let place = 0;
    for (const seat of this.seats) {
      const large = seat.dataset.seat === name;
      seat.classList.toggle("large", large);
      seat.style.setProperty("--place", large ? "0" : String(++place));
      /** @type {HTMLElement} */ (seat.querySelector("[data-enlarge]")).hidden = large;
      /** @type {HTMLElement} */ (seat.querySelector("[data-all]")).hidden = !large;
    }
    this.fit();
  }

  /** Scales every frame to its container. */
  fit() {
    const screens = this.#large === null ? SMALLER : SCREENS;
    for (const seat of this.seats) {
      const screen = screenOf(seat);
      const [width, height] = screens[seat.dataset.seat ?? ""] ?? [1180, 820];
      const scale = Math.min(screen.clientWidth / width, screen.clientHeight / height);
      const frame = /** @type {HTMLElement} */ (screen.firstElementChild);
      // With another aspect ratio the frame becomes larger and shows more content instead of bars.
      frame.style.width = `${Math.max(width, screen.clientWidth / scale)}px`;
      frame.style.height = `${Math.max(height, screen.clientHeight / scale)}px`;
      frame.style.transform = `scale(${scale})`;
    }
  }
}

/** @param {HTMLElement} seat @returns {HTMLElement} */
function screenOf(seat) {
  return /** @type {HTMLElement} */ (seat.querySelector(".demo-screen"));
}

/**
 * The demo's window: four seats two by two, or one large and the others beside it. Each is a live frame of
 * the whole product drawn small. Frames are never moved in the document, which would load them anew.
 */

/** The screen that each seat works on, in CSS pixels. @type {Record<string, [number, number]>} */
const SCREENS = {
  secretary: [1440, 900],
  chair: [1180, 820],
  "member-1": [1180, 820],
  "member-2": [1180, 820],
};
/** Two by two the screens are smaller and lower, so that what is on them can be read. @type {Record<string, [number, number]>} */
const SMALLER = {
  secretary: [1200, 560],
  chair: [1040, 530],
  "member-1": [1000, 500],
  "member-2": [1000, 500],
};

export class Hall {
  /** @type {string|null} the seat that is large */ #large = null;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.seats = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-seat]")]);
    this.resizing = new ResizeObserver(() => this.fit());
    for (const seat of this.seats) this.resizing.observe(screenOf(seat));
    this.show(null);
  }

  /** Put one seat in the large place, or all two by two. @param {string|null} name */
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

  /** Scale every frame to the place that it has. */
  fit() {
    const screens = this.#large === null ? SMALLER : SCREENS;
    for (const seat of this.seats) {
      const screen = screenOf(seat);
      const [width, height] = screens[seat.dataset.seat ?? ""] ?? [1180, 820];
      const scale = Math.min(screen.clientWidth / width, screen.clientHeight / height);
      const frame = /** @type {HTMLElement} */ (screen.firstElementChild);
      // The place may be of another shape than the screen: it then shows more, not bars.
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

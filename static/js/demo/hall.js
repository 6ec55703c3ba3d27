/**
 * The demo's window: one seat large, the others beside it, each a live frame of the whole product
 * drawn small. Frames are never moved in the document, which would load them anew.
 */

/** The screen that each seat works on, in CSS pixels. @type {Record<string, [number, number]>} */
const SCREENS = {
  secretary: [1440, 900],
  chair: [1180, 820],
  "member-1": [1180, 820],
  "member-2": [1180, 820],
};

export class Hall {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.element = element;
    this.seats = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-seat]")]);
    this.resizing = new ResizeObserver(() => this.fit());
    for (const seat of this.seats) this.resizing.observe(screenOf(seat));
    this.show(element.dataset.large ?? "secretary");
  }

  /** Put one seat in the large place. @param {string} name */
  show(name) {
    this.element.dataset.large = name;
    let place = 0;
    for (const seat of this.seats) {
      const large = seat.dataset.seat === name;
      seat.classList.toggle("large", large);
      seat.style.setProperty("--place", large ? "0" : String(++place));
      const button = /** @type {HTMLElement} */ (seat.querySelector("[data-enlarge]"));
      button.hidden = large;
    }
    this.fit();
  }

  /** Scale every frame to the place that it has. */
  fit() {
    for (const seat of this.seats) {
      const screen = screenOf(seat);
      const [width, height] = SCREENS[seat.dataset.seat ?? ""] ?? [1180, 820];
      const scale = Math.min(screen.clientWidth / width, screen.clientHeight / height);
      const frame = /** @type {HTMLElement} */ (screen.firstElementChild);
      // The large place may be of another shape than the tablet: it then shows more, not bars.
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

/**
 * Reordering by drag and drop: the row follows the pointer that pressed its grip, and the other rows move
 * aside. Keys and menus offer the same elsewhere.
 */

const EDGE = 72;
const STEP = 12;

/** @param {HTMLElement} list @returns {HTMLElement[]} */
const rowsOf = (list) => /** @type {HTMLElement[]} */ ([...list.children].filter((row) => row instanceof HTMLElement && row.dataset.id));

/** One drag, from press to release. */
class Drag {
  /** @param {HTMLElement} list @param {HTMLElement} row @param {PointerEvent} event */
  constructor(list, row, event) {
    this.row = row;
    this.rows = rowsOf(list);
    this.from = this.rows.indexOf(row);
    this.to = this.from;
    this.startY = event.clientY + scrollY;
    this.pointerY = event.clientY;
    this.boxes = this.rows.map((one) => ({ top: one.offsetTop, height: one.offsetHeight }));
    const own = this.boxes[this.from];
    const next = this.boxes[this.from + 1];
    const before = this.boxes[this.from - 1];
    const gap = own && next ? next.top - own.top - own.height : own && before ? own.top - before.top - before.height : 0;
    this.stride = (own?.height ?? 0) + gap;
    row.classList.add("dragged");
    list.classList.add("reordering");
    this.list = list;
    this.ticking = requestAnimationFrame(() => this.tick());
  }

  /** Scrolls near the edges of the window and keeps the row under the pointer. */
  tick() {
    if (this.pointerY < EDGE + 60) scrollBy(0, -STEP);
    else if (this.pointerY > innerHeight - EDGE) scrollBy(0, STEP);
    this.place();
    this.ticking = requestAnimationFrame(() => this.tick());
  }

  place() {
    const by = this.pointerY + scrollY - this.startY;
    const own = this.boxes[this.from];
    if (!own) return;
    const top = own.top + by;
    const bottom = top + own.height;
    // A row moves aside when the leading edge of the dragged row passes its middle.
    this.to = this.boxes.filter((box, index) => {
      const middle = box.top + box.height / 2;
      return index < this.from ? top >= middle : index > this.from ? bottom > middle : false;
    }).length;
    this.rows.forEach((row, index) => {
      const shift = index > this.from && index <= this.to ? -this.stride : index < this.from && index >= this.to ? this.stride : 0;
      row.style.transform = row === this.row ? `translateY(${by}px)` : shift ? `translateY(${shift}px)` : "";
    });
  }

  /** @returns {string[] | null} the new order, null when it is unchanged */
  end() {
    cancelAnimationFrame(this.ticking);
    this.row.classList.remove("dragged");
    this.list.classList.remove("reordering");
    for (const row of this.rows) row.style.transform = "";
    if (this.to === this.from) return null;
    const ids = this.rows.map((row) => row.dataset.id ?? "");
    const [own] = ids.splice(this.from, 1);
    ids.splice(this.to, 0, own ?? "");
    return ids;
  }
}

/**
 * Handles pointerdown on a grip.
 * @param {PointerEvent} event
 * @param {(ids: string[]) => void} done
 */
export function startDrag(event, done) {
  const grip = /** @type {HTMLElement} */ (event.currentTarget);
  const row = /** @type {HTMLElement | null} */ (grip.closest("[data-id]"));
  const list = row?.parentElement;
  if (!row || !list || event.button !== 0) return;
  event.preventDefault();
  grip.setPointerCapture(event.pointerId);
  const drag = new Drag(list, row, event);
  const listening = new AbortController();
  const { signal } = listening;
  /** @param {boolean} keep */
  const finish = (keep) => {
    listening.abort();
    const ids = drag.end();
    if (keep && ids) done(ids);
  };
  grip.addEventListener("pointermove", (move) => (drag.pointerY = move.clientY), { signal });
  grip.addEventListener("pointerup", () => finish(true), { signal });
  grip.addEventListener("pointercancel", () => finish(false), { signal });
  addEventListener("keydown", (key) => {
    if (key.key === "Escape") finish(false);
  }, { signal });
}

/**
 * Handles Alt+↑ and Alt+↓ in a row.
 * @param {KeyboardEvent} event
 * @param {(steps: number) => void} move
 */
export function moveByKey(event, move) {
  if (!event.altKey || event.isComposing || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  event.stopPropagation();
  move(event.key === "ArrowUp" ? -1 : 1);
}

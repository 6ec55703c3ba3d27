/** Where the pin of a new note stands: beside the words of its line, not on them, nor on another pin. Pure. */

/** @typedef {import("./page_text.js").Word} Word */

/** Pixels of the viewport: the pin, with a little air round it. */
const PIN_PX = 34;

/**
 * @param {[number, number]} at where the person put it @param {Word[]} words of the page
 * @param {{width: number, aspect: number, pins?: [number, number][]}} page pixels across the page as it fits the desk;
 *   height by width; where other pins stand
 * @returns {[number, number]} at the same height, as near as there is room; where it was put when the line leaves none
 */
export function besideWords([x, y], words, { width, aspect, pins = [] }) {
  const [halfWidth, halfHeight] = [PIN_PX / width / 2, PIN_PX / width / aspect / 2];
  const others = pins.map(([px, py]) => ({ left: px - halfWidth, top: py - halfHeight, right: px + halfWidth, bottom: py + halfHeight }));
  const taken = [...words.map(([left, top, right, bottom]) => ({ left, top, right, bottom })), ...others]
    .filter(({ top, bottom }) => bottom > y - halfHeight && top < y + halfHeight)
    .map(({ left, right }) => ({ from: left - halfWidth, to: right + halfWidth }))
    .sort((a, b) => a.from - b.from);
  /** @type {{from: number, to: number}[]} */
  const runs = [];
  for (const { from, to } of taken) {
    const last = runs.at(-1);
    if (last && from < last.to) last.to = Math.max(last.to, to);
    else runs.push({ from, to });
  }
  const on = runs.find(({ from, to }) => x > from && x < to);
  if (!on) return [x, y];
  const free = [on.from, on.to].filter((edge) => edge >= halfWidth && edge <= 1 - halfWidth);
  return [free.sort((a, b) => Math.abs(a - x) - Math.abs(b - x))[0] ?? x, y];
}

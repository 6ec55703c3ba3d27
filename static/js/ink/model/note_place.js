/** Position of a new note marker: beside the words of its line, without covering other markers. Pure. */

/** @typedef {import("./page_text.js").Word} Word */

/** Size of a marker with its margin, in pixels of the viewport. */
const PIN_PX = 34;

/**
 * @param {[number, number]} at the requested position @param {Word[]} words of the page
 * @param {{width: number, aspect: number, pins?: [number, number][]}} page width: page width in pixels when it fits the viewport;
 *   aspect: height by width; pins: positions of other markers
 * @returns {[number, number]} the nearest free position at the same height; the requested one if there is none
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

/** Layout and painting of a text box: its text wrapped to its width, in the font of the interface. */
import { OUTLINE_PAGE } from "../model/stroke_outline.js";

/** @typedef {import("../model/grid.js").Box} Box */
/** @typedef {import("../../lib/schemas.js").Style} Style */
/** @typedef {import("./types.js").Mark<import("../../lib/schemas.js").Frame>} TextBox */

const FAMILY = '"Be Vietnam Pro"';
/** Line height, and ASCENT: the baseline below the top of a line; both in font sizes. */
export const LINE = 1.35;
const ASCENT = 1.02;
/** Space between the edge of the box and the text, in font sizes. */
export const PADDING = 0.25;

/** @param {Style} style @returns {number} font size in outline units */
const sizeOf = (style) => (style.size * OUTLINE_PAGE) / 1000;

/** @type {CanvasRenderingContext2D|null} */ let measuring = null;

/** @param {number} size outline units @returns {(text: string) => number} width of a text, outline units */
function measureAt(size) {
  measuring ??= document.createElement("canvas").getContext("2d");
  const context = /** @type {CanvasRenderingContext2D} */ (measuring);
  context.font = `${size}px ${FAMILY}`;
  return (text) => context.measureText(text).width;
}

/**
 * @param {string} text @param {number} width @param {(text: string) => number} measure returns the width of a text, in the unit of `width`
 * @returns {string[]} lines; a word longer than a line is split between characters
 */
export function wrapped(text, width, measure) {
  /** @type {string[]} */
  const lines = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      const longer = line ? `${line} ${word}` : word;
      if (measure(longer) <= width || (!line && word === "")) {
        line = longer;
        continue;
      }
      if (line) lines.push(line);
      line = word;
      while (measure(line) > width && line.length > 1) {
        const fits = fitting(line, width, measure);
        lines.push(line.slice(0, fits));
        line = line.slice(fits);
      }
    }
    lines.push(line);
  }
  return lines;
}

/** @param {string} word @param {number} width @param {(text: string) => number} measure @returns {number} fitting characters, at least 1 */
function fitting(word, width, measure) {
  let fits = 1;
  while (fits < word.length && measure(word.slice(0, fits + 1)) <= width) fits += 1;
  return fits;
}

/** @param {string} text @param {Box} box @param {Style} style @returns {string[]} lines of the text in the box */
function linesIn(text, [x0, , x1], style) {
  const size = sizeOf(style);
  return wrapped(text, Math.max(size, (x1 - x0) * OUTLINE_PAGE - 2 * PADDING * size), measureAt(size));
}

/**
 * @param {string} text @param {Box} box its width is kept @param {Style} style @param {number} aspect
 * @returns {Box} as high as the text needs, within the page
 */
export function fittedBox(text, box, style, aspect) {
  const size = sizeOf(style);
  const high = (linesIn(text, box, style).length * LINE + 2 * PADDING) * size;
  const share = high / (OUTLINE_PAGE * aspect);
  const top = Math.max(0, Math.min(box[1], 1 - share));
  return [box[0], top, box[2], Math.min(1, top + share)];
}

/** @param {TextBox} drawn @param {number} aspect @returns {import("./types.js").Painting} */
export function paintedText({ geometry: { box }, style, text }, aspect) {
  const size = sizeOf(style);
  /** @type {string[]|null} */ let lines = null;
  const fitted = fittedBox(text ?? "", box, style, aspect);
  return {
    under: false,
    box: [box[0], box[1], box[2], Math.max(box[3], Math.min(1.2, box[1] + fitted[3] - fitted[1]))],
    paint: (context) => {
      lines ??= linesIn(text ?? "", box, style);
      context.globalAlpha *= style.opacity;
      context.fillStyle = style.color;
      context.font = `${size}px ${FAMILY}, sans-serif`;
      context.textBaseline = "alphabetic";
      const left = box[0] * OUTLINE_PAGE + PADDING * size;
      const top = box[1] * aspect * OUTLINE_PAGE + PADDING * size;
      for (const [at, line] of lines.entries()) context.fillText(line, left, top + (at * LINE + ASCENT) * size);
    },
  };
}

/**
 * Loads the font of a text.
 * @param {string} text @returns {Promise<boolean>|null} null: it is loaded; else resolves to whether it could be loaded
 */
export function lettersFor(text) {
  const font = `20px ${FAMILY}`;
  if (document.fonts.check(font, text)) return null;
  return document.fonts.load(font, text).then(
    (faces) => faces.length > 0,
    (error) => {
      console.warn("letters of a text box did not come:", error);
      return false;
    },
  );
}

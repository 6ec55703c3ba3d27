/** The roll by keyboard: arrows between people and between words, 1 to 5 say the word itself. */
import { SAYINGS } from "../live/quorum.js";
import { isTyping } from "../lib/ui/typing.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const ROWS = { ArrowUp: -1, ArrowDown: 1 };

/**
 * @param {HTMLElement} list the roster
 * @returns {HTMLElement[]} the people in it that can be marked
 */
const rowsOf = (list) => [...list.querySelectorAll(".roll-marks")].filter((row) => row instanceof HTMLElement);

/** @param {HTMLElement|undefined} row @param {number} [at] which word; without it the one that takes part in tabbing */
export function focusRow(row, at) {
  if (!row) return;
  const buttons = /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[role=radio]"));
  const to = at === undefined ? row.querySelector('[tabindex="0"]') : buttons[at];
  if (to instanceof HTMLElement) to.focus();
}

/** @param {HTMLElement} list */
export const focusFirst = (list) => focusRow(rowsOf(list)[0]);

/**
 * @param {KeyboardEvent} event somewhere in the roster
 * @param {HTMLElement} list
 */
export function walkRoll(event, list) {
  if (isTyping(event) || event.altKey || event.ctrlKey || event.metaKey) return;
  const row = /** @type {HTMLElement|null} */ (/** @type {Element} */ (event.target).closest(".roll-marks"));
  if (!row) return;
  const words = /** @type {HTMLButtonElement[]} */ ([...row.querySelectorAll("[role=radio]")]);
  const at = words.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
  const figure = Number(event.key);
  if (event.key in STEPS) {
    const step = STEPS[/** @type {keyof typeof STEPS} */ (event.key)];
    words[(at + step + words.length) % words.length]?.focus();
  } else if (event.key in ROWS) {
    const rows = rowsOf(list);
    focusRow(rows[rows.indexOf(row) + ROWS[/** @type {keyof typeof ROWS} */ (event.key)]], at);
  } else if (figure >= 1 && figure <= SAYINGS.length) {
    words[figure - 1]?.focus();
    words[figure - 1]?.click();
  } else {
    return;
  }
  event.preventDefault();
}

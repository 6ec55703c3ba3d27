/** Keyboard control of the roll: arrows between people and between statuses, 1 to 5 set a status. */
import { SAYINGS } from "../live/quorum.js";
import { isTyping } from "../lib/ui/typing.js";

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };
const ROWS = { ArrowUp: -1, ArrowDown: 1 };

/**
 * @param {HTMLElement} list the roster
 * @returns {HTMLElement[]} the rows that can be marked
 */
const rowsOf = (list) => [...list.querySelectorAll(".roll-marks")].filter((row) => row instanceof HTMLElement);

/** @param {HTMLElement|undefined} row @param {number} [at] index of the status; default: the one in the tab order */
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

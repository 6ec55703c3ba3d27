/** Text of a note or a text box, normalized as it is sent. Pure. */
import { hasTag, LONGEST_TEXT } from "./limits.js";

/** The remaining length is displayed below this number of characters. */
const NEAR = 300;

/** @typedef {{text: string, fault: "html_in_text"|"text_too_long"|null, left: number|null}} Written left: remaining characters, if few */

/** @param {string} typed @returns {Written} */
export function written(typed) {
  const text = typed.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[^\S\n]+$/gm, "").trim();
  const left = LONGEST_TEXT - Array.from(text).length;
  const fault = left < 0 ? "text_too_long" : hasTag(text) ? "html_in_text" : null;
  return { text, fault, left: left <= NEAR ? left : null };
}

/** @param {Written} written @returns {{key: string, params: Record<string, string|number>, bad: boolean}|null} message below the field */
export function remark({ fault, left }) {
  if (fault === "html_in_text") return { key: "ink.no_tags", params: {}, bad: true };
  if (fault === "text_too_long") return { key: "ink.too_long", params: { n: -(left ?? 0), most: LONGEST_TEXT }, bad: true };
  return left === null ? null : { key: "ink.left", params: { n: left }, bad: false };
}

/**
 * Values in sentences are written as the Python verifier writes them, so that both print the same report: `None`,
 * `True`, and objects as Python's literals with their members in canonical order.
 */

/** Characters that Python's repr() escapes: str.isprintable() is false. */
const UNPRINTABLE = /[\p{C}\p{Z}]/u;
const SHORT = new Map([["\\", "\\\\"], ["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

/** @param {unknown} value of an entry, or a Map of counts @returns {string} */
export function shownAsPython(value) {
  return typeof value === "string" ? value : literal(value);
}

/** @param {unknown} value @returns {string} */
function literal(value) {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "string") return quoted(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object") return String(value);
  const names = Object.keys(value).sort();
  const members = value instanceof Map ? [...value] : names.map((name) => [name, Reflect.get(value, name)]);
  return `{${members.map(([name, inner]) => `${literal(name)}: ${literal(inner)}`).join(", ")}}`;
}

/** @param {string} text */
function quoted(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = Array.from(text, (sign) => (sign === quote ? `\\${sign}` : SHORT.get(sign) ?? escaped(sign)));
  return quote + inside.join("") + quote;
}

/** @param {string} sign one code point */
function escaped(sign) {
  if (sign === " " || !UNPRINTABLE.test(sign)) return sign;
  const code = /** @type {number} */ (sign.codePointAt(0));
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, "0")}` : `\\U${code.toString(16).padStart(8, "0")}`;
}

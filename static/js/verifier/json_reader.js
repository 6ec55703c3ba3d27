/**
 * Parses JSON and reports each number as it is written. JSON.parse would turn 1.0 and 1 into the same value, and the
 * first thing wrong in a line decides how the fault is called.
 *
 * Objects have no prototype, so that a member may have any name. A repeated name keeps its last value.
 */

/** Text that is not JSON. */
export class NotJson extends Error {}

/** Most enclosing arrays and objects; the Python verifier ends about there too, where its stack does. */
const MOST_DEPTH = 980;
const SPACE = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const CONSTANT = /NaN|-?Infinity/y;
const WORD = /null|true|false/y;
const TEXT = /[^"\\\u0000-\u001f]*/y;
const ESCAPED = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
const SHORT = new Map([["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"]]);
const WORDS = new Map([["null", null], ["true", true], ["false", false]]);

/** @typedef {(digits: string, isWhole: boolean) => number} Numbers converts a number, or throws */

class Reader {
  /** @param {string} text @param {Numbers} numbers */
  constructor(text, numbers) {
    this.text = text;
    this.numbers = numbers;
    this.at = 0;
  }

  /** @param {RegExp} form sticky @returns {RegExpExecArray|null} what was read */
  take(form) {
    form.lastIndex = this.at;
    const found = form.exec(this.text);
    if (found) this.at = form.lastIndex;
    return found;
  }

  /** @param {string} sign @returns {boolean} whether it was there */
  skip(sign) {
    if (this.text[this.at] !== sign) return false;
    this.at += 1;
    return true;
  }

  /** @param {number} depth @returns {any} */
  value(depth) {
    if (depth > MOST_DEPTH) throw new NotJson("too deep");
    if (this.skip('"')) return this.string();
    if (this.skip("{")) return this.object(depth);
    if (this.skip("[")) return this.array(depth);
    const word = this.take(WORD);
    if (word) return WORDS.get(word[0]);
    const number = this.take(NUMBER);
    if (number) return this.numbers(number[0], number[2] === undefined && number[3] === undefined);
    const constant = this.take(CONSTANT);
    if (constant) return this.numbers(constant[0], false);
    throw new NotJson("no value");
  }

  /** @param {number} depth */
  object(depth) {
    const members = Object.create(null);
    this.take(SPACE);
    if (this.skip("}")) return members;
    for (;;) {
      if (!this.skip('"')) throw new NotJson("no name");
      const name = this.string();
      this.take(SPACE);
      if (!this.skip(":")) throw new NotJson("no colon");
      this.take(SPACE);
      members[name] = this.value(depth + 1);
      this.take(SPACE);
      if (this.skip("}")) return members;
      if (!this.skip(",")) throw new NotJson("no comma");
      this.take(SPACE);
    }
  }

  /** @param {number} depth */
  array(depth) {
    /** @type {any[]} */
    const items = [];
    this.take(SPACE);
    if (this.skip("]")) return items;
    for (;;) {
      items.push(this.value(depth + 1));
      this.take(SPACE);
      if (this.skip("]")) return items;
      if (!this.skip(",")) throw new NotJson("no comma");
      this.take(SPACE);
    }
  }

  string() {
    let found = "";
    for (;;) {
      found += this.take(TEXT)?.[0] ?? "";
      if (this.skip('"')) return found;
      const escape = this.skip("\\") && this.take(ESCAPED);
      if (!escape) throw new NotJson("a string");
      const [sign] = escape;
      found += sign[0] === "u" ? String.fromCharCode(parseInt(sign.slice(1), 16)) : SHORT.get(sign) ?? sign;
    }
  }
}

/**
 * @param {string} text @param {Numbers} numbers
 * @returns {any} Throws NotJson, and what `numbers` throws.
 */
export function readJson(text, numbers) {
  const reader = new Reader(text, numbers);
  reader.take(SPACE);
  const value = reader.value(0);
  reader.take(SPACE);
  if (reader.at !== text.length) throw new NotJson("more than a value");
  return value;
}

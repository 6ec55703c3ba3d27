/** Keeps names of people and places on one line. Same rule as core/nonbreaking.py. Pure. */

const PLACES = new Set(["xã", "phường", "huyện", "quận", "tỉnh", "ấp", "thôn", "khóm", "bản", "đảo", "sông", "đường"]);
const PLACES_OF_TWO_WORDS = new Set(["thị trấn", "thị xã", "thành phố", "đặc khu"]);
/** Maximum number of words in a row; more do not fit on a line of a phone. */
const LONGEST = 5;
const NO_BREAK = "\u00a0";

/** @param {string} word @param {string} [ends] pattern of the text that may follow it */
const isName = (word, ends = "") => new RegExp(`^\\p{Lu}\\p{Ll}+${ends}$`, "u").test(word);
/** @param {string} word */
const endsName = (word) => isName(word, "[.,;:?!)”\"']*");

/** @param {string[]} words @param {number} at @returns {boolean} whether a word and the one before it are parts of one name */
function belongs(words, at) {
  const [first = "", before = "", word = "", after = ""] = [words[at - 2], words[at - 1], words[at], words[at + 1]];
  if (endsName(word)) {
    return isName(before) || PLACES.has(before.toLowerCase()) || PLACES_OF_TWO_WORDS.has(`${first} ${before}`.toLowerCase());
  }
  return PLACES_OF_TWO_WORDS.has(`${before} ${word}`.toLowerCase()) && endsName(after);
}

/** @param {string} text @returns {string} with no-break spaces inside names: "xã Tân Phú", "Nguyễn Thị Hoa" */
export function keepNamesUnbroken(text) {
  const words = text.split(" ");
  let [joined = "", row] = [words[0], 1];
  for (let at = 1; at < words.length; at += 1) {
    const together = row < LONGEST && belongs(words, at);
    row = together ? row + 1 : 1;
    joined += (together ? NO_BREAK : " ") + words[at];
  }
  return joined;
}

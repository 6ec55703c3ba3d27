/**
 * Checks counts by hand during entry: whether the sums hold, and which fields to check when they do not. The same
 * sums as the server's tally_rules.py. Pure.
 */

/** @typedef {"hands"|"paper"} Channel */
/** @typedef {Record<string, string>} Typed fields as they were typed: issued, returned, invalid, and `count:<key>` for each option */
/** @typedef {{key: string, params: Record<string, number>}} Fault */
/** @typedef {{whole: string, parts: string[], numbers: (number|null)[], state: "open"|"holds"|"wrong"}} Sum
 *   numbers: of the whole, then of the parts; null: not known yet */
/** @typedef {{sums: Sum[], faults: Fault[], complete: boolean, people: number|null, left: number|null}} Checked
 *   people: number of people counted; left: people present who are in no count */

export const MOST = 1_000_000;

/** @param {string|undefined} text @returns {number|null} null: not a number */
export function numberIn(text) {
  const bare = (text ?? "").trim();
  if (!/^\d{1,7}$/.test(bare)) return null;
  const number = Number(bare);
  return number <= MOST ? number : null;
}

/** @param {string} key of an option */
export const countField = (key) => `count:${key}`;

/** @param {Channel} channel @param {string[]} keys of the options @returns {string[]} the fields in order */
export function fieldsOf(channel, keys) {
  const counts = keys.map(countField);
  return channel === "paper" ? ["issued", "returned", "invalid", ...counts] : counts;
}

/** @param {(number|null)[]} numbers @returns {number|null} null while one is missing */
const total = (numbers) => numbers.reduce((/** @type {number|null} */ sum, one) => (sum === null || one === null ? null : sum + one), 0);

/** @param {number|null} a @param {number|null} b */
const less = (a, b) => (a === null || b === null ? null : a - b);

/** @param {string} whole @param {string[]} parts @param {(number|null)[]} numbers @returns {Sum} */
function sum(whole, parts, numbers) {
  const [left = null, ...right] = numbers;
  const found = total(right);
  const negative = numbers.some((one) => one !== null && one < 0);
  if (left === null || found === null) return { whole, parts, numbers, state: "open" };
  return { whole, parts, numbers, state: left === found && !negative ? "holds" : "wrong" };
}

/** @param {Fault[]} faults @param {boolean} when @param {string} key @param {Record<string, number|null>} params */
function addFault(faults, when, key, params) {
  if (when) faults.push({ key, params: /** @type {Record<string, number>} */ (params) });
}

/**
 * @param {Channel} channel @param {string[]} keys @param {Typed} typed
 * @param {number} limit the number of people who may still be counted
 * @returns {Checked}
 */
export function checkTally(channel, keys, typed, limit) {
  const counts = keys.map((key) => numberIn(typed[countField(key)]));
  const counted = total(counts);
  /** @type {Fault[]} */
  const faults = [];
  if (channel === "hands") {
    addFault(faults, counted !== null && counted > limit, "tally.fault_people", { found: counted, limit });
    const complete = counted !== null && !faults.length;
    return { sums: [sum("shown", keys, [counted, ...counts])], faults, complete, people: counted, left: less(limit, counted) };
  }
  return checkBallotPapers(keys, counts, counted, typed, limit);
}

/** @param {string[]} keys @param {(number|null)[]} counts @param {number|null} counted @param {Typed} typed @param {number} limit @returns {Checked} */
function checkBallotPapers(keys, counts, counted, typed, limit) {
  const [issued, returned] = [numberIn(typed.issued), numberIn(typed.returned)];
  // An empty field means no invalid ballot papers.
  const invalid = (typed.invalid ?? "").trim() === "" ? 0 : numberIn(typed.invalid);
  const notReturned = less(issued, returned);
  const valid = less(returned, invalid);
  const sums = [
    sum("issued", ["returned", "not_returned"], [issued, returned, notReturned]),
    sum("returned", ["valid", "invalid"], [returned, valid, invalid]),
    sum("valid", keys, [valid, ...counts]),
  ];
  /** @type {Fault[]} */
  const faults = [];
  addFault(faults, notReturned !== null && notReturned < 0, "tally.fault_returned", { issued, returned });
  addFault(faults, valid !== null && valid < 0, "tally.fault_invalid", { returned, invalid });
  const over = less(counted, valid);
  if (valid !== null && valid >= 0) {
    addFault(faults, over !== null && over > 0, "tally.fault_more", { counted, valid, by: over });
    addFault(faults, over !== null && over < 0, "tally.fault_less", { counted, valid, by: over === null ? null : -over });
  }
  addFault(faults, issued !== null && issued > limit, "tally.fault_people", { found: issued, limit });
  const complete = !faults.length && sums.every((one) => one.state === "holds");
  return { sums, faults, complete, people: issued, left: less(limit, issued) };
}

/** @param {Channel} channel @param {string[]} keys @param {Typed} typed @returns {object} body of the request */
export function tallyBody(channel, keys, typed) {
  const counts = Object.fromEntries(keys.map((key) => [key, numberIn(typed[countField(key)]) ?? 0]));
  if (channel === "hands") return { channel, counts };
  return { channel, counts, issued: numberIn(typed.issued) ?? 0, returned: numberIn(typed.returned) ?? 0, invalid: numberIn(typed.invalid) ?? 0 };
}

/**
 * The number of people who may still be counted by hand in a channel: those present, minus the votes received, plus
 * the earlier count of this channel, because a new entry replaces it.
 * @param {{present:number, voted:number, tallied:{channel:string, people:number}[]}} progress @param {Channel} channel
 */
export function limitOf(progress, channel) {
  const before = progress.tallied.find((one) => one.channel === channel)?.people ?? 0;
  return progress.present - (progress.voted - before);
}

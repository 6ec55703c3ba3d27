/**
 * A question during editing: the form's draft, its faults, and the request body. The same limits as the server's
 * question_rules.py. Pure.
 */

/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../../lib/schemas.js").Option} Option */
/** @typedef {Pick<import("../../lib/schemas.js").DocumentView, "id"|"title"|"current_version"|"published_at">} Paper */
/** @typedef {{agenda: (Pick<import("../../lib/schemas.js").AgendaItemView, "id"|"title"> & {documents: Paper[]})[], documents: Paper[]}} Agenda */
/** @typedef {{question: string, title: string, method: string, own: boolean, options: Option[], rule_id: string|null, agenda_item_id: string|null,
 *   document_id: string|null, version: number|null, allow_change: boolean, timer_seconds: number|null, repeats: string|null}} Draft
 *   own: whether `options` are used instead of the rule's */
/** @typedef {{place: string, key: string, params?: Record<string, string|number>}} Fault */

export const LONGEST_QUESTION = 1000;
export const LONGEST_TITLE = 300;
export const LONGEST_LABEL = 120;
export const LEAST_OPTIONS = 2;
export const MOST_OPTIONS = 20;
/** Number of remaining characters from which on it is shown. */
const COUNTER_SHOWN_FROM = 150;

export const METHODS = ["named", "hands", "paper"];
export const MINUTES = [0, 1, 2, 3, 5];

/** @param {string|null} itemId @returns {Draft} */
export function newDraft(itemId) {
  return {
    question: "", title: "", method: "named", own: false, options: [], rule_id: null, agenda_item_id: itemId,
    document_id: null, version: null, allow_change: false, timer_seconds: null, repeats: null,
  };
}

/** @param {Poll} poll @param {Option[]} usual the rule's own options @returns {Draft} */
export function draftFrom(poll, usual) {
  const { question, method, rule_id, agenda_item_id, document_id, version, allow_change, timer_seconds, repeats } = poll;
  const own = usual.length > 0 && !sameOptions(poll.options, usual);
  return {
    question, title: poll.title === question ? "" : poll.title, method, own, options: poll.options.map((one) => ({ ...one })),
    rule_id, agenda_item_id, document_id, version, allow_change, timer_seconds, repeats,
  };
}

/** @param {Poll} poll @param {Option[]} usual @returns {Draft} a copy of the question, to repeat it */
export const draftAgain = (poll, usual) => ({ ...draftFrom(poll, usual), repeats: poll.id });

/** @param {Option[]} a @param {Option[]} b */
const sameOptions = (a, b) => a.length === b.length && a.every((one, at) => one.key === b[at]?.key && folded(one.label) === folded(b[at]?.label ?? ""));

/** @param {string} text as stored: single spaces, NFC */
export const cleaned = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();

/** @param {string} text for comparison: texts that read the same are equal */
export const folded = (text) => cleaned(text).toLocaleLowerCase("vi");

/** @param {string} text @param {number} longest @returns {number|null} characters left, null while there are many */
export function charactersLeft(text, longest) {
  const left = longest - [...cleaned(text)].length;
  return left <= COUNTER_SHOWN_FROM ? left : null;
}

/** @param {Option[]} options @returns {Option} an empty option with an internal key */
export function newOption(options) {
  let n = options.length + 1;
  while (options.some((one) => one.key === `option-${n}`)) n += 1;
  return { key: `option-${n}`, label: "" };
}

/** @param {Option[]} options @param {Option[]} usual @returns {Option[]} an option with the label of a usual option gets its key */
export function keyedOptions(options, usual) {
  return options.map(({ key, label }) => {
    const same = usual.find((one) => folded(one.label) === folded(label));
    if (same) return { key: same.key, label: cleaned(label) };
    const borrowed = usual.some((one) => one.key === key);
    return { key: borrowed ? `own-${key}` : key, label: cleaned(label) };
  });
}

/** @param {Option[]} options @returns {Fault[]} */
function optionFaults(options) {
  /** @type {Fault[]} */
  const faults = [];
  const written = options.filter((one) => cleaned(one.label));
  if (options.length > MOST_OPTIONS) faults.push({ place: "options", key: "question.too_many_options", params: { most: MOST_OPTIONS } });
  if (written.length === 0) faults.push({ place: "options", key: "question.no_options", params: { least: LEAST_OPTIONS } });
  else if (written.length < LEAST_OPTIONS) faults.push({ place: "options", key: "question.one_option", params: { least: LEAST_OPTIONS } });
  /** @type {Map<string, number>} */
  const seen = new Map();
  options.forEach((one, at) => {
    const words = folded(one.label);
    const place = `option-${at}`;
    if (!words) return;
    const first = seen.get(words);
    if (first !== undefined) faults.push({ place, key: "question.duplicate_option", params: { first: first + 1 } });
    else seen.set(words, at);
    if ([...cleaned(one.label)].length > LONGEST_LABEL) faults.push({ place, key: "question.long_option", params: { most: LONGEST_LABEL } });
  });
  return faults;
}

/** @param {Draft} draft @returns {Fault[]} the faults, with the fields that show them */
export function faultsIn(draft) {
  /** @type {Fault[]} */
  const faults = [];
  if (!cleaned(draft.question)) faults.push({ place: "question", key: "question.missing" });
  if ([...cleaned(draft.question)].length > LONGEST_QUESTION) faults.push({ place: "question", key: "question.too_long", params: { most: LONGEST_QUESTION } });
  if (draft.own) faults.push(...optionFaults(draft.options));
  return faults;
}

/** @param {Draft} draft @param {Option[]} usual @returns {object} the request body; empty option rows are omitted */
export function bodyOf(draft, usual) {
  const options = draft.own ? keyedOptions(draft.options.filter((one) => cleaned(one.label)), usual) : null;
  return {
    question: cleaned(draft.question), title: cleaned(draft.title), method: draft.method, options, rule_id: draft.rule_id ?? undefined,
    agenda_item_id: draft.agenda_item_id, document_id: draft.document_id, version: draft.document_id ? draft.version : null,
    allow_change: draft.allow_change, timer_seconds: draft.timer_seconds,
  };
}

/** @param {Agenda} agenda @param {string|null} itemId @returns {Paper[]} the item's documents first, then the meeting's own */
export function papersFor(agenda, itemId) {
  const own = agenda.agenda.find((item) => item.id === itemId)?.documents ?? [];
  return itemId ? [...own, ...agenda.documents] : [...agenda.documents, ...agenda.agenda.flatMap((item) => item.documents)];
}

/** @param {Agenda} agenda @param {string|null} id @returns {Paper|null} the document, in any container */
export function paperIn(agenda, id) {
  return [...agenda.documents, ...agenda.agenda.flatMap((item) => item.documents)].find((paper) => paper.id === id) ?? null;
}

/**
 * @template T @param {T[]} list @param {number} at @param {number} steps @returns {T[]} the list with one element moved
 */
export function shifted(list, at, steps) {
  const to = at + steps;
  const one = list[at];
  if (one === undefined || to < 0 || to >= list.length) return list;
  const next = list.filter((_, place) => place !== at);
  next.splice(to, 0, one);
  return next;
}

/**
 * The order of all questions not yet put to the vote, after the questions of one item were reordered.
 * @param {Poll[]} drafts all of them, in order @param {string[]} ids of the item, in the new order @returns {string[]}
 */
export function wholeOrder(drafts, ids) {
  const wanted = [...ids];
  const moved = new Set(ids);
  return drafts.map((one) => (moved.has(one.id) ? (wanted.shift() ?? one.id) : one.id));
}

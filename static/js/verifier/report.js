/** The text report of a checked archive: every vote with its arithmetic, and the log's head. */
import { clock, percent, said } from "./words.js";

/**
 * @typedef {import("./polls.js").Poll} Poll
 * @typedef {import("./words.js").Language} Language
 */

/**
 * The lines of the report.
 * @param {import("./check.js").Story} story @param {Language} language @returns {string[]}
 */
export function told({ replay, logIds, sizes, root, checkpoints, unproven }, language) {
  const { polls, ring } = replay;
  const entries = sizes.reduce((sum, size) => sum + size, 0);
  const result = said(language, unproven.length ? "unproven" : "sound", { entries, checkpoints, polls: polls.size });
  return [
    ...replay.starts.flatMap((start, place) => toldOfLog(start, logIds[place] ?? "", sizes[place] ?? 0, language)),
    ...replay.rosterChanges.map((change) => toldOfRoster(change, language)),
    ...[...polls.values()].flatMap((poll, place) => [
      "",
      said(language, "poll", { number: place + 1, title: poll.opened.title }),
      ...toldOfPoll(poll, polls, language).map((line) => `  ${line}`),
    ]),
    polls.size ? "" : said(language, "no_polls"),
    ...replay.notices.map(([key, facts]) => said(language, key, facts)),
    result,
    said(language, "head", { size: sizes.at(-1), root, vkey: ring.key?.text ?? "" }),
  ];
}

/** @param {any} start @param {string} log @param {number} size @param {Language} language */
function toldOfLog({ meeting_title: title, body, continues: before }, log, size, language) {
  const lines = [said(language, "log", { title, body, log, size })];
  if (before) {
    lines.push(said(language, "continues", { log: before.log_id, last: before.size - 1, reason: before.reason }));
  }
  return lines;
}

/** @param {Poll} poll @param {Map<string, Poll>} polls @param {Language} language @returns {string[]} */
function toldOfPoll(poll, polls, language) {
  const result = [toldOfVotes, toldOfTallies, toldOfResult].flatMap((part) => part(poll, language));
  return [
    ...toldOfQuestion(poll, polls, language),
    ...toldOfOpening(poll, language),
    ...poll.rosterChanges.map((change) => toldOfRoster(change, language)),
    ...result,
    lastWord(poll, language),
  ];
}

/** @param {Poll} poll @param {Map<string, Poll>} polls @param {Language} language */
function toldOfQuestion({ opened }, polls, language) {
  const { question, agenda_item: item, document: paper, repeats, rule } = opened;
  const lines = [said(language, "question", { question })];
  if (item) lines.push(said(language, "item", { title: item.title }));
  if (paper) lines.push(said(language, "paper", { title: paper.title, version: paper.version, sha256: paper.sha256 }));
  if (repeats) lines.push(said(language, "repeats", { title: polls.get(repeats)?.opened.title }));
  const [title, formula, citation] = [rule.title[language], rule.formula[language], rule.citation[language]];
  lines.push(said(language, "rule", { doubt: doubt(rule.confirmed, language), title, formula, citation }));
  return lines;
}

/** @param {boolean} confirmed @param {Language} language */
const doubt = (confirmed, language) => (confirmed ? "" : said(language, "doubt"));

/** @param {Poll} poll @param {Language} language */
function toldOfOpening({ opened, openedAt }, language) {
  const method = said(language, opened.method === "paper" ? "paper_vote" : opened.method);
  const start = said(language, "opened", { at: clock(openedAt), name: opened.opened_by.name });
  const { present, n, quorum, rule, override_reason: reason } = opened;
  const confirmed = doubt(rule.quorum.confirmed ?? true, language);
  const lines = [
    `${method}, ${start}`,
    said(language, "quorum", { present, n, required: quorum.required, doubt: confirmed }),
  ];
  if (reason) lines.push(said(language, "below", { reason }));
  return lines;
}

/** @param {any} data @param {Language} language */
function toldOfRoster(data, language) {
  const changes = data.changes.map((/** @type {any} */ one) => said(language, "standing", {
    name: one.name, before: said(language, `standing_${one.before}`), after: said(language, `standing_${one.after}`),
  }));
  return said(language, "roster_changed", { changes: changes.join("; "), name: data.by.name, reason: data.reason });
}

/** @param {Poll} poll @param {Language} language */
function toldOfVotes({ opened, closed, ballots, names }, language) {
  if (!closed) return [];
  const lines = [];
  for (const { key, label } of opened.options) {
    const chosen = [...ballots].filter(([, ballot]) => ballot.choice === key).map(([person]) => names.get(person));
    if (chosen.length) lines.push(said(language, "choice", { label, count: chosen.length, names: chosen.join(", ") }));
  }
  for (const [person, ballot] of ballots) {
    const name = names.get(person);
    if (ballot.revision > 1) lines.push(said(language, "changed", { name, times: ballot.revision - 1 }));
    if (ballot.channel !== "recorded") continue;
    const [by, second] = [ballot.entered_by.name, ballot.confirmed_by.name];
    lines.push(said(language, "recorded", { name, by, second, reason: ballot.reason }));
  }
  return lines;
}

/** @param {Poll} poll @param {Language} language */
function toldOfTallies({ opened, closed, tallies }, language) {
  if (!closed) return [];
  return [...tallies].map(([channel, { by, counts, issued, returned, invalid }]) => said(language, `${channel}_tally`, {
    by: by.name, counts: sum(opened, counts, ", "), issued, returned, invalid,
  }));
}

/** @param {Poll} poll @param {Language} language */
function toldOfResult({ opened, closed, closedAt, ruling }, language) {
  if (!closed) return [];
  const shown = ["invalid", "not_returned"].filter((name) => closed[name]).concat("not_sent", "absent");
  const parts = [sum(opened, closed.counts, " + "), ...shown.map((name) => `${closed[name]} ${said(language, name)}`)];
  const lines = [
    said(language, "identity", { at: clock(closedAt), sum: parts.join(" + "), n: closed.n }),
    measured(opened, closed, language),
  ];
  if (closed.tie) {
    const { side } = closed.tie;
    lines.push(side ? said(language, "tie_chair", { side: said(language, side) }) : said(language, "tie_ruling"));
  }
  if (ruling) {
    const { by, side, reason } = ruling;
    lines.push(said(language, "ruled", { name: by.name, side: said(language, side), reason }));
  }
  return lines;
}

/** @param {any} opened @param {any} closed @param {Language} language */
function measured(opened, { base_number: base, required, base: of, deciding, counts }, language) {
  const facts = { base, required, of: said(language, of) };
  if (deciding === null) return said(language, "nobody_leads", facts);
  const { label } = opened.options.find((/** @type {any} */ option) => option.key === deciding);
  const count = counts[deciding];
  const share = base ? said(language, "share", { percent: percent(language, count, base) }) : "";
  return said(language, "arithmetic", { ...facts, label, count, share });
}

/** @param {Poll} poll @param {Language} language */
function lastWord(poll, language) {
  if (poll.cancelled) return said(language, "cancelled", { reason: poll.cancelled.reason });
  if (!poll.closed) return said(language, "still_open", { count: poll.commitments.length });
  return said(language, poll.verdict) + (poll.announced ? said(language, "announced") : "");
}

/** @param {any} opened @param {any} counts @param {string} sign */
function sum({ options }, counts, sign) {
  return options.map((/** @type {any} */ { key, label }) => {
    const [first = "", ...rest] = Array.from(label);
    return `${counts[key]} ${first.toLowerCase()}${rest.join("")}`;
  }).join(sign);
}

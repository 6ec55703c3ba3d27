/**
 * The pasted list before creation: corrected rows and the messages for each row. Pure.
 *
 * @typedef {Pick<import("../../lib/schemas.js").UserView, "id" | "display_name" | "username" | "position"> & {unit_id?: string | null}} Account
 * @typedef {{key: string, body: Record<string, string | null>}} Attempt a request whose outcome is unknown
 * @typedef {Account & Pick<import("../../lib/schemas.js").UserAdded, "initial_password">} Made
 * @typedef {{number: number, name: string, position: string, unit: string, heading: boolean, wanted: boolean | null,
 *   attempt: Attempt | null, made: Made | null, trouble: string}} Row
 *   `wanted`: checked or unchecked by the user, null: as proposed; `trouble`: why it was not created
 * @typedef {{fault: string | null, doubt: Doubt | null, wanted: boolean, counted: boolean}} Facts
 *   `fault`: key of the message why the row cannot be created; `counted`: it will be created
 * @typedef {{key: string, params: Record<string, string | number>, asks: boolean}} Doubt `asks`: left out until it is checked
 */

import { proposeUsername } from "../people/usernames.js";
import { inNormalCase, isAllCapitals } from "./person_lines.js";

/** The server's limits. */
const LONGEST = { name: 120, position: 200 };
const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;

/**
 * Returns the same key for spellings of one name: ignores case, spaces and the position of the tone mark (hòa, hoà).
 * @param {string} name
 */
export function sameName(name) {
  const words = name.normalize("NFD").toLowerCase().trim().split(/\s+/);
  return words.map((word) => word.replace(TONES, "") + (word.match(TONES) ?? []).join("")).join(" ");
}

/** @param {import("./read_list.js").Person[]} people @returns {Row[]} */
export function rowsOf(people) {
  return people.map((person, index) => ({ ...person, number: index + 1, wanted: null, attempt: null, made: null, trouble: "" }));
}

/** @param {Row} row @returns {string | null} key of a message */
function faultOf({ name, position }) {
  if (!name.trim()) return "people.name_missing";
  if (name.trim().length > LONGEST.name) return "people_list.name_too_long";
  if (!proposeUsername(name)) return "people_list.name_without_letters";
  return position.trim().length > LONGEST.position ? "people_list.position_too_long" : null;
}

/**
 * @param {Row} row @param {Row[]} others of the same name, including this one @param {Account | undefined} account
 * @returns {Doubt | null}
 */
function doubtOf(row, others, account) {
  if (row.heading) return { key: "people_list.not_a_name", params: {}, asks: true };
  if (account) {
    const key = account.position ? "people_list.same_account_position" : "people_list.same_account";
    return { key, params: { name: account.display_name, username: account.username, position: account.position }, asks: true };
  }
  const [first] = others;
  const other = first === row ? others[1] : first;
  if (other) return { key: "people_list.same_line", params: { n: other.number }, asks: first !== row };
  return /\d|@/.test(row.name) ? { key: "people_list.name_with_digits", params: {}, asks: false } : null;
}

/** @param {Row[]} rows @returns {Map<string, Row[]>} */
function byName(rows) {
  /** @type {Map<string, Row[]>} */
  const groups = new Map();
  for (const row of rows) {
    const key = sameName(row.name);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/**
 * Returns the facts about each row that is not done.
 * @param {Row[]} rows @param {Account[]} accounts existing accounts
 * @returns {Map<Row, Facts>}
 */
export function factsOf(rows, accounts) {
  const known = new Map(accounts.map((account) => [sameName(account.display_name), account]));
  const open = rows.filter((row) => !isDone(row));
  const namesakes = byName(open.filter((row) => row.name.trim() && !row.heading && row.wanted !== false));
  return new Map(open.map((row) => {
    if (row.made) return [row, { fault: null, doubt: null, wanted: true, counted: true }];
    const fault = faultOf(row);
    const key = sameName(row.name);
    const doubt = fault ? null : doubtOf(row, namesakes.get(key) ?? [row], known.get(key));
    const wanted = row.wanted ?? !doubt?.asks;
    return [row, { fault, doubt, wanted, counted: wanted && !fault }];
  }));
}

/** Whether a row has its account and its first password. @param {Row} row */
export const isDone = ({ made }) => made !== null && made.initial_password !== null;

/** Rows whose names are in capital letters. @param {Row[]} rows */
export const capitalRows = (rows) => rows.filter((row) => !row.made && !row.heading && isAllCapitals(row.name));

/** @param {Row[]} rows */
export function writeInNormalCase(rows) {
  for (const row of capitalRows(rows)) row.name = inNormalCase(row.name);
}

/** Unit names in the rows that do not exist, in the order of the list. @param {Row[]} rows @param {{name: string}[]} units */
export function missingUnits(rows, units) {
  const known = new Set(units.map((unit) => sameName(unit.name)));
  /** @type {Map<string, string>} */
  const missing = new Map();
  for (const { unit } of rows) {
    const key = sameName(unit);
    if (unit && !known.has(key) && !missing.has(key)) missing.set(key, unit);
  }
  return [...missing.values()];
}

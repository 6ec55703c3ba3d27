/**
 * Data of the audit page.
 *
 * @typedef {import("../../lib/schemas.js").AuditEntryView} Entry
 * @typedef {import("../../lib/schemas.js").SealedDays} SealedDays
 * @typedef {import("../../lib/schemas.js").UserView} User
 * @typedef {"today" | "week" | "month" | "all" | "days"} Range
 * @typedef {{range: Range, from: string, to: string, user: string, kind: string}} Filters
 */

import { api } from "../../lib/api.js";
import { href } from "../../lib/boot.js";
import { isoDay } from "../../lib/format.js";
import { sayProblem } from "../../lib/ui/toast.js";

const DAY = 86_400_000;
/** Days before today that a range begins. @type {Record<string, number>} */
const BEGINS = { today: 0, week: 6, month: 29 };
/** Accounts in one answer of the server. */
const ACCOUNTS_AT_ONCE = 200;

export const audit = {
  /** @type {Entry[] | null} */
  entries: null,
  /** @type {string | null} */
  next: null,
  /** @type {User[]} */
  users: [],
  /** @type {SealedDays | null} */
  days: null,
  /** Days that were typed and are none. */
  wrong: { from: false, to: false },
  /** @type {Filters} */
  filters: { range: "week", from: "", to: "", user: "", kind: "" },
};

/** @type {() => void} */
let draw = () => {};

/** @param {() => void} run */
export function onChange(run) {
  draw = run;
}

/** The query of a request for these entries. @param {Filters} filters @param {number} [now] milliseconds since 1970 */
export function queryOf({ range, from, to, user, kind }, now = Date.now()) {
  const begins = BEGINS[range];
  const wanted = new URLSearchParams();
  if (begins !== undefined) wanted.set("from", isoDay(now - begins * DAY));
  if (range === "days" && from) wanted.set("from", from);
  if (range === "days" && to) wanted.set("to", to);
  if (user) wanted.set("user_id", user);
  if (kind) wanted.set("kind", kind);
  return wanted;
}

/**
 * Changes filters and reads the first page.
 * @param {Partial<Filters>} [filters] @param {{from?: boolean, to?: boolean}} [wrong] typed days that are none
 */
export async function load(filters = {}, wrong = {}) {
  Object.assign(audit.filters, filters);
  Object.assign(audit.wrong, wrong);
  const wanted = queryOf(audit.filters);
  draw();
  try {
    const { items, next } = await api.get(`/audit?${wanted}`);
    if (String(wanted) !== String(queryOf(audit.filters))) return;
    audit.entries = items;
    audit.next = next;
    draw();
  } catch (error) {
    sayProblem(error);
  }
}

export async function loadMore() {
  const cursor = audit.next;
  if (!cursor) return;
  const filters = String(queryOf(audit.filters));
  const wanted = new URLSearchParams(filters);
  wanted.set("cursor", cursor);
  try {
    const { items, next } = await api.get(`/audit?${wanted}`);
    // Pressed twice, or filtered anew meanwhile.
    if (audit.next !== cursor || filters !== String(queryOf(audit.filters))) return;
    audit.entries = [...(audit.entries ?? []), ...items];
    audit.next = next;
    draw();
  } catch (error) {
    sayProblem(error);
  }
}

export async function loadUsers() {
  try {
    let more = "";
    do {
      const { items, next } = await api.get(`/users?limit=${ACCOUNTS_AT_ONCE}${more}`);
      audit.users = [...audit.users, ...items];
      more = next ? `&cursor=${encodeURIComponent(next)}` : "";
    } while (more);
    draw();
  } catch (error) {
    sayProblem(error);
  }
}

export async function loadDays() {
  try {
    audit.days = await api.get("/audit/days");
    draw();
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {"csv" | "jsonl"} form @returns {string} */
export function fileUrl(form) {
  return href(`/api/v1/audit.${form}?${queryOf(audit.filters)}`);
}

/** @param {string} before "2026-11-24" */
export async function prune(before) {
  const pruned = await api.post("/audit/prune", { before });
  await Promise.all([load(), loadDays()]);
  return pruned;
}

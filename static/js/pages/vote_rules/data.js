/**
 * Data of the administration page for voting rules and rule packs.
 *
 * @typedef {import("../../lib/schemas.js").VoteRule} Rule
 * @typedef {Rule["quorum"]} Quorum
 * @typedef {import("../../lib/schemas.js").RulePackView} Pack
 * @typedef {import("../../lib/schemas.js").MeetingLine} Meeting
 * @typedef {Pick<import("../../lib/schemas.js").UnitView, "id" | "name">} Unit
 */

import { api } from "../../lib/api.js";
import { sayProblem } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { copyOf } from "./drafts.js";

const OVER = new Set(["closed", "archived"]);

export const rules = {
  /** @type {Pack[] | null} */
  packs: null,
  /** @type {Unit[]} */
  units: [],
  /** Meetings that are not over, next one first. @type {Meeting[]} */
  meetings: [],
  /** The meeting whose rules are shown; empty: all packs. */
  meetingId: "",
  /** Rules available to that meeting. @type {Rule[] | null} */
  offered: null,
};

/** @type {() => void} */
let draw = () => {};

/** @param {() => void} run */
export function onChange(run) {
  draw = run;
}

/** @param {() => Promise<void>} load */
async function loading(load) {
  try {
    await load();
    draw();
  } catch (error) {
    sayProblem(error);
  }
}

export const loadPacks = () => loading(async () => void (rules.packs = (await api.get("/rule-packs")).items));

/** Loads the options of the two select fields. */
export const loadChoices = () =>
  loading(async () => {
    const [units, meetings] = await Promise.all([api.get("/units"), api.get("/meetings")]);
    rules.units = units.items;
    rules.meetings = meetings.items.filter((/** @type {Meeting} */ one) => !OVER.has(one.status)).reverse();
  });

/** Shows the rules of one meeting, or all packs for an empty id. @param {string} meetingId */
export async function lookAt(meetingId) {
  rules.meetingId = meetingId;
  rules.offered = null;
  draw();
  if (meetingId) await loadOffered();
}

const loadOffered = () =>
  loading(async () => {
    const asked = rules.meetingId;
    const { items } = await api.get(`/vote-rules?meeting_id=${encodeURIComponent(asked)}`);
    if (asked === rules.meetingId) rules.offered = items;
  });

/** Reloads all data that depends on the packs. */
async function reload() {
  await loadPacks();
  if (rules.meetingId) await loadOffered();
}

/** Ids that are not available for a new pack or rule. */
const takenIds = () => new Set((rules.packs ?? []).flatMap((pack) => [pack.pack_id, ...pack.rules.map((rule) => rule.id)]));

/** Existing kinds of meetings: of a built-in pack, or of a meeting that is not over. */
export function knownKinds() {
  const builtIn = (rules.packs ?? []).filter((pack) => !pack.own).flatMap((pack) => pack.kinds);
  return new Set([...builtIn, ...rules.meetings.map((one) => one.kind)]);
}

/** @param {string} id @returns {Promise<string>} */
export async function sourceOf(id) {
  return (await api.get(`/rule-packs/${id}`)).source;
}

/** Returns a copy of a pack as the start of a custom pack. @param {Pack} pack */
export async function copySource(pack) {
  return copyOf(await sourceOf(pack.id ?? ""), takenIds(), t("rules.copy_note", { title: pack.title }));
}

/**
 * Checks a text without adding it.
 * @param {string} toml @param {string | null} unitId @param {AbortSignal} signal @returns {Promise<Pack>} the resulting pack
 */
export function check(toml, unitId, signal) {
  return api.post("/rule-packs?check=true", { toml, unit_id: unitId }, { signal });
}

/** @param {string} toml @param {string | null} unitId @param {string} [key] @returns {Promise<Pack>} */
export async function addRulePack(toml, unitId, key) {
  const pack = await api.post("/rule-packs", { toml, unit_id: unitId }, { key });
  await reload();
  return pack;
}

/** @param {Pack} pack */
export async function withdraw(pack) {
  await api.del(`/rule-packs/${pack.id}`);
  await reload();
}

/** Restores a withdrawn pack by adding its text again. @param {Pack} pack */
export async function putBack(pack) {
  await addRulePack(await sourceOf(pack.id ?? ""), pack.unit_id);
}

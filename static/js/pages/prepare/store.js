/**
 * The meeting on this page: what the server last said, with the changes made here laid on at once.
 * While papers are processed it asks again often, otherwise now and then, so that two secretaries
 * see each other's work.
 *
 * @typedef {import("../../lib/schemas.js").MeetingView} Meeting
 */

import { api, Problem } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { sayProblem } from "../../lib/ui/toast.js";
import { isProcessing, papersOf, without } from "./shapes.js";

const SOON = 700;
const LATER = 15_000;

/** @type {Meeting} */
let meeting = boot.meeting;
/** Ids whose removal can still be undone. @type {Set<string>} */
const leaving = new Set();
/** Counts changes made here: an answer asked for before the last one is stale. */
let changes = 0;
let underWay = 0;
/** @type {(() => void)[]} */
const watchers = [];
let drawing = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** The meeting as it stands for the person who looks at it. */
export function current() {
  return without(meeting, leaving);
}

/** @param {() => void} watcher runs once per frame after a change */
export function watch(watcher) {
  watchers.push(watcher);
}

/** Draws again in the next frame. */
export function touch() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    for (const watcher of watchers) watcher();
  });
}

/** @param {(meeting: Meeting) => Meeting} change */
export function lay(change) {
  changes += 1;
  meeting = change(meeting);
  touch();
}

/** @param {string[]} ids @param {boolean} gone */
export function setLeaving(ids, gone) {
  for (const id of ids) {
    if (gone) leaving.add(id);
    else leaving.delete(id);
  }
  touch();
}

function soon() {
  clearTimeout(timer);
  if (document.hidden) return;
  timer = setTimeout(refresh, papersOf(meeting).some(isProcessing) ? SOON : LATER);
}

/** Asks the server how the meeting stands now. */
export async function refresh() {
  const asked = changes;
  try {
    const fresh = await api.get(`/meetings/${meeting.id}`);
    if (asked === changes && !underWay) {
      meeting = fresh;
      touch();
    }
  } catch (error) {
    // Not reachable for a moment: the next look will tell. Only a real fault goes on.
    if (!(error instanceof Problem)) throw error;
  } finally {
    soon();
  }
}

/**
 * Lays a change on at once and asks the server for it; a refusal is said in words and taken back.
 * @param {((meeting: Meeting) => Meeting) | null} change
 * @param {() => Promise<unknown>} request
 * @returns {Promise<boolean>} false when it was refused
 */
export async function perform(change, request) {
  if (change) lay(change);
  underWay += 1;
  try {
    await request();
    return true;
  } catch (error) {
    sayProblem(error);
    return false;
  } finally {
    underWay -= 1;
    changes += 1;
    if (!underWay) await refresh();
  }
}

/** Begins looking now and then. */
export function startWatching() {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else refresh();
  });
  soon();
}

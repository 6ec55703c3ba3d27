/**
 * The meeting of the preparation page: the last state from the server with local changes applied optimistically.
 * It polls the server, more often while documents are processed, so that two secretaries see each other's changes.
 *
 * @typedef {import("../../lib/schemas.js").MeetingView} Meeting
 */

import { api, Problem } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { sayProblem } from "../../lib/ui/toast.js";
import { isProcessing, papersOf, without } from "./shapes.js";

const FAST_POLL_MS = 700;
const POLL_MS = 15_000;

/** @type {Meeting} */
let meeting = boot.meeting;
/** Ids whose removal can still be undone. @type {Set<string>} */
const leaving = new Set();
/** Number of local changes: a response to a request from before the last change is stale. */
let changes = 0;
let pendingRequests = 0;
/** @type {(() => void)[]} */
const watchers = [];
let drawing = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Returns the meeting without items whose removal is pending. */
export function current() {
  return without(meeting, leaving);
}

/** @param {() => void} watcher runs once per frame after a change */
export function watch(watcher) {
  watchers.push(watcher);
}

/** Runs the watchers in the next frame. */
export function touch() {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    for (const watcher of watchers) watcher();
  });
}

/** Applies a local change. @param {(meeting: Meeting) => Meeting} change */
export function lay(change) {
  changes += 1;
  meeting = change(meeting);
  touch();
}

/** Hides or restores items whose removal can be undone. @param {string[]} ids @param {boolean} gone */
export function setLeaving(ids, gone) {
  for (const id of ids) {
    if (gone) leaving.add(id);
    else leaving.delete(id);
  }
  touch();
}

function schedule() {
  clearTimeout(timer);
  if (document.hidden) return;
  timer = setTimeout(refresh, papersOf(meeting).some(isProcessing) ? FAST_POLL_MS : POLL_MS);
}

/** Loads the current state of the meeting from the server. */
export async function refresh() {
  const asked = changes;
  try {
    const fresh = await api.get(`/meetings/${meeting.id}`);
    if (asked === changes && !pendingRequests) {
      meeting = fresh;
      touch();
    }
  } catch (error) {
    // A failed request is repeated by the next poll. Other errors are bugs.
    if (!(error instanceof Problem)) throw error;
  } finally {
    schedule();
  }
}

/**
 * Applies a change optimistically and sends the request. On a refusal it shows the error and restores the server's state.
 * @param {((meeting: Meeting) => Meeting) | null} change
 * @param {() => Promise<unknown>} request
 * @returns {Promise<boolean>} false when the request was refused
 */
export async function perform(change, request) {
  if (change) lay(change);
  pendingRequests += 1;
  try {
    await request();
    return true;
  } catch (error) {
    sayProblem(error);
    return false;
  } finally {
    pendingRequests -= 1;
    changes += 1;
    if (!pendingRequests) await refresh();
  }
}

/** Starts polling; it stops while the page is hidden. */
export function startWatching() {
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer);
    else refresh();
  });
  schedule();
}

/**
 * Ids of the users whose accounts were just created in this window, in list order. The next meeting without
 * participants offers to invite them, until they are invited to a meeting.
 */

import { api, Problem } from "../../lib/api.js";
import { WebStorage } from "../../lib/web_storage.js";

const KEY = "new-people";
const memory = new WebStorage(() => sessionStorage);

/** @returns {string[]} ids */
export function newPeople() {
  return JSON.parse(memory.get(KEY) ?? "[]");
}

/** @param {string[]} ids */
export function rememberNewPeople(ids) {
  memory.set(KEY, JSON.stringify([...new Set([...newPeople(), ...ids])]));
}

/** @param {string[]} ids */
export function forgetNewPeople(ids) {
  memory.set(KEY, JSON.stringify(newPeople().filter((id) => !ids.includes(id))));
}

/**
 * Adds users to a meeting as members, one request after another. A refusal does not stop the others.
 * @param {string} meetingId @param {string[]} ids
 * @returns {Promise<{failed: string[], problem: Problem | null}>} `problem`: the first refusal
 */
export async function invite(meetingId, ids) {
  /** @type {string[]} */
  const failed = [];
  /** @type {Problem | null} */
  let problem = null;
  for (const id of ids) {
    try {
      await api.put(`/meetings/${meetingId}/participants/${id}`, { role: "member", entitled_to_vote: true, seat: null });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      failed.push(id);
      problem ??= error;
    }
  }
  if (!failed.length) forgetNewPeople(ids);
  return { failed, problem };
}

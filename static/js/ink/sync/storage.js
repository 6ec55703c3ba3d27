/**
 * Where a tablet keeps one person's pens and notes: what the server does not have yet, and the papers
 * as they were last seen. Both go when that person signs out or hands the tablet back.
 */
import { eraseRecords, openRecords } from "../../lib/idb_store.js";

/** @param {string} root where the product is mounted @param {string} userId */
const outbox = (root, userId) => `dienhong:${root}:${userId}:ink`;

/** @param {string} root @param {string} userId */
const papers = (root, userId) => `dienhong:${root}:${userId}:ink-papers`;

/** @param {string} root @param {string} userId what waits to be sent */
export const openInk = (root, userId) => openRecords(outbox(root, userId));

/** @param {string} root @param {string} userId annotations as last loaded, by paper */
export const openStoredDocuments = (root, userId) => openRecords(papers(root, userId));

/** Tells this person's other tabs of the outbox. @param {string} root @param {string} userId */
export const inkChannel = (root, userId) => new BroadcastChannel(outbox(root, userId));

/** Held by the tab that is sending. @param {string} root @param {string} userId */
export const inkLock = (root, userId) => `${outbox(root, userId)}:sending`;

/** @param {string} root @param {string} userId nothing of this person's notes stays on the tablet */
export async function eraseInk(root, userId) {
  await Promise.all([eraseRecords(outbox(root, userId)), eraseRecords(papers(root, userId))]);
}

/**
 * The sign-in ended by itself: what was seen goes, what was written and not sent yet waits for its author.
 * @param {string} root @param {string} userId @param {boolean} waits
 */
export const leaveInk = (root, userId, waits) => (waits ? eraseRecords(papers(root, userId)) : eraseInk(root, userId));

/** @typedef {import("../../lib/idb_store.js").Records} Records */

/** @param {Promise<Records>} opening @returns {Records} to be used before they are open: each use waits for it, in order */
export const whenOpen = (opening) => ({
  get: async (key) => (await opening).get(key),
  all: async () => (await opening).all(),
  update: async (key, change) => (await opening).update(key, change),
  updateAll: async (change) => (await opening).updateAll(change),
  erase: async () => (await opening).erase(),
});

/**
 * Storage of one person's annotations on the device: unsent changes, and the documents as last loaded.
 * Both are erased when the person signs out or returns the device.
 */
import { eraseRecords, openRecords } from "../../lib/idb_store.js";

/** @param {string} root base path of the application @param {string} userId */
const outbox = (root, userId) => `dienhong:${root}:${userId}:ink`;

/** @param {string} root @param {string} userId */
const documents = (root, userId) => `dienhong:${root}:${userId}:ink-papers`;

/** @param {string} root @param {string} userId opens the unsent changes */
export const openInk = (root, userId) => openRecords(outbox(root, userId));

/** @param {string} root @param {string} userId opens the last loaded annotations, by document */
export const openStoredDocuments = (root, userId) => openRecords(documents(root, userId));

/** Notifies other tabs of this person about changes of the outbox. @param {string} root @param {string} userId */
export const inkChannel = (root, userId) => new BroadcastChannel(outbox(root, userId));

/** Name of the lock that the sending tab holds. @param {string} root @param {string} userId */
export const inkLock = (root, userId) => `${outbox(root, userId)}:sending`;

/** @param {string} root @param {string} userId erases all data of this person */
export async function eraseInk(root, userId) {
  await Promise.all([eraseRecords(outbox(root, userId)), eraseRecords(documents(root, userId))]);
}

/**
 * After the session expired: erases loaded documents; unsent changes are kept for their author.
 * @param {string} root @param {string} userId @param {boolean} waits whether there are unsent changes
 */
export const leaveInk = (root, userId, waits) => (waits ? eraseRecords(documents(root, userId)) : eraseInk(root, userId));

/** @typedef {import("../../lib/idb_store.js").Records} Records */

/** @param {Promise<Records>} opening @returns {Records} usable at once: each call waits until they are open, in order */
export const whenOpen = (opening) => ({
  get: async (key) => (await opening).get(key),
  all: async () => (await opening).all(),
  update: async (key, change) => (await opening).update(key, change),
  updateAll: async (change) => (await opening).updateAll(change),
  erase: async () => (await opening).erase(),
});

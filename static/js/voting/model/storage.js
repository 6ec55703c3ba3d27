/**
 * Storage of votes on a device. Ballots and receipts belong to one person and are deleted when that person signs
 * out or returns the device. Checkpoints are public and belong to the server at this address: they stay, because
 * watching a log requires its earlier checkpoints.
 */
import { eraseRecords, openRecords } from "../../lib/idb_store.js";

/** @param {string} root path at which the application is mounted @param {string} userId */
const ballots = (root, userId) => `dienhong:${root}:${userId}:ballots`;

/** @param {string} root @param {string} userId the outbox and receipts of one person */
export const openBallots = (root, userId) => openRecords(ballots(root, userId));

/** Notifies this person's other tabs of outbox changes. @param {string} root @param {string} userId */
export const ballotsChannel = (root, userId) => new BroadcastChannel(ballots(root, userId));

/** @param {string} root @param {string} userId deletes all votes of this person from the device */
export const eraseBallots = (root, userId) => eraseRecords(ballots(root, userId));

/** @param {string} root checkpoints, keys and evidence, by meeting */
export const openCheckpoints = (root) => openRecords(`dienhong:${root}:vote-log`);

/**
 * Where a tablet keeps what belongs to votes. Ballots and receipts are one person's, and go when that
 * person signs out or hands the tablet back. Checkpoints are public and belong to the server under this
 * address: they stay, for a log is only watched by who remembers.
 */
import { eraseRecords, openRecords } from "../../lib/idb_store.js";

/** @param {string} root where the product is mounted @param {string} userId */
const ballots = (root, userId) => `dienhong:${root}:${userId}:ballots`;

/** @param {string} root @param {string} userId the outbox and receipts of one person */
export const openBallots = (root, userId) => openRecords(ballots(root, userId));

/** Tells this person's other tabs of the outbox. @param {string} root @param {string} userId */
export const ballotsChannel = (root, userId) => new BroadcastChannel(ballots(root, userId));

/** @param {string} root @param {string} userId nothing of this person's votes stays on the tablet */
export const eraseBallots = (root, userId) => eraseRecords(ballots(root, userId));

/** @param {string} root checkpoints, keys and evidence, by meeting */
export const openCheckpoints = (root) => openRecords(`dienhong:${root}:vote-log`);

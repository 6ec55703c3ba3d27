/** Unsent annotations outside of a room: signing out asks for confirmation first. */
import { html } from "lit-html";
import { root } from "../../lib/boot.js";
import { confirmStep } from "../../lib/ui/dialog.js";
import { t } from "../../lib/words.js";
import { leaveInk, openInk } from "./storage.js";

/** @typedef {import("../model/operations.js").Op} Op */

/**
 * Asks for confirmation if signing out would lose unsent changes.
 * @param {Op[]} ops @returns {Promise<boolean>} whether to sign out
 */
export function mayLeave(ops) {
  if (ops.length === 0) return Promise.resolve(true);
  const text = t(ops.some((op) => op.refused) ? "ink.refused_text" : "ink.waits_text");
  return confirmStep({ title: t("ink.waits_question"), text: html`<p>${text}</p>`, verb: t("room.sign_out") });
}

/** @param {string} userId @returns {Promise<Op[]>} unsent changes of closed rooms */
export const leftInk = async (userId) => (await openInk(root, userId)).all();

/**
 * After the session was revoked: erases loaded annotations; unsent changes are kept for their author.
 * @param {string} userId @param {boolean} [unsent] there are some that may not be stored yet
 */
export async function forgetSentInk(userId, unsent = false) {
  await leaveInk(root, userId, unsent || (await leftInk(userId)).length > 0);
}

/** Notes that are on this tablet alone, outside of a room: they are sent from any page, and nobody signs out over them unasked. */
import { html } from "lit-html";
import { boot, root } from "../../lib/boot.js";
import { confirmStep } from "../../lib/ui/dialog.js";
import { t } from "../../lib/words.js";
import { openInk } from "./storage.js";
import { openOwnOutbox } from "./own_outbox.js";

/** @typedef {import("../model/operations.js").Op} Op */

/**
 * Signing out would lose these.
 * @param {Op[]} ops @returns {Promise<boolean>} whether the person goes all the same
 */
export function mayLeave(ops) {
  if (ops.length === 0) return Promise.resolve(true);
  const text = t(ops.some((op) => op.refused) ? "ink.refused_text" : "ink.waits_text");
  return confirmStep({ title: t("ink.waits_question"), text: html`<p>${text}</p>`, verb: t("room.sign_out") });
}

/** @param {string} userId @returns {Promise<Op[]>} what the room left behind */
export const leftInk = async (userId) => (await openInk(root, userId)).all();

/** Sends what a room left behind when it was closed without a network. */
export async function sendLeftInk() {
  const me = boot.user?.id;
  if (me && (await leftInk(me)).length > 0) await openOwnOutbox(me);
}

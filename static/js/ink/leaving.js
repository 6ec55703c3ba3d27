/** Notes that are on this tablet alone, outside of a room: they are sent from any page, and nobody signs out over them unasked. */
import { html } from "lit-html";
import { api, randomKey } from "../lib/api.js";
import { boot, root } from "../lib/boot.js";
import { confirmStep } from "../lib/dialog.js";
import { oneAtATime } from "../lib/one_at_a_time.js";
import { t } from "../lib/words.js";
import { InkOutbox } from "./ink_outbox.js";
import { inkLock, openInk } from "./kept.js";

/** @typedef {import("./ink_ops.js").Op} Op */

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
  if (!me || (await leftInk(me)).length === 0) return;
  const exclusive = (/** @type {() => Promise<any>} */ work) => oneAtATime(inkLock(root, me), work);
  await new InkOutbox({ records: await openInk(root, me), api, newKey: randomKey, exclusive }).start();
}

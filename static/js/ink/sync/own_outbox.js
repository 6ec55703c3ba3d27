/** Creates the outbox of this person on this device, for rooms and other pages. */
import { api, randomKey } from "../../lib/api.js";
import { boot, root } from "../../lib/boot.js";
import { oneAtATime } from "../../lib/tab_lock.js";
import { toast } from "../../lib/ui/toast.js";
import { count } from "../../lib/words.js";
import { InkOutbox } from "./outbox.js";
import { inkChannel, inkLock, openInk, whenOpen } from "./storage.js";
import { leftInk } from "./unsent_notes.js";

/** @param {string} userId */
export const outboxParts = (userId) => ({
  records: whenOpen(openInk(root, userId)),
  api,
  newKey: randomKey,
  channel: "BroadcastChannel" in globalThis ? inkChannel(root, userId) : null,
  /** @template T @param {() => Promise<T>} work @returns {Promise<T>} */
  exclusive: (work) => oneAtATime(inkLock(root, userId), work),
});

/** @param {InkOutbox} outbox Shows a message when changes for the room are kept private. */
export function sayHeldBack(outbox) {
  outbox.whenHeldBack((n) => toast(count("ink.held_back", n), { tone: "bad" }));
}

/** @param {string} userId @returns {Promise<InkOutbox>} started, with the pending changes of earlier pages */
export async function openOwnOutbox(userId) {
  const outbox = new InkOutbox(outboxParts(userId));
  sayHeldBack(outbox);
  await outbox.start();
  return outbox;
}

/** Sends the changes of a room that was closed without a network. */
export async function sendLeftInk() {
  const me = boot.user?.id;
  if (me && (await leftInk(me)).length > 0) await openOwnOutbox(me);
}

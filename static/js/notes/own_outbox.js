/** The outbox of this person on a page that has no room around it. */
import { InkOutbox } from "../ink/ink_outbox.js";
import { inkChannel, inkLock, openInk } from "../ink/kept.js";
import { api, randomKey } from "../lib/api.js";
import { root } from "../lib/boot.js";
import { oneAtATime } from "../lib/one_at_a_time.js";

/** @param {string} userId @returns {Promise<InkOutbox>} under way with what an earlier page left waiting */
export async function openOwnOutbox(userId) {
  const outbox = new InkOutbox({
    records: await openInk(root, userId),
    api,
    newKey: randomKey,
    channel: "BroadcastChannel" in globalThis ? inkChannel(root, userId) : null,
    exclusive: (work) => oneAtATime(inkLock(root, userId), work),
  });
  await outbox.start();
  return outbox;
}

/** Opens this person's desk of pens and notes on this tablet, for one line to a room. */
import { api, randomKey } from "../lib/api.js";
import { boot, root } from "../lib/boot.js";
import { oneAtATime } from "../lib/one_at_a_time.js";
import { newId } from "./ids.js";
import { InkDesk } from "./ink_desk.js";
import { inkChannel, inkLock, openInk, openInkPapers, whenOpen } from "./kept.js";

/** @param {import("../live/connection.js").Connection} line */
export function openInkDesk(line) {
  const me = { user_id: boot.user?.id ?? "-", name: boot.user?.display_name ?? "" };
  return new InkDesk({
    line,
    api,
    me,
    records: whenOpen(openInk(root, me.user_id)),
    papers: whenOpen(openInkPapers(root, me.user_id)),
    newId,
    newKey: randomKey,
    channel: "BroadcastChannel" in globalThis ? inkChannel(root, me.user_id) : null,
    exclusive: (work) => oneAtATime(inkLock(root, me.user_id), work),
  });
}

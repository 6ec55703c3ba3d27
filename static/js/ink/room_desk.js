/** The desk of pens and notes in the room of this page: its line, its person, and what the tablet keeps for them. */
import { api, randomKey } from "../lib/api.js";
import { boot, root } from "../lib/boot.js";
import { oneAtATime } from "../lib/one_at_a_time.js";
import { newId } from "./ids.js";
import { InkDesk } from "./ink_desk.js";
import { inkChannel, inkLock, openInk, openInkPapers, whenOpen } from "./kept.js";

/** @param {{readonly connection: import("../live/connection.js").Connection}} app its line may be made after the desk */
export function inkDeskOf(app) {
  const me = boot.user?.id ?? "-";
  return new InkDesk({
    line: {
      get room() {
        return app.connection.room;
      },
      get connected() {
        return app.connection.connected;
      },
      change: (change) => app.connection.change(change),
      whisper: (event, payload) => app.connection.whisper(event, payload),
    },
    api,
    me: { user_id: me, name: boot.user?.display_name ?? "" },
    records: whenOpen(openInk(root, me)),
    papers: whenOpen(openInkPapers(root, me)),
    newId,
    newKey: randomKey,
    channel: "BroadcastChannel" in globalThis ? inkChannel(root, me) : null,
    exclusive: (work) => oneAtATime(inkLock(root, me), work),
  });
}

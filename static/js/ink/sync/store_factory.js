/** The desk of pens and notes in the room of this page: its line, its person, and what the tablet keeps for them. */
import { boot, root } from "../../lib/boot.js";
import { newId } from "../model/ids.js";
import { InkDesk } from "./annotation_store.js";
import { openInkPapers, whenOpen } from "./storage.js";
import { outboxParts } from "./own_outbox.js";

/** @param {import("../../room/feature.js").ConnectionOf<"room"|"connected"|"change"|"whisper">} context its connection may be made after the desk */
export function inkDeskOf(context) {
  const me = boot.user?.id ?? "-";
  return new InkDesk({
    line: {
      get room() {
        return context.connection.room;
      },
      get connected() {
        return context.connection.connected;
      },
      change: (change) => context.connection.change(change),
      whisper: (event, payload) => context.connection.whisper(event, payload),
    },
    ...outboxParts(me),
    me: { user_id: me, name: boot.user?.display_name ?? "" },
    papers: whenOpen(openInkPapers(root, me)),
    newId,
  });
}

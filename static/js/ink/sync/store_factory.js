/** Creates the annotation store of this page's room. */
import { boot, root } from "../../lib/boot.js";
import { newId } from "../model/ids.js";
import { AnnotationStore } from "./annotation_store.js";
import { openStoredDocuments, whenOpen } from "./storage.js";
import { outboxParts } from "./own_outbox.js";

/** @param {import("../../room/feature.js").ConnectionOf<"room"|"connected"|"change"|"emitVolatile">} context its connection may be created after the store */
export function createAnnotationStore(context) {
  const me = boot.user?.id ?? "-";
  return new AnnotationStore({
    line: {
      get room() {
        return context.connection.room;
      },
      get connected() {
        return context.connection.connected;
      },
      change: (change) => context.connection.change(change),
      emitVolatile: (event, payload) => context.connection.emitVolatile(event, payload),
    },
    ...outboxParts(me),
    me: { user_id: me, name: boot.user?.display_name ?? "" },
    papers: whenOpen(openStoredDocuments(root, me)),
    newId,
  });
}

/** Annotations in the room: the toolbar, marks on the page, remote ink and unsent changes. */
import { html } from "lit-html";
import { boot } from "../lib/boot.js";
import { extended } from "../lib/extended.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { InkControls } from "./toolbar/ink_controls.js";
import { InkLayer } from "./editor/ink_layer.js";
import { forgetSentInk, mayLeave } from "./sync/unsent_notes.js";
import { notesLine } from "./toolbar/unsent_notes_line.js";
import { pastBar } from "./toolbar/earlier_version_bar.js";
import { listenToPage } from "./marks/page_events.js";
import { openMenu } from "../lib/ui/menu.js";
import { paperItems } from "./toolbar/document_menu.js";
import { EmbeddedNotes } from "./marks/embedded_notes.js";
import { createAnnotationStore } from "./sync/store_factory.js";
import { toolbarOffered, toolbarView, writeButton } from "./toolbar/toolbar_view.js";
import { WriterNames } from "./marks/writer_names.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "room"|"online"|"behind"|"covered"|"serverClock"|"memory"|"afterDraw"
 *   |"chairBarHeight"|"redraw"|"redrawSoon"|"announce"|"find"|"keepDrawn"|"parts"|"reading"|"writing">
 *   & import("../room/feature.js").ConnectionOf<"room"|"connected"|"change"|"emitVolatile">} InkNeeds
 * @typedef {{ink: InkControls, names: WriterNames, embeddedNotes: EmbeddedNotes}} InkParts
 * @typedef {InkNeeds & InkParts} InkContext
 * @typedef {{started: () => Promise<import("./sync/outbox.js").InkOutbox>}} InkInterface  the outbox, once it is open
 */

/** How long leaving the room waits for unsent changes before it asks for confirmation. */
const FLUSH_MS = 2500;
/** Width of the toolbar beside the page; the same value as in its style sheet. */
const TOOLBAR_PX = 94;

/** @param {InkNeeds} context @returns {import("../room/feature.js").FeatureInstance} */
export function create(context) {
  const own = partsOf(context);
  /** @type {Promise<import("./sync/outbox.js").InkOutbox>|undefined} */
  let starting;
  const started = () => (starting ??= own.ink.store.start().then(() => own.ink.store.outbox));
  return {
    provides: { ink: { started } },
    start: () => {
      // A page may be shown already.
      own.ink.turned(context.reading.viewer.place);
      return started();
    },
    ...hooksOf(own),
    regions: regionsOf(own),
  };
}

/** @param {InkNeeds} context @returns {InkContext} */
function partsOf(context) {
  const { viewer } = context.reading;
  /** @type {InkContext} */
  const own = extended(context, /** @type {InkParts} */ ({}));
  own.ink = new InkControls(own, createAnnotationStore(context), context.memory);
  viewer.writeOn((pageElement, viewport) => new InkLayer(own.ink.port, pageElement, viewport));
  own.names = new WriterNames(own);
  own.embeddedNotes = new EmbeddedNotes(viewer.layer.element);
  listenToPage(own);
  context.reading.onPage((place) => own.ink.turned(place));
  return own;
}

/** @param {InkContext} context @returns {import("../room/feature.js").FeatureInstance} */
function hooksOf(context) {
  const { ink: controls, reading } = context;
  const { store } = controls;
  return {
    onEveryEvent: (_room, why, events) => {
      store.roomChanged(why === "snapshot", events);
      controls.roomChanged(events);
    },
    onJoined: () => store.joined(),
    onOwnEvent: (event) => store.own(event),
    onTick: (tick) => store.liveInk.tick(tick),
    onKey: (event) => controls.key(event),
    isBusy: () => reading.viewer.ink?.atWork ?? false,
    width: () => (toolbarOffered(context) && controls.toolbar.open && controls.toolbar.side === "side" ? { tools: TOOLBAR_PX } : {}),
    mayLeave: async () => {
      await store.outbox.flush(FLUSH_MS);
      return (await mayLeave(store.outbox.ops)) === true;
    },
    leave: async (why) => {
      if (why === "refused") return;
      const waits = store.outbox.ops.length > 0;
      store.leave();
      if (why !== "revoked" || !boot.user) return;
      await forgetSentInk(boot.user.id, waits);
    },
  };
}

/** @param {InkContext} context @returns {import("../room/feature.js").Regions} */
function regionsOf(context) {
  return {
    stateBars: [{ at: 10, view: () => pastBar(context) }],
    pageFooter: [
      { at: 20, view: () => notesLine(context) },
      { at: 40, view: () => toolbarView(context, context.chairBarHeight) },
    ],
    pagingBar: [{ at: 10, view: () => writeButton(context) }],
    documentTools: [{ at: 10, view: (document) => documentButton(context, document) }],
  };
}

/** @param {InkContext} context @param {import("../lib/schemas.js").DocumentView} document */
function documentButton(context, document) {
  return html`<button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("ink.paper_menu", { title: document.title })}
      @click=${(/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), paperItems(context))}>${icon("ellipsis")}</button>`;
}

/** Annotations in the room: pens and notes on the page, what others write, and what waits to be sent. */
import { html } from "lit-html";
import { boot, root } from "../lib/boot.js";
import { extended } from "../lib/extended.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { annotationReducers, ownAnnotationEvents } from "../live/annotations.js";
import { InkControls } from "./toolbar/ink_controls.js";
import { InkLayer } from "./editor/ink_layer.js";
import { leaveInk } from "./sync/storage.js";
import { mayLeave } from "./sync/unsent_notes.js";
import { notesLine } from "./toolbar/unsent_notes_line.js";
import { pastBar } from "./toolbar/earlier_version_bar.js";
import { listenToPage } from "./marks/page_events.js";
import { openMenu } from "../lib/ui/menu.js";
import { paperItems } from "./toolbar/document_menu.js";
import { PaperNotes } from "./marks/embedded_notes.js";
import { inkDeskOf } from "./sync/store_factory.js";
import { trayOffered, trayView, writeButton } from "./toolbar/toolbar_view.js";
import { WetNames } from "./marks/writer_names.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "room"|"online"|"behind"|"covered"|"hall"|"memory"|"afterDraw"
 *   |"chairBarHeight"|"redraw"|"redrawSoon"|"announce"|"find"|"keepDrawn"|"parts"|"reading"|"writing">
 *   & import("../room/feature.js").ConnectionOf<"room"|"connected"|"change"|"whisper">} InkNeeds
 * @typedef {{ink: InkControls, names: WetNames, paperNotes: PaperNotes}} InkParts
 * @typedef {InkNeeds & InkParts} InkContext
 * @typedef {{started: () => Promise<import("./sync/outbox.js").InkOutbox>}} InkInterface  the outbox, once it is open
 */

/** What was just written is on its way: that long it is waited for before anybody is asked. */
const FLUSH_MS = 2500;
/** The tray beside the page, as its style sheet has it. */
const TRAY_PX = 94;

/** @type {import("../room/feature.js").Feature} */
export const ink = {
  name: "ink",
  initialState: () => ({ annotations: {} }), // Loaded document by document, when they are shown.
  reducers: annotationReducers,
  ownReducers: ownAnnotationEvents,
  quietEvents: [...Object.keys(annotationReducers), ...Object.keys(ownAnnotationEvents)],
  /** @param {InkNeeds} context */
  create(context) {
    const own = partsOf(context);
    /** @type {Promise<import("./sync/outbox.js").InkOutbox>|undefined} */
    let starting;
    const started = () => (starting ??= own.ink.desk.start().then(() => own.ink.desk.outbox));
    return {
      provides: { ink: { started } },
      start: () => void started(),
      ...hooksOf(own),
      regions: regionsOf(own),
    };
  },
};

/** @param {InkNeeds} context @returns {InkContext} */
function partsOf(context) {
  const { viewer } = context.reading;
  /** @type {InkContext} */
  const own = extended(context, /** @type {InkParts} */ ({}));
  own.ink = new InkControls(own, inkDeskOf(context), context.memory);
  viewer.writeOn((leaf, viewport) => new InkLayer(own.ink.port, leaf, viewport));
  own.names = new WetNames(own);
  own.paperNotes = new PaperNotes(viewer.layer.element);
  listenToPage(own);
  context.reading.onPage((place) => own.ink.turned(place));
  return own;
}

/** @param {InkContext} context @returns {import("../room/feature.js").FeatureInstance} */
function hooksOf(context) {
  const { ink: controls, reading } = context;
  const { desk } = controls;
  return {
    onEveryEvent: (_room, why, events) => {
      desk.roomChanged(why === "snapshot", events);
      controls.roomChanged(events);
    },
    onJoined: () => desk.joined(),
    onOwnEvent: (event) => desk.own(event),
    onTick: (tick) => desk.wetInk.tick(tick),
    onKey: (event) => controls.key(event),
    isBusy: () => reading.viewer.ink?.atWork ?? false,
    width: () => (trayOffered(context) && controls.tray.open && controls.tray.side === "side" ? { tools: TRAY_PX } : {}),
    mayLeave: async () => {
      await desk.outbox.flush(FLUSH_MS);
      return (await mayLeave(desk.outbox.ops)) === true;
    },
    leave: (why) => {
      if (why === "refused") return undefined;
      const waits = desk.outbox.ops.length > 0;
      desk.leave();
      return why === "revoked" && boot.user ? leaveInk(root, boot.user.id, waits) : undefined;
    },
  };
}

/** @param {InkContext} context @returns {import("../room/feature.js").Regions} */
function regionsOf(context) {
  return {
    stateBars: [{ at: 10, view: () => pastBar(context) }],
    pageFooter: [
      { at: 20, view: () => notesLine(context) },
      { at: 40, view: () => trayView(context, context.chairBarHeight) },
    ],
    footBar: [{ at: 10, view: () => writeButton(context) }],
    documentTools: [{ at: 10, view: (document) => documentButton(context, document) }],
  };
}

/** @param {InkContext} context @param {import("../lib/schemas.d.ts").DocumentView} document */
function documentButton(context, document) {
  return html`<button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("ink.paper_menu", { title: document.title })}
      @click=${(/** @type {Event} */ event) => openMenu(/** @type {HTMLElement} */ (event.currentTarget), paperItems(context))}>${icon("ellipsis")}</button>`;
}

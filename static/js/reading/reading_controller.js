/**
 * Connects the reading model with the page viewer, its page images and the actions that turn pages. `Reading`
 * decides the reading position.
 */
import { samePlace } from "../live/follow.js";
import { api } from "../lib/api.js";
import { ask } from "../lib/fetch_with_timeout.js";
import { boot, root } from "../lib/boot.js";
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { PageBytes } from "../viewer/page_bytes.js";
import { PageSource } from "../viewer/page_source.js";
import { openPageStore, storeName } from "../viewer/page_store.js";
import { Viewer } from "../viewer/viewer.js";
import { DocumentNews } from "./document_news.js";
import { Reading } from "./reading.js";

/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../live/presentation.js").Place} Place */
/** @typedef {import("../lib/schemas.js").VersionView} Version */
/** @typedef {import("./feature.js").ReadingNeeds} ReadingNeeds */

export class ReadingController {
  typing = false;
  /** @type {number|null} page under the slider while it is dragged */ hover = null;
  /** @type {string|null} item whose first document the presenter declined */ declined = null;
  /** @type {((place: Place|null) => void)[]} */ #listeners = [];

  /** @param {ReadingNeeds} context */
  constructor(context) {
    this.context = context;
    this.store = openPageStore(storeName(root, boot.user?.id ?? "-"));
    this.bytes = new PageBytes({ root, store: this.store, gone: (id) => this.source.forget(id) });
    this.source = new PageSource(this.bytes);
    this.viewer = new Viewer({
      source: this.source,
      memory: context.memory,
      turn: (step) => this.turnPage(step),
      label: (document, page) => t("room.page_label", { page, count: document.version?.page_count ?? 0, title: document.title }),
      fitted: context.redraw,
    });
    this.model = new Reading({
      meetingId: context.meetingId,
      line: context.connection,
      memory: context.tabMemory,
      show: (shown, roomPage) => this.#show(shown, roomPage),
      refused: (answer) => toast(answer.detail ?? t(`error.${answer.code}`), { tone: "bad" }),
      changed: context.redraw,
      versionsOf: async (id) => (await api.get(`/documents/${encodeURIComponent(id)}`)).versions,
    });
    this.news = new DocumentNews({
      open: (id) => this.open(id),
      onPage: () => this.follow.place?.document_id ?? null,
      say: context.announce,
    });
  }

  get follow() {
    return this.model.follow;
  }

  /** The page on screen. */
  get shown() {
    return this.model.shown;
  }

  /** The earlier version on screen. */
  get past() {
    return this.model.past;
  }

  /** @param {(place: Place|null) => void} listener called before another page is shown */
  onPage(listener) {
    this.#listeners.push(listener);
  }

  /** @param {import("./reading.js").Shown|null} shown @param {number|null} roomPage */
  #show(shown, roomPage) {
    this.news.opened(shown?.paper.id ?? null);
    if (!samePlace(this.viewer.place, shown?.place ?? null)) for (const listener of this.#listeners) listener(shown?.place ?? null);
    if (shown) this.viewer.show(shown.paper, shown.place, roomPage);
    else this.viewer.clear();
  }

  /** @param {import("../live/room_state.js").RoomEvent[]} events Deletes removed documents from the device. */
  forgetRemoved(events) {
    for (const event of events) {
      if (event.type !== "document_removed") continue;
      this.source.forget(event.data.document_id);
      void this.bytes.erasePaper(event.data.document_id);
    }
  }

  /** @param {1|-1} step */
  turnPage(step) {
    this.model.turnPage(step);
  }

  /** @param {number} page */
  goTo(page) {
    this.hover = null;
    this.model.go(page);
    this.context.redraw();
  }

  /** @param {string} documentId */
  open(documentId) {
    const { drawer } = this.context;
    this.model.open(documentId);
    if (drawer.open && drawer.covers) drawer.toggle();
  }

  /** @param {string} documentId @param {number} page opened for this person alone, also for a presenter */
  openApart(documentId, page) {
    if (!this.model.openApart(documentId, page)) toast(t("room.link_gone"), { tone: "bad" });
  }

  /** @param {number} number of a version of the document on screen @param {number} page read apart from the room */
  async openVersion(number, page) {
    const id = this.shown?.paper.id;
    if (id === undefined) return;
    const { answer, trouble } = await ask((signal) => api.get(`/documents/${encodeURIComponent(id)}`, { signal }));
    const version = answer?.versions.find((/** @type {Version} */ one) => one.number === number);
    if (version) this.model.openPast(id, version, page);
    else toast(trouble?.detail || t("ink.past_unavailable"), { tone: "bad" });
  }

  leavePast() {
    this.model.leavePast();
  }

  back() {
    if (this.follow.mode !== "following") this.model.back();
  }

  preview() {
    this.model.preview();
  }

  /** The presenter declines the item's first document. */
  decline() {
    this.declined = this.context.room.meeting.current_item_id;
    this.context.redraw();
  }

  /** @param {number|null} page */
  hoverOver(page) {
    this.hover = page;
    this.context.redraw();
  }

  /** @param {boolean} typing */
  typePage(typing) {
    this.typing = typing;
    if (typing) this.context.redrawNow(); // Draws the field before the first digit is typed.
    else this.context.redraw();
  }

  /** @param {Paper} document @param {number} page @returns {import("../viewer/page_bytes.js").PageRef} */
  refOf(document, page) {
    return { document_id: document.id, version: document.current_version, sha256: document.version?.sha256 ?? null, page };
  }
}

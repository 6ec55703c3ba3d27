/**
 * Pens and notes in the room: joins what is pressed (tray, bars, windows), the ink of the page and the
 * desk that keeps the marks. It is what the page's ink asks.
 */
import { api } from "../../lib/api.js";
import { confirmStep } from "../../lib/ui/dialog.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { whyNotForRoom } from "../model/audience.js";
import { inkCommandOf } from "./ink_keys.js";
import { isShown } from "../model/mark_list.js";
import { sayHeldBack } from "../sync/own_outbox.js";
import { PastReading } from "./earlier_version.js";
import { closePopover } from "../../lib/ui/popover.js";
import { ShownMarks } from "./visible_marks.js";
import { endWriting } from "../editor/text_editor.js";
import { Toolbar } from "./toolbar.js";
import { WriterLine } from "./writer_line.js";

/** @typedef {import("../feature.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/operations.js").Draft} Draft */
/** @typedef {import("../model/operations.js").Patch} Patch */
/** @typedef {import("../model/audience.js").Reach} Reach */
/** @typedef {import("../sync/interfaces.js").Ink} Ink */
/** @typedef {import("../sync/annotation_store.js").AnnotationStore} AnnotationStore */

/** What is on its way this long is worth a word; a stroke that just left is not. */
const SAY_WAITING_AFTER_MS = 4000;
const UNDO_SECONDS = 8;
const WRITERS = ["chair", "secretary", "member", "guest"];

export class InkControls {
  /** @type {Set<() => void>} */ #listeners = new Set();

  /** @param {InkContext} context @param {AnnotationStore} store @param {{get(key:string):string|null, set(key:string, value:string):void}} memory */
  constructor(context, store, memory) {
    this.context = context;
    this.store = store;
    this.toolbar = new Toolbar({
      memory,
      width: () => window.innerWidth,
      room: () => context.room,
      use: (tool) => context.reading.viewer.ink?.choose(tool),
      changed: () => context.redraw(),
    });
    this.past = new PastReading(context);
    this.seen = new ShownMarks(context, store, () => this.#moved());
    store.subscribe(() => this.#moved());
    store.liveInk.subscribe(() => this.#wetMoved());
    this.writers = new WriterLine(context, store);
    sayHeldBack(store.outbox);
  }

  /** @returns {Ink} what the ink of the page speaks to */
  get port() {
    const { store, toolbar } = this;
    return {
      me: store.me,
      mayWrite: () => this.writable,
      marks: (documentId, version, page) => this.seen.of(documentId, store.view.marks({ document_id: documentId, version, page })),
      add: (drafts) => this.add(drafts),
      changeAll: (changes) => this.change(changes),
      // Under the eraser: what it took away is had back with the tray's own button.
      remove: (ids) => {
        store.remove(ids);
        this.context.redraw();
      },
      undo: () => this.undo(),
      redo: () => this.redo(),
      wet: (stroke) => store.wet(stroke, toolbar.reach.audience),
      strokeEnded: (id) => store.liveInk.cancel(id),
      newId: () => store.newId(),
      styleOf: (tool) => toolbar.style(tool),
      audience: () => toolbar.reach,
      words: (place) => store.pageWords.of(place),
      subscribe: (changed) => void this.#listeners.add(changed),
    };
  }

  /** @param {import("../../live/room_state.js").RoomEvent[]} events the room is another since them */
  roomChanged(events) {
    this.writers.landed(events);
    const why = whyNotForRoom(this.context.room);
    if (this.toolbar.settle()?.audience === "meeting" && why) toast(t(`ink.fell_back_${why}`), { tone: "bad" });
  }

  /** Whether this person can write on the page on the store: nobody does on what is looked up in an earlier version. */
  get writable() {
    const { room, reading } = this.context;
    return reading.shown !== null && WRITERS.includes(room.me.role) && !this.past.version;
  }

  /** @param {string} id on the paper on the desk @returns {Annotation|null} */
  find(id) {
    const paper = this.context.reading.shown?.paper.id;
    return paper === undefined ? null : this.store.view.find(paper, id);
  }

  get canUndo() {
    return this.store.canUndo;
  }

  get canRedo() {
    return this.store.canRedo;
  }

  undo() {
    this.#turnedAt("ink.undone_on", this.store.undo());
  }

  redo() {
    this.#turnedAt("ink.redone_on", this.store.redo());
  }

  /** @param {string} key @param {{page: number}|null} place What happened on another page is said, not shown: nobody's page is turned by it. */
  #turnedAt(key, place) {
    this.context.redraw();
    if (place && place.page !== this.context.reading.shown?.place.page) toast(t(key, { page: place.page }));
  }

  /** @param {Draft[]} drafts one step; who writes sees it, whatever was hidden; what others see makes the words of the audience stir once */
  add(drafts) {
    if (this.seen.shows.none) this.seen.shows = { ...this.seen.shows, none: false };
    if (this.#took(() => this.store.add(drafts)) && drafts.some((draft) => draft.audience !== "private")) this.#tellAudience();
  }

  /** @param {{id: string, patch: Patch}[]} changes */
  change(changes) {
    this.#took(() => this.store.changeAll(changes));
  }

  /** @param {() => {fault: string|null}} step @returns {boolean} what may not be is said in words, before anything is sent */
  #took(step) {
    const couldUndo = this.canUndo;
    const couldRedo = this.canRedo;
    const { fault } = step();
    if (fault) toast(t(`error.${fault}`), { tone: "bad" });
    // A stroke among others changes nothing around the page that could not wait for the hand to rest.
    if (couldUndo !== this.canUndo || couldRedo !== this.canRedo) this.context.redraw();
    else this.context.redrawSoon();
    return !fault;
  }

  /** @param {string[]} ids own ones */
  remove(ids) {
    this.store.remove(ids);
    this.context.redraw();
    toast(t("ink.deleted"), { seconds: UNDO_SECONDS, action: { label: t("ink.undo"), run: () => this.undo() } });
  }

  /** @param {Annotation[]} marks @param {string} color */
  recolor(marks, color) {
    this.change(marks.map((mark) => ({ id: mark.id, patch: { style: { ...mark.style, color } } })));
  }

  /** @param {string[]} ids @param {Reach} reach who sees them from now on */
  reachFor(ids, { audience, user_id, name }) {
    this.change(ids.map((id) => ({ id, patch: { audience, user_id } })));
    toast(t(`ink.reached_${audience}`, { name: name ?? "" }), { seconds: UNDO_SECONDS, action: { label: t("ink.undo"), run: () => this.undo() } });
  }

  /** @param {Annotation[]} marks another's, that the room sees: gone for everybody after one clear step */
  async clear(marks) {
    const name = marks[0]?.author_name ?? "";
    const sure = await confirmStep({ title: t("ink.clear_question", { name }), text: t("ink.clear_text"), verb: t("ink.clear"), tone: "room" });
    if (!sure) return;
    try {
      for (const mark of marks) await api.del(`/annotations/${encodeURIComponent(mark.id)}`);
      toast(t("ink.cleared"));
    } catch (error) {
      sayProblem(error);
    }
  }

  /**
   * @param {KeyboardEvent} event pressed outside of fields @returns {boolean} whether it was one of pens
   */
  key(event) {
    const command = inkCommandOf(event);
    if (!command || !this.writable || this.context.covered || this.context.behind) return false;
    if ("tool" in command) {
      if (!this.toolbar.open) this.toolbar.put(true);
      this.toolbar.toggle(command.tool);
      return true;
    }
    if (command.verb !== "put_down") {
      this[command.verb]();
      return true;
    }
    if (closePopover()) return true;
    if (this.toolbar.tool === null) return false;
    this.toolbar.putDown();
    return true;
  }

  /** @param {Reach} reach chosen for what is written next */
  choose(reach) {
    this.toolbar.reach = reach;
    this.context.announce(t(`ink.now_${reach.audience}`, { name: reach.name ?? "" }));
  }

  /** How many wait long enough to be worth a word: without a line at once. */
  get waitingToSay() {
    return this.store.waitingSince(this.context.online ? Date.now() - SAY_WAITING_AFTER_MS : Infinity);
  }

  /** @returns {import("../model/operations.js").Op[]} what the server would not take */
  get refused() {
    return this.store.outbox.refused.filter((op) => op.target === "annotations");
  }

  /** @param {import("../model/conflicts.js").Offer} offer @param {import("../model/conflicts.js").Choice} choice */
  answerOffer(offer, choice) {
    return this.store.answerOffer(offer.op, choice);
  }

  /** @param {import("../../live/presentation.js").Place|null} place comes onto the store: what was being written is finished first */
  turned(place) {
    endWriting();
    closePopover();
    this.context.names.clear();
    this.context.embeddedNotes.show(place);
    if (place) this.store.show(place.document_id);
    this.seen.reckonSoon();
  }

  /** What others write on this page just now, by those whose notes are shown. */
  #wetMoved() {
    this.writers.drawn();
    const place = this.context.reading.shown?.place;
    if (!place) return;
    const strokes = this.store.liveInk.strokes(place.document_id, place.version, place.page);
    const shown = strokes.filter((stroke) => isShown(stroke, this.seen.shows, this.store.me));
    this.context.reading.viewer.ink?.showLiveInk(shown);
    this.context.names.show(shown);
  }

  #moved() {
    for (const changed of this.#listeners) changed();
    this.seen.reckonSoon();
  }

  #tellAudience() {
    const chip = this.context.find(".tray .audience");
    chip?.classList.remove("told");
    requestAnimationFrame(() => chip?.classList.add("told"));
  }
}

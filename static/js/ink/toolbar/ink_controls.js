/**
 * Connects the controls for annotations (toolbar, bars, dialogs), the ink layer of the page and the annotation store.
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

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/operations.js").Draft} Draft */
/** @typedef {import("../model/operations.js").Patch} Patch */
/** @typedef {import("../model/audience.js").Reach} Reach */
/** @typedef {import("../sync/interfaces.js").Ink} Ink */
/** @typedef {import("../sync/annotation_store.js").AnnotationStore} AnnotationStore */

/** How long a change may be unsent before the page mentions it. */
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
    this.seen = new ShownMarks(context, store, () => this.#marksChanged());
    store.subscribe(() => this.#marksChanged());
    store.liveInk.subscribe(() => this.#liveInkChanged());
    this.writers = new WriterLine(context, store);
    sayHeldBack(store.outbox);
  }

  /** @returns {Ink} the interface for the ink layer of the page */
  get port() {
    const { store, toolbar } = this;
    return {
      me: store.me,
      mayWrite: () => this.writable,
      marks: (documentId, version, page) => this.seen.of(documentId, store.view.marks({ document_id: documentId, version, page })),
      addDrafts: (drafts) => this.addDrafts(drafts),
      changeAll: (changes) => this.change(changes),
      // For the eraser: no toast, because the toolbar has an undo button.
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

  /** @param {import("../../live/room_state.js").RoomEvent[]} events that changed the room */
  roomChanged(events) {
    this.writers.landed(events);
    const why = whyNotForRoom(this.context.room);
    if (this.toolbar.settle()?.audience === "meeting" && why) toast(t(`ink.fell_back_${why}`), { tone: "bad" });
  }

  /** Whether this person can write on the shown page. Earlier versions are read-only. */
  get writable() {
    const { room, reading } = this.context;
    return reading.shown !== null && WRITERS.includes(room.me.role) && !this.past.version;
  }

  /** @param {string} id of a mark on the shown document @returns {Annotation|null} */
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
    this.#mentionPage("ink.undone_on", this.store.undo());
  }

  redo() {
    this.#mentionPage("ink.redone_on", this.store.redo());
  }

  /** @param {string} key @param {{page: number}|null} place of the change. Shows a toast for another page instead of turning to it. */
  #mentionPage(key, place) {
    this.context.redraw();
    if (place && place.page !== this.context.reading.shown?.place.page) toast(t(key, { page: place.page }));
  }

  /** @param {Draft[]} drafts one undo step. Shows hidden marks again; if others see a draft, the audience button is animated once. */
  addDrafts(drafts) {
    if (this.seen.shows.none) this.seen.shows = { ...this.seen.shows, none: false };
    if (this.#applied(() => this.store.addAnnotations(drafts)) && drafts.some((draft) => draft.audience !== "private")) this.#animateAudience();
  }

  /** @param {{id: string, patch: Patch}[]} changes */
  change(changes) {
    this.#applied(() => this.store.changeAll(changes));
  }

  /** @param {() => {fault: string|null}} step @returns {boolean} whether it was valid; else a toast shows the error, and nothing is sent */
  #applied(step) {
    const couldUndo = this.canUndo;
    const couldRedo = this.canRedo;
    const { fault } = step();
    if (fault) toast(t(`error.${fault}`), { tone: "bad" });
    // Unless undo or redo became available, the redraw can wait until the writing pauses.
    if (couldUndo !== this.canUndo || couldRedo !== this.canRedo) this.context.redraw();
    else this.context.redrawSoon();
    return !fault;
  }

  /** @param {string[]} ids of own marks */
  remove(ids) {
    this.store.remove(ids);
    this.context.redraw();
    toast(t("ink.deleted"), { seconds: UNDO_SECONDS, action: { label: t("ink.undo"), run: () => this.undo() } });
  }

  /** @param {Annotation[]} marks @param {string} color */
  recolor(marks, color) {
    this.change(marks.map((mark) => ({ id: mark.id, patch: { style: { ...mark.style, color } } })));
  }

  /** @param {string[]} ids @param {Reach} reach the new audience */
  reachFor(ids, { audience, user_id, name }) {
    this.change(ids.map((id) => ({ id, patch: { audience, user_id } })));
    toast(t(`ink.reached_${audience}`, { name: name ?? "" }), { seconds: UNDO_SECONDS, action: { label: t("ink.undo"), run: () => this.undo() } });
  }

  /** @param {Annotation[]} marks of another person that the room sees; deleted for everybody after a confirmation */
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
   * @param {KeyboardEvent} event outside of input fields @returns {boolean} whether it was a shortcut of annotations
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

  /** @param {Reach} reach audience of the next marks */
  choose(reach) {
    this.toolbar.reach = reach;
    this.context.announce(t(`ink.now_${reach.audience}`, { name: reach.name ?? "" }));
  }

  /** Number of unsent changes to mention: those older than SAY_WAITING_AFTER_MS; all while offline. */
  get waitingToSay() {
    return this.store.waitingSince(this.context.online ? Date.now() - SAY_WAITING_AFTER_MS : Infinity);
  }

  /** @returns {import("../model/operations.js").Op[]} changes to annotations that the server refused */
  get refused() {
    return this.store.outbox.refused.filter((op) => op.target === "annotations");
  }

  /** @param {import("../model/conflicts.js").Offer} offer @param {import("../model/conflicts.js").Choice} choice */
  answerOffer(offer, choice) {
    return this.store.answerOffer(offer.op, choice);
  }

  /** @param {import("../../live/presentation.js").Place|null} place that is shown next; text input in progress is finished first */
  turned(place) {
    endWriting();
    closePopover();
    this.context.names.clear();
    this.context.embeddedNotes.show(place);
    if (place) this.store.show(place.document_id);
    this.seen.reckonSoon();
  }

  /** Shows strokes in progress of others on this page, unless their notes are hidden. */
  #liveInkChanged() {
    this.writers.drawn();
    const place = this.context.reading.shown?.place;
    if (!place) return;
    const strokes = this.store.liveInk.strokes(place.document_id, place.version, place.page);
    const shown = strokes.filter((stroke) => isShown(stroke, this.seen.shows, this.store.me));
    this.context.reading.viewer.ink?.showLiveInk(shown);
    this.context.names.show(shown);
  }

  #marksChanged() {
    for (const changed of this.#listeners) changed();
    this.seen.reckonSoon();
  }

  #animateAudience() {
    const chip = this.context.find(".tray .audience");
    chip?.classList.remove("told");
    requestAnimationFrame(() => chip?.classList.add("told"));
  }
}

/**
 * Pens and notes in the room: joins what is pressed (tray, bars, windows), the ink of the page and the
 * desk that keeps the marks. It is what the page's ink asks; filters and the audience are its own.
 */
import { api } from "../lib/api.js";
import { ask } from "../lib/asking.js";
import { confirmStep } from "../lib/dialog.js";
import { sayProblem, toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { inkCommandOf } from "./ink_keys.js";
import { ALL, isShown, withPerson } from "./mark_list.js";
import { closePopover } from "./popover.js";
import { endWriting } from "./text_editor.js";
import { Tray } from "./tray.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("./types.js").Annotation} Annotation */
/** @typedef {import("./types.js").Draft} Draft */
/** @typedef {import("./types.js").Patch} Patch */
/** @typedef {import("./audience.js").Reach} Reach */
/** @typedef {import("./mark_list.js").Shows} Shows */
/** @typedef {import("./ports.js").Ink} Ink */
/** @typedef {import("./ink_desk.js").InkDesk} InkDesk */

/** What is on its way this long is worth a word; a stroke that just left is not. */
const SAY_WAITING_AFTER_MS = 4000;
const UNDO_SECONDS = 8;
const WRITERS = ["chair", "secretary", "member", "guest"];

export class InkControls {
  /** @type {Map<string, Shows>} by paper, as long as this page is open */ #shows = new Map();
  /** @type {{key: unknown, marks: Annotation[]}} */ #all = { key: null, marks: [] };
  /** @type {Set<() => void>} */ #listeners = new Set();
  /** Papers and versions whose reminder of earlier notes was put away. @type {Set<string>} */ #away = new Set();
  #changes = 0;

  /** @param {RoomApp} app @param {InkDesk} desk @param {{get(key:string):string|null, set(key:string, value:string):void}} memory */
  constructor(app, desk, memory) {
    this.app = app;
    this.desk = desk;
    this.tray = new Tray({
      memory,
      width: () => window.innerWidth,
      room: () => app.room,
      use: (tool) => app.viewer.ink?.choose(tool),
      changed: () => app.draw(),
    });
    desk.subscribe(() => this.#moved());
    desk.wetInk.subscribe(() => this.#wetMoved());
  }

  /** @returns {Ink} what the ink of the page speaks to */
  get port() {
    const { desk, tray } = this;
    return {
      me: desk.me,
      mayWrite: () => this.writable,
      marks: (documentId, version, page) => this.#shown(documentId, desk.marks(documentId, version, page)),
      add: (drafts) => this.add(drafts),
      changeAll: (changes) => this.change(changes),
      // Under the eraser: what it took away is had back with the tray's own button.
      remove: (ids) => desk.remove(ids),
      undo: () => this.undo(),
      redo: () => this.redo(),
      wet: (id, place, style, points) => desk.wet(id, place, style, points, tray.reach.audience),
      wetGone: (id) => desk.wetGone(id),
      newId: () => desk.newId(),
      styleOf: (tool) => tray.style(tool),
      audience: () => tray.reach,
      words: (place) => desk.words(place),
      subscribe: (changed) => void this.#listeners.add(changed),
    };
  }

  /** @param {string} documentId @param {Annotation[]} marks @returns {Annotation[]} */
  #shown(documentId, marks) {
    const shows = this.#shows.get(documentId);
    return shows ? marks.filter((mark) => isShown(mark, shows, this.desk.me)) : marks;
  }

  /** Whether this person can write on the page on the desk: nobody does on what a paper was before. */
  get writable() {
    const { room, shown } = this.app;
    return shown !== null && WRITERS.includes(room.me.role) && shown.place.version === shown.paper.current_version;
  }

  /** @returns {Annotation[]} every mark of the paper on the desk, on all its versions */
  get all() {
    const id = this.app.shown?.paper.id;
    const key = id === undefined ? null : `${id} ${this.#changes}`;
    if (this.#all.key !== key) this.#all = { key, marks: id === undefined ? [] : this.desk.all(id) };
    return this.#all.marks;
  }

  /** @returns {Annotation[]} of the version on the desk, shown or not */
  get here() {
    const version = this.app.shown?.place.version;
    return this.all.filter((mark) => mark.version === version);
  }

  /** @param {string} id @returns {Annotation|null} */
  find(id) {
    return this.all.find((mark) => mark.id === id) ?? null;
  }

  /** @returns {Shows} */
  get shows() {
    return this.#shows.get(this.app.shown?.paper.id ?? "") ?? ALL;
  }

  /** @param {Shows} shows of the paper on the desk */
  show(shows) {
    const id = this.app.shown?.paper.id;
    if (id === undefined) return;
    if (shows.onlyMine || shows.none || shows.people.size) this.#shows.set(id, shows);
    else this.#shows.delete(id);
    this.#moved();
  }

  /** @param {string} userId @param {string} name */
  hidePerson(userId, name) {
    const before = this.shows;
    this.show(withPerson(before, userId, true));
    toast(t("ink.hidden_notes_of", { name }), { seconds: UNDO_SECONDS, action: { label: t("ink.show_again"), run: () => this.show(before) } });
  }

  get canUndo() {
    return this.desk.canUndo;
  }

  get canRedo() {
    return this.desk.canRedo;
  }

  undo() {
    this.#turnedAt("ink.undone_on", this.desk.undo());
  }

  redo() {
    this.#turnedAt("ink.redone_on", this.desk.redo());
  }

  /** @param {string} key @param {{page: number}|null} place What happened on another page is said, not shown: nobody's page is turned by it. */
  #turnedAt(key, place) {
    if (place && place.page !== this.app.shown?.place.page) toast(t(key, { page: place.page }));
  }

  /** @param {Draft[]} drafts one step; what others see makes the words of the audience stir once */
  add(drafts) {
    if (this.#took(this.desk.add(drafts)) && drafts.some((draft) => draft.audience !== "private")) this.#tellAudience();
  }

  /** @param {{id: string, patch: Patch}[]} changes */
  change(changes) {
    this.#took(this.desk.changeAll(changes));
  }

  /** @param {{fault: string|null}} taken @returns {boolean} what may not be is said in words, before anything is sent */
  #took({ fault }) {
    if (fault) toast(t(`error.${fault}`), { tone: "bad" });
    return !fault;
  }

  /** @param {string[]} ids own ones */
  remove(ids) {
    this.desk.remove(ids);
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
    if (!command || !this.writable || this.app.voting.covers || this.app.behind) return false;
    if ("tool" in command) {
      if (!this.tray.open) this.tray.put(true);
      this.tray.toggle(command.tool);
      return true;
    }
    if (command.verb !== "put_down") {
      this[command.verb]();
      return true;
    }
    if (closePopover()) return true;
    if (this.tray.tool === null) return false;
    this.tray.putDown();
    return true;
  }

  /** @param {Reach} reach chosen for what is written next */
  choose(reach) {
    this.tray.reach = reach;
    this.app.announcer.say(t(`ink.now_${reach.audience}`, { name: reach.name ?? "" }));
  }

  /** How many wait long enough to be worth a word: without a line at once. */
  get waitingToSay() {
    return this.desk.waitingSince(this.app.online ? Date.now() - SAY_WAITING_AFTER_MS : Infinity);
  }

  /** @returns {import("./ink_ops.js").Op[]} what the server would not take */
  get refused() {
    return this.desk.refused.filter((op) => op.target === "annotations");
  }

  /** @param {import("./offers.js").Offer} offer @param {import("./offers.js").Choice} choice */
  answerOffer(offer, choice) {
    return this.desk.answerOffer(offer.op, choice);
  }

  /** @param {import("../live/types.js").Place|null} place Another page comes onto the desk: what was being written is finished first. */
  turned(place) {
    endWriting();
    closePopover();
    this.app.names.clear();
    if (place) this.desk.show(place.document_id);
  }

  /** @returns {import("../live/types.js").Version|null} the earlier version on the desk */
  get past() {
    return this.app.reading.past;
  }

  /** @param {number} number of a version of the paper on the desk @param {number} page */
  async openPast(number, page) {
    const id = this.app.shown?.paper.id;
    if (id === undefined) return;
    const { answer, trouble } = await ask((signal) => api.get(`/documents/${encodeURIComponent(id)}`, { signal }));
    const version = answer?.versions.find((/** @type {import("../live/types.js").Version} */ one) => one.number === number);
    if (version) this.app.reading.openPast(id, version, page);
    else toast(trouble?.detail || t("ink.past_unavailable"), { tone: "bad" });
  }

  leavePast() {
    this.app.reading.leavePast();
  }

  /** Whether this person wants no word of earlier versions for now. */
  get putAway() {
    const shown = this.app.shown;
    return shown !== null && this.#away.has(`${shown.paper.id}/${shown.paper.current_version}`);
  }

  putEarlierAway() {
    const shown = this.app.shown;
    if (shown) this.#away.add(`${shown.paper.id}/${shown.paper.current_version}`);
    this.app.draw();
  }

  /** What others write on this page just now, by those whose notes are shown. */
  #wetMoved() {
    const place = this.app.shown?.place;
    if (!place) return;
    const strokes = this.desk.wetInk.strokes(place.document_id, place.version, place.page);
    const shown = strokes.filter((stroke) => isShown(stroke, this.shows, this.desk.me));
    this.app.viewer.ink?.showWet(shown);
    this.app.names.show(shown);
  }

  #moved() {
    this.#changes += 1;
    for (const changed of this.#listeners) changed();
    this.app.unhurried.soon();
  }

  #tellAudience() {
    const chip = this.app.place.querySelector(".tray .audience");
    chip?.classList.remove("told");
    requestAnimationFrame(() => chip?.classList.add("told"));
  }
}

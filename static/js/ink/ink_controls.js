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
import { ALL, countHidden, earlier, isShown, withPerson } from "./mark_list.js";
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
const RECKON_AFTER_MS = 400;
const WRITERS = ["chair", "secretary", "member", "guest"];

export class InkControls {
  /** @type {Map<string, Shows>} by paper, as long as this page is open */ #shows = new Map();
  /** Of the paper on the desk: what is not shown, and what lies on its earlier versions. */
  counts = { hidden: 0, earlier: 0 };
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #reckoning;
  /** @type {Set<() => void>} */ #listeners = new Set();
  /** Papers and versions whose reminder of earlier notes was put away. @type {Set<string>} */ #away = new Set();

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
      remove: (ids) => {
        desk.remove(ids);
        this.app.draw();
      },
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

  /** Whether this person can write on the page on the desk: nobody does on what is looked up in an earlier version. */
  get writable() {
    const { room, shown } = this.app;
    return shown !== null && WRITERS.includes(room.me.role) && !this.past;
  }

  /** @returns {number} the version whose text is read; while an earlier one is looked up, the one to come back to */
  get version() {
    const { shown } = this.app;
    return (this.past ? shown?.paper.current_version : shown?.place.version) ?? 0;
  }

  /** @returns {Annotation[]} every mark of the paper on the desk, on all its versions: for what is opened, not for each drawing */
  get all() {
    const id = this.app.shown?.paper.id;
    return id === undefined ? [] : this.desk.all(id);
  }

  /** @returns {Annotation[]} of the version on the desk, shown or not */
  get here() {
    const version = this.app.shown?.place.version;
    return this.all.filter((mark) => mark.version === version);
  }

  /** @param {string} id on the paper on the desk @returns {Annotation|null} */
  find(id) {
    const paper = this.app.shown?.paper.id;
    return paper === undefined ? null : this.desk.sight.find(paper, id);
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
    this.#reckon();
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
    this.app.draw();
    if (place && place.page !== this.app.shown?.place.page) toast(t(key, { page: place.page }));
  }

  /** @param {Draft[]} drafts one step; who writes sees it, whatever was hidden; what others see makes the words of the audience stir once */
  add(drafts) {
    if (this.shows.none) this.show({ ...this.shows, none: false });
    if (this.#took(this.desk.add(drafts)) && drafts.some((draft) => draft.audience !== "private")) this.#tellAudience();
  }

  /** @param {{id: string, patch: Patch}[]} changes */
  change(changes) {
    this.#took(this.desk.changeAll(changes));
  }

  /** @param {{fault: string|null}} taken @returns {boolean} what may not be is said in words, before anything is sent */
  #took({ fault }) {
    if (fault) toast(t(`error.${fault}`), { tone: "bad" });
    this.app.draw();
    return !fault;
  }

  /** @param {string[]} ids own ones */
  remove(ids) {
    this.desk.remove(ids);
    this.app.draw();
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

  /** @param {import("../live/types.js").Place|null} place comes onto the desk: what was being written is finished first */
  turned(place) {
    endWriting();
    closePopover();
    this.app.names.clear();
    if (place) this.desk.show(place.document_id);
    this.#reckonSoon();
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
    return shown !== null && this.#away.has(`${shown.paper.id}/${this.version}`);
  }

  putEarlierAway() {
    const shown = this.app.shown;
    if (shown) this.#away.add(`${shown.paper.id}/${this.version}`);
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

  /** The page shows it at once; what is counted of it, a little later: a hall that writes moves fifty times a second. */
  #moved() {
    for (const changed of this.#listeners) changed();
    this.#reckonSoon();
  }

  #reckonSoon() {
    this.#reckoning ??= setTimeout(() => {
      this.#reckoning = undefined;
      this.#reckon();
    }, RECKON_AFTER_MS);
  }

  #reckon() {
    const { app } = this;
    if (!app.connection.room) return;
    const marks = this.all;
    const version = app.shown?.place.version;
    this.counts = {
      hidden: countHidden(marks.filter((mark) => mark.version === version), this.shows, this.desk.me),
      earlier: earlier(marks, this.version).reduce((sum, one) => sum + one.count, 0),
    };
    app.unhurried.soon();
  }

  #tellAudience() {
    const chip = this.app.place.querySelector(".tray .audience");
    chip?.classList.remove("told");
    requestAnimationFrame(() => chip?.classList.add("told"));
  }
}

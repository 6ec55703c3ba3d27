/** Filters the marks of the shown document and counts the hidden ones. Each document keeps its filter until the room is closed. */
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { ALL, countHidden, earlier, isShown, withPerson } from "../model/mark_list.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/mark_list.js").Shows} Shows */

const UNDO_SECONDS = 8;
const RECKON_AFTER_MS = 400;

export class ShownMarks {
  /** For the shown document: number of hidden marks, and of marks on its earlier versions. */
  counts = { hidden: 0, earlier: 0 };
  /** @type {Map<string, Shows>} by document id */ #shows = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #timer;

  /**
   * @param {InkContext} context @param {import("../sync/annotation_store.js").AnnotationStore} store
   * @param {() => void} changed called when the filter changed
   */
  constructor(context, store, changed) {
    this.context = context;
    this.store = store;
    this.changed = changed;
  }

  /** @returns {Annotation[]} all marks of the shown document in all its versions; too slow to call on each redraw */
  get all() {
    const id = this.context.reading.shown?.paper.id;
    return id === undefined ? [] : this.store.view.all(id);
  }

  /** @returns {Annotation[]} of the shown version, with the hidden ones */
  get here() {
    const version = this.context.reading.shown?.place.version;
    return this.all.filter((mark) => mark.version === version);
  }

  /** @returns {Shows} */
  get shows() {
    return this.#shows.get(this.context.reading.shown?.paper.id ?? "") ?? ALL;
  }

  /** @param {Shows} shows filter of the shown document */
  set shows(shows) {
    const id = this.context.reading.shown?.paper.id;
    if (id === undefined) return;
    if (shows.onlyMine || shows.none || shows.people.size) this.#shows.set(id, shows);
    else this.#shows.delete(id);
    this.changed();
    this.#count();
  }

  /** @param {string} documentId @param {Annotation[]} marks @returns {Annotation[]} */
  of(documentId, marks) {
    const shows = this.#shows.get(documentId);
    return shows ? marks.filter((mark) => isShown(mark, shows, this.store.me)) : marks;
  }

  /** @param {string} userId @param {string} name */
  hidePerson(userId, name) {
    const before = this.shows;
    this.shows = withPerson(before, userId, true);
    const back = () => { this.shows = before; };
    toast(t("ink.hidden_notes_of", { name }), { seconds: UNDO_SECONDS, action: { label: t("ink.show_again"), run: back } });
  }

  /** Schedules a new count; while many people write there are about fifty changes a second. */
  reckonSoon() {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#count();
    }, RECKON_AFTER_MS);
  }

  #count() {
    const { context } = this;
    if (!context.connection.room) return;
    const marks = this.all;
    const version = context.reading.shown?.place.version;
    this.counts = {
      hidden: countHidden(marks.filter((mark) => mark.version === version), this.shows, this.store.me),
      earlier: earlier(marks, context.ink.past.current).reduce((sum, one) => sum + one.count, 0),
    };
    context.redrawSoon();
  }
}

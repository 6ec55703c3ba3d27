/**
 * Annotations of one person in a room: what pages show, creation, change, undo, and unsent changes.
 * Renderers and controls use this store; it does not draw.
 *
 * A change is shown at once and stored on the device shortly after; the outbox sends it to the server.
 * One call is one undo step in the document shown.
 */
import { CHANGES_WRITERS, writesForRoom } from "../../live/writing.js";
import { faultOf } from "./draft_check.js";
import { Histories } from "../model/histories.js";
import { InkOutbox } from "./outbox.js";
import { DocumentAnnotations } from "./document_annotations.js";
import { MergedView } from "./merged_view.js";
import { StoredDocuments } from "./stored_documents.js";
import { answersOf } from "../model/server_answers.js";
import { MOST_ON_A_PAGE } from "../model/limits.js";
import { draftOf, normalized, normalizedPatch } from "./normalize.js";
import { PageWords } from "./page_words.js";
import { LiveStrokes } from "./live_strokes.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../model/operations.js").Draft} Draft */
/** @typedef {import("../model/operations.js").Patch} Patch */
/** @typedef {import("../model/history.js").Work} Work */
/** @typedef {import("../model/operations.js").Op} Op */
/** @typedef {import("./merged_view.js").Place} Place */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */
/** @typedef {import("../../lib/idb_store.js").Records} Records */
/** @typedef {"restore"|"keep_private"|"retry"|"discard"} Choice */
/** @typedef {{ids:string[], fault:string|null}} Taken fault: the error code if nothing was changed */

export class AnnotationStore {
  #self;
  /** @type {string} the document shown */ #document = "";
  #histories = new Histories();
  /** @type {Set<() => void>} */ #listeners = new Set();

  /**
   * @param {{
   *   line: import("./document_annotations.js").Line & {readonly connected: boolean, emitVolatile(event: string, payload: object): void},
   *   api: import("./outbox.js").Api & {get(path: string, options?: object): Promise<any>},
   *   me: import("./pending_changes.js").Me, records: Records, papers: Records, newId: () => string, newKey: () => string,
   *   channel?: import("./outbox.js").Channel|null, exclusive?: <T>(work: () => Promise<T>) => Promise<T>,
   *   now?: () => number}} interfaces
   *   `records`: storage of the outbox; `papers`: storage of loaded annotations; `newId`: ids that sort in creation order
   */
  constructor({ line, api, me, records, papers, newId, newKey, channel, exclusive, now = Date.now }) {
    this.#self = me;
    this.me = me.user_id;
    this.newId = newId;
    this.now = now;
    this.outbox = new InkOutbox({ records, api, newKey, channel, exclusive });
    this.papers = new DocumentAnnotations({ line, api, kept: new StoredDocuments(papers), changed: () => this.#notify() });
    this.view = new MergedView({ papers: this.papers, outbox: this.outbox, me });
    this.pageWords = new PageWords(api);
    const may = (/** @type {string} */ author) => line.room === null || writesForRoom(line.room, author);
    this.liveInk = new LiveStrokes({ line, isHere: (ink) => this.view.stands(ink), may });
    this.outbox.subscribe((landed) => this.#arrived(landed));
  }

  /** Sends pending changes of an earlier page. */
  start() {
    return this.outbox.start();
  }

  /** Stops sending and loading, when the person leaves. */
  leave() {
    this.outbox.stop();
    this.papers.stop();
    this.liveInk.stop();
  }

  /** @param {() => void} listener called when any page may have changed @returns {() => void} unsubscribes */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** @param {boolean} fresh whether the room was replaced by a snapshot @param {RoomEvent[]} events */
  roomChanged(fresh, events) {
    this.papers.roomChanged(fresh, events);
    if (fresh || events.some(({ type }) => type.startsWith("annotations_"))) this.#notify();
    // After the finished stroke is shown, so that it never disappears in between.
    this.liveInk.finished(events);
    if (fresh || events.some(({ type }) => CHANGES_WRITERS.includes(type))) this.liveInk.room.writersChanged();
  }

  /** @param {RoomEvent} event of the user stream */
  own(event) {
    if (!event.type.startsWith("own_annotations_")) return;
    this.papers.note();
    this.#notify();
  }

  /** The connection is restored: sends pending changes at once. */
  joined() {
    this.outbox.hurry();
    this.papers.joined();
  }

  /** @param {string} documentId the document shown */
  show(documentId) {
    this.#document = documentId;
    this.papers.show(documentId);
  }

  /** @param {number} since ms @returns {number} the number of operations pending since then */
  waitingSince(since) {
    return this.outbox.ops.filter((op) => !op.refused && op.made <= since).length;
  }

  get canUndo() {
    return this.#histories.canUndo(this.#document);
  }

  get canRedo() {
    return this.#histories.canRedo(this.#document);
  }

  /** @param {Draft|Draft[]} given an id is added if missing @returns {Taken} all or none */
  addAnnotations(given) {
    const drafts = [given].flat().map((draft) => normalized({ ...draft, id: draft.id ?? this.newId() }));
    const fault = drafts.map(faultOf).find((one) => one !== null) ?? this.#full(drafts);
    if (fault) {
      for (const { id } of drafts) this.liveInk.cancel(id);
      return { ids: [], fault };
    }
    this.#histories.did(drafts[0]?.document_id ?? "", { verb: "add", drafts });
    this.#create(drafts);
    return { ids: drafts.map(({ id }) => id), fault: null };
  }

  /** @param {{id:string, patch:Patch}[]} changes changes of other authors' annotations are skipped @returns {Taken} all or none */
  changeAll(changes) {
    /** @type {import("../model/history.js").Edit[]} */
    const edits = [];
    for (const { id, patch } of changes) {
      const own = this.#own(id);
      if (!own) continue;
      const after = normalizedPatch(own, patch);
      const fault = faultOf({ ...own, ...after });
      if (fault) return { ids: [], fault };
      edits.push({ id, before: setNow(own, after), after });
    }
    if (edits.length) this.#histories.did(this.#document, { verb: "change", edits });
    this.#patch(edits.map(({ id, after }) => ({ id, patch: after })));
    return { ids: edits.map(({ id }) => id), fault: null };
  }

  /**
   * Removes own annotations, and annotations of the room that this person may moderate. Only own ones can
   * be restored, because restored annotations belong to this person.
   * @param {string[]} ids
   */
  remove(ids) {
    const own = ids.flatMap((id) => this.#own(id) ?? []);
    if (own.length) this.#histories.did(this.#document, { verb: "remove", drafts: own });
    this.#remove(ids);
  }

  /**
   * Updates a stroke in progress. Only strokes for the whole room are sent before they are finished.
   * @param {import("../tools/types.js").LiveStroke} stroke @param {import("../../lib/schemas.js").Audience} audience
   */
  wet(stroke, audience) {
    if (audience === "meeting") this.liveInk.sendStroke(stroke);
  }

  /** @returns {Place|null} where a step was undone; null: there was none */
  undo() {
    return this.#do(this.#histories.undo(this.#document, (id) => this.#own(id)));
  }

  /** @returns {Place|null} where a step was redone; null: there was none */
  redo() {
    return this.#do(this.#histories.redo(this.#document, (id) => this.#own(id)));
  }

  /** @param {Op} op a refused operation @param {Choice} choice @returns {Promise<void>} */
  async answerOffer(op, choice) {
    const { key } = op;
    const revision = this.view.server(op.document_id ?? "", op.id)?.revision ?? op.revision;
    if (choice === "discard") return this.outbox.discard(key);
    if (choice === "keep_private") return this.outbox.keepPrivate(key, revision);
    if (choice === "retry" || op.refused?.code === "stale_revision") return this.outbox.retry(key, revision);
    const id = this.newId();
    if (op.document_id) this.#histories.renamed(op.document_id, op.id, id);
    return this.outbox.makeAnew(key, id);
  }

  /** @param {string|undefined} id @returns {Annotation|null} the current annotation, if this person is its author */
  #own(id) {
    const found = id === undefined ? null : this.view.find(this.#document, id);
    return found?.author === this.me ? found : null;
  }

  /** @param {Draft[]} drafts @returns {string|null} */
  #full(drafts) {
    const [draft] = drafts;
    if (!draft) return null;
    const own = this.view.marks(draft).filter(({ author }) => author === this.me);
    return own.length + drafts.length > MOST_ON_A_PAGE ? "too_many_annotations" : null;
  }

  /** @param {"create"|"change"|"remove"} verb @param {Draft} draft @param {Patch|null} patch @returns {import("../model/operations.js").Intent} */
  #intent(verb, draft, patch) {
    const { id, document_id } = draft;
    const revision = verb === "create" ? null : (this.view.server(document_id, id)?.revision ?? null);
    return { key: this.newId(), target: "annotations", verb, id, document_id, draft: draftOf(draft), patch, revision, made: this.now() };
  }

  /** @param {Draft[]} drafts */
  #create(drafts) {
    void this.outbox.take(drafts.map((draft) => this.#intent("create", draft, null)));
    this.#notify();
    for (const { id } of drafts) this.liveInk.end(id);
  }

  /** @param {{id:string, patch:Patch}[]} patches */
  #patch(patches) {
    const intents = patches.flatMap(({ id, patch }) => {
      const now = this.#own(id);
      return now ? [this.#intent("change", /** @type {Draft} */ ({ ...now, ...patch }), patch)] : [];
    });
    void this.outbox.take(intents);
    this.#notify();
  }

  /** @param {string[]} ids */
  #remove(ids) {
    const there = ids.flatMap((id) => this.view.find(this.#document, id) ?? []);
    void this.outbox.take(there.map((one) => this.#intent("remove", one, null)));
    this.#notify();
  }

  /** @param {Work|null} work @returns {Place|null} where */
  #do(work) {
    if (!work) return null;
    if (work.verb === "add") return this.#restore(work.drafts);
    const place = placeOf(this.#own(work.verb === "remove" ? work.ids[0] : work.patches[0]?.id));
    if (work.verb === "remove") this.#remove(work.ids);
    else this.#patch(work.patches);
    return place;
  }

  /** @param {Draft[]} drafts created under new ids, because removals are permanent @returns {Place|null} */
  #restore(drafts) {
    const restored = drafts.map((draft) => ({ ...draftOf(draft), id: this.newId() }));
    for (const [at, { id }] of drafts.entries()) this.#histories.renamed(this.#document, id, restored[at]?.id ?? id);
    this.#create(restored);
    return placeOf(restored[0]);
  }

  /** @param {import("./outbox.js").News} landed operations that the server has applied */
  #arrived(landed) {
    for (const [documentId, { put, removed }] of answersOf(landed, this.#self)) {
      if (put.length) this.papers.put(documentId, put);
      if (removed.length) this.papers.removed(documentId, removed);
    }
    this.#notify();
  }

  #notify() {
    for (const listener of this.#listeners) listener();
  }
}

/** @param {Draft|null|undefined} draft @returns {Place|null} */
const placeOf = (draft) => (draft ? { document_id: draft.document_id, version: draft.version, page: draft.page } : null);

/** @param {Draft} draft @param {Patch} patch @returns {Patch} the current values of the fields it sets */
const setNow = (draft, patch) => Object.fromEntries(Object.keys(patch).map((field) => [field, draft[/** @type {keyof Patch} */ (field)]]));

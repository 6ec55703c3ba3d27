/**
 * Notifies moderators that a participant writes on the presented page: a toast with the name and actions, which
 * closes after LASTS_SECONDS. A toast for another writer replaces it.
 */
import { api } from "../../lib/api.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { count, t } from "../../lib/words.js";
import { placeOf } from "../../live/presentation.js";
import { canBeMuted, isMuted, moderates } from "../../live/writing.js";
import { underWay } from "../../live/meeting_state.js";
import { WriterWatch } from "../sync/writer_watch.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../live/presentation.js").Place} Place */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */

const LASTS_SECONDS = 8;
/** Age of the marks that the action "clear" deletes. */
const RECENT_MS = 60_000;

/** @param {Place} a @param {Place} b */
const samePage = (a, b) => a.document_id === b.document_id && a.version === b.version && a.page === b.page;

export class WriterLine {
  #watch = new WriterWatch();
  /** @type {import("../../lib/ui/toast.js").Toast|null} */ #toast = null;

  /** @param {InkContext} context @param {import("../sync/annotation_store.js").AnnotationStore} store */
  constructor(context, store) {
    this.context = context;
    this.store = store;
  }

  /** The presented page; null for people who may not moderate it. @returns {Place|null} */
  get #page() {
    const { room } = this.context.connection;
    return room && underWay(room) && moderates(room) ? placeOf(room.live) : null;
  }

  /** Call when strokes in progress of others changed. */
  drawn() {
    const page = this.#page;
    if (!page) return;
    const strokes = this.store.liveInk.strokes(page.document_id, page.version, page.page);
    for (const { author, heard } of [...strokes].sort((a, b) => a.heard - b.heard)) this.#noticed(author, heard, page);
  }

  /** @param {RoomEvent[]} events of the room, which may contain committed marks */
  landed(events) {
    const page = this.#page;
    if (!page) return;
    for (const { type, data } of events) {
      if (type !== "annotations_put") continue;
      for (const { author, version, page: number } of data.items) {
        if (samePage({ document_id: data.document_id, version, page: number }, page)) this.#noticed(author, performance.now(), page);
      }
    }
  }

  /** @param {string} author @param {number} at @param {Place} page */
  #noticed(author, at, page) {
    const { room } = this.context;
    if (!canBeMuted(room, author) || isMuted(room, author)) return;
    const action = this.#watch.heard(author, at);
    if (action === "renew") this.#toast?.renew();
    if (action === "show") this.#show(author, page);
  }

  /** @param {string} author @param {Place} page */
  #show(author, page) {
    const name = this.context.room.meeting.participants.find((one) => one.user_id === author)?.display_name ?? "";
    this.#toast?.();
    this.#toast = toast(t("ink.writer_now", { name }), {
      seconds: LASTS_SECONDS,
      onGone: () => this.#watch.gone(author),
      actions: [
        { label: t("ink.writer_clear"), run: () => void this.#act(author, () => this.#clear(author, name, page)) },
        { label: t("ink.writer_mute"), run: () => void this.#act(author, () => this.context.writing.mute(author, name, true)) },
      ],
    });
  }

  /** @param {string} author @param {() => Promise<unknown>} then */
  #act(author, then) {
    this.#watch.acted(author);
    this.#toast = null;
    return then();
  }

  /** @param {string} author @param {string} name @param {Place} page Deletes the author's marks of the last minute there for everybody. */
  async #clear(author, name, page) {
    const since = this.context.serverClock.now() - RECENT_MS;
    try {
      const query = `?version=${page.version}`;
      const { items } = await api.get(`/documents/${encodeURIComponent(page.document_id)}/annotations${query}`);
      const recent = items.filter((/** @type {import("../../lib/schemas.js").AnnotationView} */ one) =>
        one.author === author && one.audience === "meeting" && one.page === page.page && Date.parse(one.created_at) >= since);
      for (const { id } of recent) await api.del(`/annotations/${encodeURIComponent(id)}`);
      toast(recent.length ? count("ink.writer_cleared", recent.length, { name }) : t("ink.writer_nothing", { name }));
    } catch (error) {
      sayProblem(error);
    }
  }
}

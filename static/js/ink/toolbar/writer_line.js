/**
 * Tells whoever keeps the common page in order that a member writes on it: one line with the name and what
 * can be done, gone by itself. Another writer's line takes its place.
 */
import { api } from "../../lib/api.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { count, t } from "../../lib/words.js";
import { placeOf } from "../../live/presentation.js";
import { canBeMuted, isMuted, moderates } from "../../live/writing.js";
import { underWay } from "../../live/meeting_state.js";
import { WriterWatch } from "../sync/writer_watch.js";

/** @typedef {import("../feature.js").InkContext} InkContext */
/** @typedef {import("../../live/presentation.js").Place} Place */
/** @typedef {import("../../live/room_state.js").RoomEvent} RoomEvent */

const LASTS_SECONDS = 8;
/** What "just written" means: it is deleted with one press. */
const RECENT_MS = 60_000;

/** @param {Place} a @param {Place} b */
const samePage = (a, b) => a.document_id === b.document_id && a.version === b.version && a.page === b.page;

export class WriterLine {
  #watch = new WriterWatch();
  /** @type {import("../../lib/ui/toast.js").Toast|null} */ #line = null;

  /** @param {InkContext} context @param {import("../sync/annotation_store.js").AnnotationStore} store */
  constructor(context, store) {
    this.context = context;
    this.store = store;
  }

  /** The common page, for those who may do something about what is written there. @returns {Place|null} */
  get #page() {
    const { room } = this.context.connection;
    return room && underWay(room) && moderates(room) ? placeOf(room.live) : null;
  }

  /** Others are drawing. */
  drawn() {
    const page = this.#page;
    if (!page) return;
    const strokes = this.store.liveInk.strokes(page.document_id, page.version, page.page);
    for (const { author, heard } of [...strokes].sort((a, b) => a.heard - b.heard)) this.#heard(author, heard, page);
  }

  /** @param {RoomEvent[]} events finished marks may be among them */
  landed(events) {
    const page = this.#page;
    if (!page) return;
    for (const { type, data } of events) {
      if (type !== "annotations_put") continue;
      for (const { author, version, page: number } of data.items) {
        if (samePage({ document_id: data.document_id, version, page: number }, page)) this.#heard(author, performance.now(), page);
      }
    }
  }

  /** @param {string} author @param {number} at @param {Place} page */
  #heard(author, at, page) {
    const { room } = this.context;
    if (!canBeMuted(room, author) || isMuted(room, author)) return;
    const news = this.#watch.heard(author, at);
    if (news === "renew") this.#line?.renew();
    if (news === "show") this.#show(author, page);
  }

  /** @param {string} author @param {Place} page */
  #show(author, page) {
    const name = this.context.room.meeting.participants.find((one) => one.user_id === author)?.display_name ?? "";
    this.#line?.();
    this.#line = toast(t("ink.writer_now", { name }), {
      seconds: LASTS_SECONDS,
      onGone: () => this.#watch.gone(author),
      actions: [
        { label: t("ink.writer_clear"), run: () => void this.#leave(author, () => this.#clear(author, name, page)) },
        { label: t("ink.writer_mute"), run: () => void this.#leave(author, () => this.context.writing.mute(author, name, true)) },
      ],
    });
  }

  /** @param {string} author @param {() => Promise<unknown>} then */
  #leave(author, then) {
    this.#watch.acted(author);
    this.#line = null;
    return then();
  }

  /** @param {string} author @param {string} name @param {Place} page What was written there within the last minute is deleted for everybody. */
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

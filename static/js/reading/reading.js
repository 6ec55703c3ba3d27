/**
 * The reading position: combines the presented page, this person's page turns and, for the presenter, the turns
 * that are sent. Independent of the DOM.
 */
import { paperById } from "../live/documents.js";
import * as follow from "../live/follow.js";
import { holdsPresentation, placeOf } from "../live/presentation.js";
import { Turning } from "../live/turning.js";
import { VersionFacts } from "../live/version_facts.js";
import { presentsNow } from "../live/meeting_state.js";
import { readable } from "../live/view_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../live/presentation.js").Place} Place */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../live/follow.js").Follow} Follow */
/** @typedef {{paper: Paper, place: Place}} Shown */
/** @typedef {import("../lib/schemas.js").VersionView} Version */

const PLACE_KEY = "place";
const REPORT_AFTER_MS = 400;

export class Reading {
  /** @type {Follow} */ follow = { mode: "following", place: null };
  /** @type {Room|null} */ #room = null;
  #held = false;
  #term = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #sending;
  #reportedFollowing = true;
  /** An earlier version, opened for its annotations. @type {{document_id: string, version: Version, back: Follow}|null} */
  #past = null;

  /**
   * @param {{
   *   meetingId: string,
   *   line: {ask: (event: string, payload: object, withinMs: number) => Promise<any>, connected: boolean,
   *     ownTurn: (live: import("../lib/schemas.js").RoomLivePacket) => void},
   *   memory: import("../lib/web_storage.js").WebStorage,
   *   show: (shown: Shown|null, roomPage: number|null) => void,
   *   refused: (answer: import("../live/turning.js").Answer) => void,
   *   changed: () => void,
   *   versionsOf: (documentId: string) => Promise<Version[]>,
   * }} interfaces `memory` is the storage of this tab; `show` shows a page, null clears the view
   */
  constructor(interfaces) {
    this.interfaces = interfaces;
    this.versions = new VersionFacts({ versionsOf: interfaces.versionsOf, arrived: () => this.#settle() });
    this.turning = new Turning({
      send: (place, withinMs) => interfaces.line.ask("page.turn", { ...place, term: this.#term }, withinMs),
      connected: () => interfaces.line.connected,
      acknowledged: (place, answer) => this.#acknowledged(place, answer),
      refused: (_place, answer) => this.#refused(answer),
    });
  }

  /** @returns {Shown|null} the page on screen */
  get shown() {
    const { place } = this.follow;
    const listed = this.#room && paperById(this.#room, place?.document_id);
    if (!listed || !place) return null;
    const paper = { ...listed, version: this.past ?? this.#versionAt(listed, place.version) };
    return readable(paper) ? { paper, place } : null;
  }

  /** @returns {Version|null} the earlier version on screen */
  get past() {
    const place = this.follow.place;
    const there = this.#past?.document_id === place?.document_id && this.#past?.version.number === place?.version;
    return there ? (this.#past?.version ?? null) : null;
  }

  /**
   * @returns {Paper|null} the document on the page if it has a newer version than the page; null for an earlier
   *   version that was opened on purpose
   */
  get renewed() {
    const { shown } = this;
    return shown && !this.past && shown.place.version < shown.paper.current_version ? shown.paper : null;
  }

  /** The newer version of the document on the page, at the same page; a presenter moves the room too. */
  openRenewed() {
    const { renewed } = this;
    const current = this.#room && paperById(this.#room, renewed?.id);
    if (current && this.follow.place) this.open(current.id, Math.min(this.follow.place.page, current.version?.page_count ?? 1));
  }

  /** @param {Paper} listed @param {number} number @returns {Version|null} the facts of the version on the page */
  #versionAt(listed, number) {
    return listed.version?.number === number ? listed.version : this.versions.get(listed.id, number);
  }

  /** @param {Room} room Caches the facts of a version on a page, for when a newer version replaces it. */
  #rememberVersions(room) {
    for (const id of [this.follow.place?.document_id, placeOf(room.live)?.document_id]) {
      const version = paperById(room, id)?.version;
      if (id && version) this.versions.remember(id, version);
    }
  }

  /** @param {Room} room The durable state changed, or a snapshot arrived. */
  roomChanged(room) {
    const first = this.#room === null;
    if (this.#room) this.#rememberVersions(this.#room);
    this.#room = room;
    const holds = holdsPresentation(room);
    if (first) this.follow = this.#remembered(room);
    else if (holds !== this.#held) this.follow = follow.leaseMoved(this.follow, placeOf(room.live), holds);
    if (!holds) this.turning.released();
    this.#held = holds;
    this.liveMoved(room);
  }

  /** @param {Room} room The presented page changed. Turns of this person in flight are ahead of it. */
  liveMoved(room) {
    this.#room = room;
    this.#term = room.live.term;
    if (!this.turning.busy) this.follow = follow.liveMoved(this.follow, placeOf(room.live));
    this.#settle();
  }

  /**
   * After a rejoin, before the room is applied: with a new term the presenter sends the last page once
   * more and stays on it meanwhile.
   * @param {Room} room
   */
  joined(room) {
    const renewed = this.#term !== 0 && room.live.term > this.#term;
    this.#term = room.live.term;
    if (renewed && this.#held && presentsNow(room)) this.turning.again();
    this.#reportSoon();
  }

  /** The connection was lost. */
  dropped() {
    this.turning.dropped();
    clearTimeout(this.#sending);
  }

  /** @param {1|-1} step */
  turnPage(step) {
    if (this.follow.place) this.go(this.follow.place.page + step);
  }

  /** @param {number} page of the document on screen; ignored outside its range */
  go(page) {
    const shown = this.shown;
    const last = shown?.paper.version?.page_count ?? 0;
    if (!shown || page < 1 || page > last || page === shown.place.page) return;
    this.#moveTo({ ...shown.place, page });
  }

  /** @param {string} paperId @param {number} [page] */
  open(paperId, page = 1) {
    const paper = this.#room && paperById(this.#room, paperId);
    if (!paper || !readable(paper)) return;
    this.#moveTo({ document_id: paper.id, version: paper.current_version, page });
  }

  /**
   * Opens the page of a link apart: the room does not move, also for a presenter.
   * @param {string} paperId @param {number} page @returns {Paper|null} null: no such readable document
   */
  openApart(paperId, page) {
    const paper = this.#room && paperById(this.#room, paperId);
    if (!this.#room || !paper || !readable(paper)) return null;
    const place = { document_id: paper.id, version: paper.current_version, page: Math.min(page, paper.version?.page_count ?? 1) };
    const live = placeOf(this.#room.live);
    this.follow = presentsNow(this.#room) ? { mode: "previewing", place } : follow.leafed(this.follow, place, live, false);
    this.#settle();
    return paper;
  }

  /**
   * Opens an earlier version apart from the room; it is never presented.
   * @param {string} paperId @param {Version} version @param {number} page
   */
  openPast(paperId, version, page) {
    if (!this.#room || !this.follow.place) return;
    this.#past = { document_id: paperId, version, back: this.past && this.#past ? this.#past.back : this.follow };
    const mode = presentsNow(this.#room) ? "previewing" : "apart";
    this.follow = { mode, place: { document_id: paperId, version: version.number, page } };
    this.#settle();
  }

  /** Returns from the earlier version to the previous reading position or to following the room. */
  leavePast() {
    const back = this.past && this.#past?.back;
    if (!this.#room || !back) return;
    this.#past = null;
    this.follow = back.mode === "following" ? follow.returned(placeOf(this.#room.live)) : back;
    this.#settle();
  }

  /** Returns to the presented page. */
  back() {
    if (!this.#room) return;
    this.follow = follow.returned(placeOf(this.#room.live));
    this.#settle();
  }

  /** The presenter starts a preview here. */
  preview() {
    this.follow = follow.previewing(this.follow);
    this.#settle();
  }

  /** The presenter moves the room to the page on screen. */
  presentThis() {
    if (!this.follow.place || this.past || !this.turning.turnPage(this.follow.place)) return;
    this.follow = follow.shown(this.follow);
    this.#settle();
  }

  /** @param {Place} place */
  #moveTo(place) {
    const room = this.#room;
    if (!room) return;
    const presents = presentsNow(room) && this.follow.mode !== "previewing";
    if (presents && !this.turning.turnPage(place)) {
      // Without a connection the room cannot be moved: the presenter continues in preview, which the bar shows.
      this.follow = { mode: "previewing", place };
    } else {
      this.follow = follow.leafed(this.follow, place, placeOf(room.live), presentsNow(room));
    }
    this.#settle();
  }

  /** @param {Place} place @param {import("../live/turning.js").Answer} answer */
  #acknowledged(place, answer) {
    const presenter = this.#room?.me.user_id ?? null;
    const live = { term: answer.term ?? 0, rev: answer.rev ?? 0, ...place, view: null, presenter };
    // The connection applies it and calls `liveMoved`.
    this.interfaces.line.ownTurn(live);
  }

  /** @param {import("../live/turning.js").Answer} answer */
  #refused(answer) {
    if (this.#room) this.follow = follow.returned(placeOf(this.#room.live));
    this.interfaces.refused(answer);
    this.#settle();
  }

  /** Shows the page before anything else is drawn, then stores and reports the reading position. */
  #settle() {
    this.#correct();
    const live = this.#room ? placeOf(this.#room.live) : null;
    const shown = this.shown;
    this.interfaces.show(shown, live && live.document_id === shown?.place.document_id ? live.page : null);
    this.interfaces.memory.set(`${PLACE_KEY}:${this.interfaces.meetingId}`, JSON.stringify(this.follow));
    this.#reportSoon();
    this.interfaces.changed();
  }

  /** Corrects the position: a removed document returns to the room, a replaced one continues in its new version. */
  #correct() {
    const { place, mode } = this.follow;
    if (!this.#room || !place || mode === "following") return;
    const paper = paperById(this.#room, place.document_id);
    if (!paper) {
      this.follow = { mode: mode === "previewing" ? mode : "following", place: placeOf(this.#room.live) };
    } else if (paper.current_version !== place.version && readable(paper) && !this.past) {
      const page = Math.min(place.page, paper.version?.page_count ?? 1);
      this.follow = { mode, place: { ...place, version: paper.current_version, page } };
    }
  }

  /** @param {Room} room @returns {Follow} restores reading apart after a reload */
  #remembered(room) {
    const live = placeOf(room.live);
    const text = this.interfaces.memory.get(`${PLACE_KEY}:${this.interfaces.meetingId}`);
    if (!text) return follow.returned(live);
    /** @type {Follow} */
    const kept = JSON.parse(text);
    const own = kept.mode === "apart" || (kept.mode === "previewing" && holdsPresentation(room));
    return own && kept.place && paperById(room, kept.place.document_id) ? kept : follow.returned(live);
  }

  /** Reports leaving the room's page and returning at once, other positions after a pause. */
  #reportSoon() {
    clearTimeout(this.#sending);
    const changed = this.#reportedFollowing !== (this.follow.mode === "following");
    this.#sending = setTimeout(() => void this.#report(), changed ? 0 : REPORT_AFTER_MS);
  }

  async #report() {
    const { line } = this.interfaces;
    if (!line.connected) return;
    const place = this.follow.place;
    this.#reportedFollowing = this.follow.mode === "following";
    const at = { document_id: place?.document_id ?? null, page: place?.page ?? null, following: this.#reportedFollowing };
    try {
      await line.ask("presence.at", at, REPORT_AFTER_MS * 10);
    } catch {
      // The next move or join reports presence again.
    }
  }
}

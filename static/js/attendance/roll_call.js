/**
 * The roll as who runs the meeting keeps it: the sheet's lines (the reasons are only there), what is
 * being said this moment, and the way back from the last word. The statuses are the room's own.
 */
import { api, Problem } from "../lib/api.js";
import { sayProblem, toast } from "../lib/ui/toast.js";
import { count, t } from "../lib/words.js";
import { peopleOf } from "./attendance_state.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.d.ts").ParticipantView} Participant */
/** @typedef {import("../live/quorum.js").Said} Said */
/** @typedef {Pick<import("../lib/schemas.d.ts").RollLine, "user_id"|"status"|"reason"|"at"|"by"|"by_name">} Line */
/** @typedef {{attendance: string|null, reason: string|null}} Word */

const UNDO_SECONDS = 8;
const ASK_AGAIN_MS = 300;

export class RollCall {
  /** The lines by person, once they were asked for. @type {Map<string, Line>|null} */ lines = null;
  /** Words on their way to the server, and answered ones that the room has not told yet. @type {Map<string, Word & {answered: boolean}>} */
  #saying = new Map();
  /** The last request for each person: one follows the other. @type {Map<string, Promise<unknown>>} */ #last = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #soon;
  #wanted = false;
  #closeNews = () => {};

  /** @param {{meetingId: string, room: () => Room, changed: () => void}} options */
  constructor({ meetingId, room, changed }) {
    this.path = `/meetings/${meetingId}/attendance`;
    this.room = room;
    this.changed = changed;
  }

  /** The sheet is open: keep its lines up to date. @param {boolean} wanted */
  keep(wanted) {
    this.#wanted = wanted;
    if (wanted) void this.refresh();
  }

  /** The room was joined anew: what was answered meanwhile stands in it. */
  joined() {
    for (const id of [...this.#saying.keys()]) this.#told(id);
    void this.refresh();
  }

  async refresh() {
    if (!this.#wanted) return;
    try {
      const { items } = await api.get(this.path);
      this.lines = new Map(items.map((/** @type {Line} */ line) => [line.user_id, line]));
    } catch (error) {
      // Without the line to the server the room says so; the lines that are there stay.
      if (!(error instanceof Problem && error.status === 0)) sayProblem(error);
    }
    this.changed();
  }

  /** @param {import("../live/room_state.js").RoomEvent[]} events */
  roomChanged(events) {
    const changed = events.flatMap(peopleOf);
    for (const id of changed) this.#told(id);
    if (!this.#wanted || !changed.length) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.refresh(), ASK_AGAIN_MS);
  }

  /** @param {string} id The room has the last word; one that is still on its way stays. */
  #told(id) {
    if (this.#saying.get(id)?.answered) this.#saying.delete(id);
  }

  /** @param {Participant} person @returns {Word & {at: string|null, waits: boolean}} what the roll says, or will in a moment */
  word(person) {
    const saying = this.#saying.get(person.user_id);
    if (saying) return { attendance: saying.attendance, reason: saying.reason, at: null, waits: !saying.answered };
    const line = this.lines?.get(person.user_id);
    // The room is told of the status at once, the sheet's line follows.
    const same = line?.status === person.attendance ? line : undefined;
    return { attendance: person.attendance, reason: same?.reason ?? null, at: same?.at ?? null, waits: false };
  }

  /** @param {Participant} person @param {Said} status @param {string} [reason] "" takes an earlier one away */
  async say(person, status, reason) {
    const before = this.word(person);
    if (before.attendance === status && (reason === undefined || reason === (before.reason ?? ""))) return;
    const after = { attendance: status, reason: reason ?? (before.attendance === status ? before.reason : null) };
    const body = reason === undefined ? { status } : { status, reason };
    if (await this.#put(person, after, () => api.put(this.#of(person), body))) {
      this.#news(t("roll.said", { name: person.display_name, said: t(`roll.said_${status}`) }), () => void this.#back(person, before));
    }
  }

  /** @param {string[]} ids Says of all of them that they are here, where nothing was said yet. */
  async callPresent(ids) {
    try {
      const { user_ids: called } = await api.put(this.path, { user_ids: ids, status: "present" });
      const undo = called.length ? () => void this.#takeBack(called) : undefined;
      this.#news(count("roll.called_present", called.length), undo);
    } catch (error) {
      sayProblem(error);
    }
  }

  /** @param {string[]} ids */
  async #takeBack(ids) {
    try {
      await api.put(this.path, { user_ids: ids, status: null });
    } catch (error) {
      sayProblem(error);
    }
  }

  /** @param {Participant} person @param {Word} before */
  #back(person, before) {
    const path = this.#of(person);
    const { attendance, reason } = before;
    return this.#put(person, before, () => (attendance ? api.put(path, { status: attendance, reason: reason ?? "" }) : api.del(path)));
  }

  /**
   * Shows a word at once and says it to the server; a refusal is said and the word taken back.
   * @param {Participant} person @param {Word} word @param {() => Promise<any>} request
   * @returns {Promise<boolean>} whether it was said
   */
  async #put(person, word, request) {
    const id = person.user_id;
    const shown = { attendance: word.attendance, reason: word.reason, answered: false };
    this.#saying.set(id, shown);
    this.changed();
    const mine = (this.#last.get(id) ?? Promise.resolve()).then(request);
    this.#last.set(id, mine.catch(() => undefined));
    try {
      const { status, at } = await mine;
      this.#keep(person, { status, at, reason: word.reason, by: null, by_name: null });
      shown.answered = true;
      const there = this.room().meeting.participants.find((one) => one.user_id === id);
      if (there?.attendance === status) this.#told(id);
      return true;
    } catch (error) {
      sayProblem(error);
      if (this.#saying.get(id) === shown) this.#saying.delete(id);
      return false;
    } finally {
      this.changed();
    }
  }

  /** @param {Participant} person @param {Partial<Line>} facts The answer goes into the sheet's line, before the sheet is asked for. */
  #keep(person, facts) {
    const id = person.user_id;
    const line = this.lines?.get(id) ?? { user_id: id, status: null, reason: null, at: null, by: null, by_name: null };
    this.lines?.set(id, { ...line, ...facts });
  }

  /** @param {Participant} person */
  #of(person) {
    return `${this.path}/${person.user_id}`;
  }

  /** @param {string} text @param {(() => void)|undefined} undo One word after another: only the last can be taken back here. */
  #news(text, undo) {
    this.#closeNews();
    this.#closeNews = toast(text, { seconds: UNDO_SECONDS, action: undo && { label: t("room.undo"), run: undo } });
  }
}

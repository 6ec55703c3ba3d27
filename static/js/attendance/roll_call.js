/**
 * The roll as the chair or secretary keeps it: the lines of the dialog (reasons are only there), changes in
 * flight, and undoing the last change. The statuses are those of the room's state.
 */
import { api, Problem } from "../lib/api.js";
import { sayProblem, toast } from "../lib/ui/toast.js";
import { count, t } from "../lib/words.js";
import { peopleOf } from "./attendance_state.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */
/** @typedef {import("../live/quorum.js").Said} Said */
/** @typedef {Pick<import("../lib/schemas.js").RollLine, "user_id"|"status"|"reason"|"at"|"by"|"by_name">} Line */
/** @typedef {{attendance: string|null, reason: string|null}} Word */

const UNDO_SECONDS = 8;
const REFRESH_AFTER_MS = 300;

export class RollCall {
  /** The lines by person, once fetched. @type {Map<string, Line>|null} */ lines = null;
  /** Changes in flight, and answered ones whose event has not arrived yet. @type {Map<string, Word & {answered: boolean}>} */
  #pending = new Map();
  /** The last request for each person; requests are sequential. @type {Map<string, Promise<unknown>>} */ #last = new Map();
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #soon;
  #open = false;
  #closeNotice = () => {};

  /** @param {{meetingId: string, room: () => Room, changed: () => void}} options */
  constructor({ meetingId, room, changed }) {
    this.path = `/meetings/${meetingId}/attendance`;
    this.room = room;
    this.changed = changed;
  }

  /** Keeps the lines up to date while the dialog is open. @param {boolean} open */
  keep(open) {
    this.#open = open;
    if (open) void this.refresh();
  }

  /** After a rejoin the room contains all answered changes. */
  joined() {
    for (const id of [...this.#pending.keys()]) this.#settle(id);
    void this.refresh();
  }

  async refresh() {
    if (!this.#open) return;
    try {
      const { items } = await api.get(this.path);
      this.lines = new Map(items.map((/** @type {Line} */ line) => [line.user_id, line]));
    } catch (error) {
      // Without a network the room shows that; the fetched lines stay.
      if (!(error instanceof Problem && error.status === 0)) sayProblem(error);
    }
    this.changed();
  }

  /** @param {import("../live/room_state.js").RoomEvent[]} events */
  roomChanged(events) {
    const changed = events.flatMap(peopleOf);
    for (const id of changed) this.#settle(id);
    if (!this.#open || !changed.length) return;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => void this.refresh(), REFRESH_AFTER_MS);
  }

  /** @param {string} id Drops an answered change, as the room's state includes it; a change in flight stays. */
  #settle(id) {
    if (this.#pending.get(id)?.answered) this.#pending.delete(id);
  }

  /** @param {Participant} person @returns {Word & {at: string|null, waits: boolean}} the attendance as recorded, or as a change in flight sets it */
  word(person) {
    const saying = this.#pending.get(person.user_id);
    if (saying) return { attendance: saying.attendance, reason: saying.reason, at: null, waits: !saying.answered };
    const line = this.lines?.get(person.user_id);
    // The room's status changes first, the line of the dialog follows.
    const same = line?.status === person.attendance ? line : undefined;
    return { attendance: person.attendance, reason: same?.reason ?? null, at: same?.at ?? null, waits: false };
  }

  /** @param {Participant} person @param {Said} status @param {string} [reason] "" removes an earlier one */
  async say(person, status, reason) {
    const before = this.word(person);
    if (before.attendance === status && (reason === undefined || reason === (before.reason ?? ""))) return;
    const after = { attendance: status, reason: reason ?? (before.attendance === status ? before.reason : null) };
    const body = reason === undefined ? { status } : { status, reason };
    if (await this.#put(person, after, () => api.put(this.#pathOf(person), body))) {
      this.#notice(t("roll.said", { name: person.display_name, said: t(`roll.said_${status}`) }), () => void this.#undo(person, before));
    }
  }

  /** @param {string[]} ids Records as present all of them that have no status yet. */
  async callPresent(ids) {
    try {
      const { user_ids: called } = await api.put(this.path, { user_ids: ids, status: "present" });
      const undo = called.length ? () => void this.#undoCalled(called) : undefined;
      this.#notice(count("roll.called_present", called.length), undo);
    } catch (error) {
      sayProblem(error);
    }
  }

  /** @param {string[]} ids */
  async #undoCalled(ids) {
    try {
      await api.put(this.path, { user_ids: ids, status: null });
    } catch (error) {
      sayProblem(error);
    }
  }

  /** @param {Participant} person @param {Word} before */
  #undo(person, before) {
    const path = this.#pathOf(person);
    const { attendance, reason } = before;
    return this.#put(person, before, () => (attendance ? api.put(path, { status: attendance, reason: reason ?? "" }) : api.del(path)));
  }

  /**
   * Shows a change at once and sends it; a refusal is shown and the change reverted.
   * @param {Participant} person @param {Word} word @param {() => Promise<any>} request
   * @returns {Promise<boolean>} whether it was recorded
   */
  async #put(person, word, request) {
    const id = person.user_id;
    const shown = { attendance: word.attendance, reason: word.reason, answered: false };
    this.#pending.set(id, shown);
    this.changed();
    const mine = (this.#last.get(id) ?? Promise.resolve()).then(request);
    this.#last.set(id, mine.catch(() => undefined));
    try {
      const { status, at } = await mine;
      this.#updateLine(person, { status, at, reason: word.reason, by: null, by_name: null });
      shown.answered = true;
      const there = this.room().meeting.participants.find((one) => one.user_id === id);
      if (there?.attendance === status) this.#settle(id);
      return true;
    } catch (error) {
      sayProblem(error);
      if (this.#pending.get(id) === shown) this.#pending.delete(id);
      return false;
    } finally {
      this.changed();
    }
  }

  /** @param {Participant} person @param {Partial<Line>} facts Applies the answer to the line before the lines are fetched again. */
  #updateLine(person, facts) {
    const id = person.user_id;
    const line = this.lines?.get(id) ?? { user_id: id, status: null, reason: null, at: null, by: null, by_name: null };
    this.lines?.set(id, { ...line, ...facts });
  }

  /** @param {Participant} person */
  #pathOf(person) {
    return `${this.path}/${person.user_id}`;
  }

  /** @param {string} text @param {(() => void)|undefined} undo A notice replaces the previous one: only the last change can be undone here. */
  #notice(text, undo) {
    this.#closeNotice();
    this.#closeNotice = toast(text, { seconds: UNDO_SECONDS, action: undo && { label: t("room.undo"), run: undo } });
  }
}

/**
 * "Xác nhận có mặt": the person's confirmation of presence, stored with its idempotency key until the server has
 * it, across network losses and page reloads; then a short notice of the recorded time.
 */
import { html, nothing } from "lit-html";
import { isHere } from "../live/quorum.js";
import { api, Problem, randomKey } from "../lib/api.js";
import { clock } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { sayProblem } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { isAskedToConfirm, myPlace } from "./roll_model.js";

/** @typedef {import("./feature.js").AttendanceContext} AttendanceContext */
/** @typedef {import("../live/room_state.js").Room} Room */

const NOTED_FOR_MS = 7000;
const TRY_AGAIN_MS = 3000;

/** @param {unknown} error @returns {boolean} whether a retry with the same key may succeed */
const isRetryable = (error) => error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);

export class OwnAttendance {
  sending = false;
  /** The recorded time, while it is shown. @type {string|null} */ noted = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */ #again;

  /**
   * @param {{meetingId: string, me: string, memory: import("../lib/web_storage.js").WebStorage, changed: () => void, say: (sentence: string) => void}} options
   *   memory: the storage of this tab
   */
  constructor({ meetingId, me, memory, changed, say }) {
    this.path = `/meetings/${meetingId}/attendance/${me}`;
    this.place = `attendance:${meetingId}`;
    this.memory = memory;
    this.changed = changed;
    this.say = say;
  }

  /** The key of a confirmation that the server has not acknowledged, or "". */
  get pending() {
    return this.memory.get(this.place) ?? "";
  }

  confirm() {
    if (!this.pending) this.memory.set(this.place, randomKey());
    void this.sendAttendance();
  }

  /** Sends a pending confirmation, if there is one. */
  async sendAttendance() {
    const key = this.pending;
    if (!key || this.sending) return;
    clearTimeout(this.#again);
    this.sending = true;
    this.changed();
    try {
      const answer = await api.put(this.path, { status: "present" }, { key });
      this.#done(answer.at);
    } catch (error) {
      if (isRetryable(error)) this.#later(error instanceof Problem ? error.retryAfter : 0);
      else this.#refused(error);
    } finally {
      this.sending = false;
      this.changed();
    }
  }

  /** @param {Room} room @param {import("../live/room_state.js").RoomEvent[]} events The event may arrive before the answer. */
  roomChanged(room, events) {
    if (!this.pending) return;
    if (!isHere(myPlace(room)?.attendance ?? null)) return;
    const told = events.find((one) => one.type === "attendance_changed" && one.data.user_id === room.me.user_id);
    this.#done(told?.at ?? null);
  }

  /** @param {string|null} at */
  #done(at) {
    clearTimeout(this.#again);
    this.memory.set(this.place, "");
    if (!at) return;
    this.noted = at;
    this.say(t("roll.noted", { time: clock(at) }));
    window.setTimeout(() => {
      this.noted = null;
      this.changed();
    }, NOTED_FOR_MS);
  }

  /** @param {number} afterSeconds */
  #later(afterSeconds) {
    clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.sendAttendance(), Math.max(TRY_AGAIN_MS, afterSeconds * 1000));
    this.say(t("roll.confirm_waits"));
  }

  /** @param {unknown} error */
  #refused(error) {
    this.memory.set(this.place, "");
    sayProblem(error);
  }
}

/** @param {AttendanceContext} context The row above the footer; nothing once this person is recorded as present. */
export function attendBar(context) {
  const { own } = context;
  if (own.noted) {
    return html`<section class="attend-bar noted" aria-label=${t("roll.title")}>${icon("check")}<span>${t("roll.noted", { time: clock(own.noted) })}</span></section>`;
  }
  if (!isAskedToConfirm(context.room, context.serverClock.now())) return nothing;
  const waits = own.pending !== "";
  return html`<section class="attend-bar ${waits ? "waiting" : ""}" ?inert=${context.behind} aria-label=${t("roll.title")}>
    <span>${waits ? t(own.sending ? "roll.confirm_sending" : "roll.confirm_waits") : question(context)}</span>
    <button type="button" class="btn ink ${own.sending ? "busy" : ""}" ?disabled=${own.sending} @click=${() => own.confirm()}><span>${t(waits ? "roll.confirm_again" : "roll.confirm")}</span></button>
  </section>`;
}

/** @param {AttendanceContext} context */
function question(context) {
  const said = myPlace(context.room)?.attendance;
  return said ? t("roll.noted_otherwise", { said: t(`roll.said_${said}`) }) : t("roll.not_noted");
}

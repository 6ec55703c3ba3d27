/**
 * Watches the vote log while the room is open, and says so loudly when it contradicts what this tablet
 * has seen: a bar across the top that stays, with the evidence to save. A restore is said calmly, once.
 */
import { html, nothing, render } from "lit-html";
import { api } from "../../lib/api.js";
import { root } from "../../lib/boot.js";
import { openDialog } from "../../lib/ui/dialog.js";
import { moment } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { openCheckpoints } from "../model/storage.js";
import { LogWatch } from "./log_watch.js";

/** @typedef {import("./log_watch.js").Status} Status */
/** @typedef {import("./watched_log.js").Evidence} Evidence */

export class LogAlarm {
  /** @type {LogWatch|null} */ watch = null;
  /** @type {((watch: LogWatch) => void)[]} */ #waiting = [];
  #told = 0;
  #element = document.createElement("div");

  /** @param {string} meetingId */
  constructor(meetingId) {
    this.meetingId = meetingId;
    this.#element.className = "log-alarm";
    this.#element.hidden = true;
    document.body.append(this.#element);
    window.addEventListener("resize", () => this.#makeRoom());
    void this.#open();
  }

  async #open() {
    const watch = new LogWatch({ meetingId: this.meetingId, records: await openCheckpoints(root), api });
    watch.subscribe((status) => this.#show(status));
    this.#told = (await watch.open()).breaks.length;
    this.watch = watch;
    for (const go of this.#waiting.splice(0)) go(watch);
  }

  /** The line stands again: what did the log become meanwhile? */
  joined() {
    this.#with((watch) => void watch.look());
  }

  /** @param {import("../../live/room_state.js").RoomEvent[]} events those of votes carry the log's new head */
  heard(events) {
    for (const event of events) {
      const note = event.data && "checkpoint" in event.data ? event.data.checkpoint : "";
      if (note) this.#with((watch) => void watch.offer({ note }));
    }
  }

  /** @param {(watch: LogWatch) => void} go */
  #with(go) {
    if (this.watch) go(this.watch);
    else this.#waiting.push(go);
  }

  /** The room moves down by the height of the bar: it hides nothing. */
  #makeRoom() {
    document.body.style.setProperty("--alarm", `${this.#element.offsetHeight}px`);
  }

  /** @param {Status} status */
  #show(status) {
    if (status.breaks.length > this.#told) toast(t("room.log_restored"), { seconds: 20 });
    this.#told = Math.max(this.#told, status.breaks.length);
    const bad = status.evidence.length > 0;
    this.#element.hidden = !bad;
    render(bad ? bar(this.meetingId, status.evidence) : nothing, this.#element);
    this.#makeRoom();
  }
}

/** @param {string} meetingId @param {Evidence[]} evidence */
function bar(meetingId, evidence) {
  return html`<div role="alert">${icon("shield-alert")}<p>${t("room.log_inconsistent")}</p></div>
    <button type="button" class="btn plain" @click=${() => details(meetingId, evidence)}>${t("room.log_evidence")}</button>`;
}

/** @param {string} meetingId @param {Evidence[]} evidence */
function details(meetingId, evidence) {
  openDialog({
    title: t("room.log_evidence"),
    body: ({ close }) => html`<p>${t("room.log_evidence_how")}</p>
      <ul class="log-evidence">${evidence.map((one) => html`<li>${moment(one.at)} · <code>${one.reason}</code></li>`)}</ul>
      <div class="btn-row end">
        <button type="button" class="btn plain" @click=${() => close()}>${t("ui.close")}</button>
        <button type="button" class="btn ink" data-first @click=${() => save(meetingId, evidence)}>${t("room.log_evidence_save")}</button>
      </div>`,
  });
}

/** @param {string} meetingId @param {Evidence[]} evidence what this tablet saw, as a file */
function save(meetingId, evidence) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify({ meeting_id: meetingId, evidence }, null, 2)], { type: "application/json" }));
  link.download = "bang-chung-nhat-ky-bieu-quyet.json";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

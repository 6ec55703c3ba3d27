/**
 * Watches the vote log while the room is open. When the log contradicts what this client has seen, shows a permanent
 * bar across the top with the evidence to save. A restore is shown once, as a toast.
 */
import { html, nothing, render } from "lit-html";
import { api } from "../../lib/api.js";
import { root } from "../../lib/boot.js";
import { openDialog } from "../../lib/ui/dialog.js";
import { moment } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { saveJson } from "../../lib/ui/save_file.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { openCheckpoints } from "../model/storage.js";
import { LogWatch } from "./log_watch.js";

/** @typedef {import("./log_watch.js").Status} Status */
/** @typedef {import("./watched_log.js").Evidence} Evidence */

const EVIDENCE_FILE = "bang-chung-nhat-ky-bieu-quyet.json";

export class LogAlarm {
  /** @type {LogWatch|null} */ watch = null;
  /** @type {((watch: LogWatch) => void)[]} */ #waiting = [];
  #shownBreaks = 0;
  #element = document.createElement("div");

  /** @param {string} meetingId */
  constructor(meetingId) {
    this.meetingId = meetingId;
    this.#element.className = "log-alarm";
    this.#element.hidden = true;
    document.body.append(this.#element);
    window.addEventListener("resize", () => this.#reserveSpace());
    void this.#open();
  }

  async #open() {
    const watch = new LogWatch({ meetingId: this.meetingId, records: await openCheckpoints(root), api });
    watch.subscribe((status) => this.#show(status));
    this.#shownBreaks = (await watch.open()).breaks.length;
    this.watch = watch;
    for (const go of this.#waiting.splice(0)) go(watch);
  }

  /** After a rejoin: fetches the current checkpoint. */
  joined() {
    this.withWatch((watch) => void watch.look());
  }

  /** @param {import("../../live/room_state.js").RoomEvent[]} events events of votes contain the log's new checkpoint */
  heard(events) {
    for (const event of events) {
      const note = event.data && "checkpoint" in event.data ? event.data.checkpoint : "";
      if (note) this.withWatch((watch) => void watch.offer({ note }));
    }
  }

  /** Calls `go` with the watch once it is loaded. @param {(watch: LogWatch) => void} go */
  withWatch(go) {
    if (this.watch) go(this.watch);
    else this.#waiting.push(go);
  }

  /** Moves the room down by the height of the bar, so that the bar covers nothing. */
  #reserveSpace() {
    document.body.style.setProperty("--alarm", `${this.#element.offsetHeight}px`);
  }

  /** @param {Status} status */
  #show(status) {
    if (status.breaks.length > this.#shownBreaks) toast(t("room.log_restored"), { seconds: 20 });
    this.#shownBreaks = Math.max(this.#shownBreaks, status.breaks.length);
    const bad = status.evidence.length > 0;
    this.#element.hidden = !bad;
    render(bad ? bar(this.meetingId, status.evidence) : nothing, this.#element);
    this.#reserveSpace();
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
        <button type="button" class="btn ink" data-first @click=${() => saveJson({ meeting_id: meetingId, evidence }, EVIDENCE_FILE)}>${t("room.log_evidence_save")}</button>
      </div>`,
  });
}

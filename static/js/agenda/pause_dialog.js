/** The dialog that asks for the end of a pause. */
import { html, nothing } from "lit-html";
import { clock, moment } from "../lib/format.js";
import { openDialog } from "../lib/ui/dialog.js";
import { t } from "../lib/words.js";
import { hourOfToday, shortPauses, tomorrow } from "./pause_times.js";

/**
 * @param {import("../live/server_clock.js").ServerClock} serverClock @param {string} startsAt of the meeting
 * @returns {Promise<string|undefined>} RFC 3339; empty: no time given; undefined: cancelled
 */
export function askPauseUntil(serverClock, startsAt) {
  const draft = { hour: "", wrong: "" };
  /** @param {SubmitEvent} event @param {import("../lib/ui/dialog.js").Opened} dialog */
  const submit = (event, dialog) => {
    event.preventDefault();
    const said = hourOfToday(draft.hour, serverClock.now());
    if ("until" in said) return dialog.close(said.until);
    draft.wrong = t(said.wrong);
    dialog.redraw();
    return document.getElementById("pause-hour")?.focus();
  };
  return openDialog({
    title: t("room.pause_question"),
    body: (dialog) => html`
      <div class="pause-choices">${shortPauses(serverClock.now()).map(({ minutes, until }) => choice(dialog, t("room.until", { time: clock(until) }), t("room.minutes", { minutes }), until))}</div>
      <form class="pause-hour" novalidate @submit=${(/** @type {SubmitEvent} */ event) => submit(event, dialog)}>
        <div class="field"><label for="pause-hour">${t("room.pause_hour")}</label>
          <input class="input num" id="pause-hour" inputmode="numeric" autocomplete="off" maxlength="8" placeholder="14:00" .value=${draft.hour}
            aria-invalid=${draft.wrong ? "true" : "false"} aria-describedby="pause-hour-note" @input=${(/** @type {Event} */ event) => { draft.hour = /** @type {HTMLInputElement} */ (event.target).value; }} />
          </div><button class="btn plain">${t("room.pause")}</button>
        <p class="wrong" id="pause-hour-note" role="alert" ?hidden=${!draft.wrong}>${draft.wrong || nothing}</p>
      </form>
      <div class="pause-choices one">${nextDay(dialog, tomorrow(serverClock.now(), startsAt))}</div>
      <div class="btn-row">
        <button type="button" class="btn plain" data-first @click=${() => dialog.close()}>${t("room.back")}</button>
        <button type="button" class="btn plain" @click=${() => dialog.close("")}>${t("room.pause_open")}</button>
      </div>`,
  }).closed;
}

/** @param {import("../lib/ui/dialog.js").Opened} dialog @param {string} until */
const nextDay = (dialog, until) => choice(dialog, t("room.until_tomorrow"), moment(until), until);

/** @param {import("../lib/ui/dialog.js").Opened} dialog @param {string} words @param {string} more @param {string} until */
function choice(dialog, words, more, until) {
  return html`<button type="button" class="btn plain tall" @click=${() => dialog.close(until)}><span class="num">${words}</span><span class="quiet num">${more}</span></button>`;
}

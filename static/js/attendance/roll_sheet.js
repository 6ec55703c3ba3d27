/** The roster: a row for each person, with one-tap attendance statuses and an optional reason. */
import { html, nothing } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { repeat } from "lit-html/directives/repeat.js";
import { SAYINGS } from "../live/quorum.js";
import { href } from "../lib/boot.js";
import { openSheet } from "../lib/ui/dialog.js";
import { clock } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { whenTyped } from "../lib/ui/typing.js";
import { count, t } from "../lib/words.js";
import { quorumLine, quorumRule, rollNumbers, said } from "./quorum_line.js";
import { focusFirst, walkRoll } from "./roll_keys.js";
import { cameAfterTheHour, onlineUnsaidIds, rollIsOpen, rosterOf, unsaidIds } from "./roll_model.js";
import { reasonView, takesReason } from "./roll_reason.js";

/** @typedef {import("./feature.js").AttendanceContext} AttendanceContext */
/** @typedef {import("../lib/schemas.js").ParticipantView} Participant */
/** @typedef {import("../live/quorum.js").Said} Said */

export class RollSheet {
  query = "";
  /** With the filter on: people uncalled at that time or since, so that rows do not move during a tap. @type {Set<string>|null} */
  only = null;
  /** Whether there is a hardware keyboard for the search; an on-screen one would cover half the list. */
  keyboard = matchMedia("(hover: hover)").matches;
  /** The person whose reason is edited. @type {string|null} */ asking = null;

  /** @param {AttendanceContext} context @param {() => void} redraw */
  constructor(context, redraw) {
    this.context = context;
    this.redraw = redraw;
  }

  get editable() {
    return rollIsOpen(this.context.room) && this.context.online;
  }

  filter() {
    this.only = this.only ? null : new Set();
    this.redraw();
  }

  /** @param {Participant} person @param {Said} status */
  mark(person, status) {
    this.asking = takesReason(status) ? person.user_id : null;
    void this.context.roll.say(person, status);
    this.redraw();
    document.querySelector(".roll-reason.asked")?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Participant} person @param {Said} status @param {string} reason */
  explain(person, status, reason) {
    this.asking = null;
    void this.context.roll.say(person, status, reason);
    this.redraw();
  }

  /** @param {string|null} userId */
  ask(userId) {
    this.asking = userId;
    this.redraw();
  }

  body() {
    const { room } = this.context;
    if (this.only) for (const id of unsaidIds(room)) this.only.add(id);
    const parts = rosterOf(room, { query: this.query, only: this.only });
    return html`<div class="roll">
      <section class="roll-state" aria-label=${t("roll.state")}>${quorumLine(room)}${rollNumbers(room)}${quorumRule(room)}
        <a class="btn plain" download href=${href(`/api/v1/meetings/${room.meeting.id}/attendance.pdf`)}>${icon("download")}${t("roll.paper")}</a></section>
      ${rollIsOpen(room) ? this.#tools() : nothing}
      ${this.context.online ? nothing : html`<p class="notice">${icon("wifi-off")}<span>${t("roll.offline")}</span></p>`}
      <div class="roll-parts" @keydown=${(/** @type {KeyboardEvent} */ event) => walkRoll(event, /** @type {HTMLElement} */ (event.currentTarget))}>
        ${parts.map((part) => this.#part(part))}
        ${this.only ? nothing : this.context.parts("rollSheet", { query: this.query, editable: this.editable })}
        ${parts.length ? nothing : html`<p class="quiet">${t(this.query ? "roll.nobody_found" : "roll.all_said")}</p>`}
      </div></div>`;
  }

  #tools() {
    const { room } = this.context;
    const left = unsaidIds(room).length;
    const online = onlineUnsaidIds(room);
    const typed = whenTyped((text) => {
      this.query = text.trim();
      this.redraw();
    });
    /** @param {KeyboardEvent} event */
    const down = (event) => {
      if (event.isComposing || event.key !== "ArrowDown") return;
      event.preventDefault();
      focusFirst(/** @type {HTMLElement} */ (/** @type {HTMLElement} */ (event.target).closest(".roll")));
    };
    return html`<div class="roll-tools">
      <label class="search"><span class="for-reader">${t("room.find_person")}</span>${icon("search")}
        <input class="input" type="search" ?data-first=${this.keyboard} autocomplete="off" placeholder=${t("room.find_person")} @input=${typed} @compositionend=${typed} @keydown=${down}></label>
      <button type="button" class="btn plain" aria-pressed=${this.only ? "true" : "false"} @click=${() => this.filter()}>${t("roll.filter_unsaid")} <span class="count">${left}</span></button>
      ${online.length ? html`<button type="button" class="btn plain" ?disabled=${!this.editable} @click=${() => void this.context.roll.callPresent(online)}>
        ${icon("check", "small")}<span>${count("roll.call_online", online.length)}</span></button>` : nothing}
    </div>`;
  }

  /** @param {{key: "voters"|"others", people: Participant[]}} part */
  #part({ key, people }) {
    const online = new Set(this.context.room.presence?.online_ids ?? []);
    const title = key === "voters" ? said(this.context.room.meeting.quorum_rule.voters) : t("roll.others");
    return html`<section class="roll-part"><h3>${title} <span class="num quiet">${people.length}</span></h3>
      <ul class="rows">${repeat(people, (one) => one.user_id, (one) => this.#row(one, online.has(one.user_id)))}</ul></section>`;
  }

  /** @param {Participant} person @param {boolean} online With three hundred people, only changed rows are redrawn. */
  #row(person, online) {
    const { room, roll } = this.context;
    const word = roll.word(person);
    const asked = this.asking === person.user_id;
    const late = word.at !== null && cameAfterTheHour(room, roll.lines?.get(person.user_id));
    const parts = [person.display_name, person.position, person.seat, online, word.attendance, word.reason, word.at, word.waits, asked, this.editable, late];
    return html`<li class="roll-row">${guard(parts, () => html`
      <i class="roll-online ${online ? "on" : ""}" title=${t(online ? "roll.online_now" : "roll.not_online")}></i>
      <p class="roll-name"><b>${person.display_name}</b><span class="for-reader">${t(online ? "roll.online_now" : "roll.not_online")}</span>
        <span class="quiet">${[person.position, person.seat && t("roll.seat", { seat: person.seat })].filter(Boolean).join(" · ")}</span>
        ${word.at ? html`<span class="num ${late ? "after-the-hour" : "quiet"}">${t(late ? "roll.at_late" : "roll.at", { time: clock(word.at) })}</span>` : nothing}</p>
      ${this.editable ? this.#marks(person, word.attendance, word.waits) : html`<p class="roll-said">${word.attendance ? t(`roll.said_${word.attendance}`) : t("roll.said_unsaid")}</p>`}
      ${reasonView(this, person, word, asked)}`)}</li>`;
  }

  /** @param {Participant} person @param {string|null} now @param {boolean} waits */
  #marks(person, now, waits) {
    return html`<div class="roll-marks" role="radiogroup" aria-label=${t("roll.of", { name: person.display_name })} aria-busy=${waits ? "true" : "false"}>
      ${SAYINGS.map((status, at) => {
        const on = status === now;
        return html`<button type="button" role="radio" class="saying ${status}" aria-checked=${on ? "true" : "false"}
          tabindex=${on || (!now && at === 0) ? "0" : "-1"} @click=${() => this.mark(person, status)}>${t(`roll.mark_${status}`)}</button>`;
      })}</div>`;
  }
}

/** @param {AttendanceContext} context */
export function openRollSheet(context) {
  /** @type {RollSheet|undefined} */
  let sheet;
  const opened = openSheet({
    title: t("roll.title"),
    size: "full roll-sheet",
    body: ({ redraw }) => (sheet ??= new RollSheet(context, redraw)).body(),
    footer: ({ close }) => html`<p class="roll-keys quiet grow">${rollIsOpen(context.room) ? t("roll.keys") : ""}</p><button type="button" class="btn ink" @click=${() => close()}>${t("ui.done")}</button>`,
  });
  context.afterDraw.add(opened.redraw);
  context.roll.keep(true);
  void opened.closed.then(() => {
    context.afterDraw.delete(opened.redraw);
    context.roll.keep(false);
  });
}

/** The dialog for a count of hands or ballot papers: the figures, and below them the check of their sums during entry. */
import { html, nothing } from "lit-html";
import { live as asTyped } from "lit-html/directives/live.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { randomKey } from "./chair_actions.js";
import { waits } from "./waits.js";
import { live } from "../../lib/ui/live_dialog.js";
import { checkTally, countField, fieldsOf, limitOf, tallyBody } from "../model/tally_rules.js";
import { pollById, progressOf } from "../model/vote_state.js";
import { voters } from "../model/vote_words.js";

/** @typedef {import("../room_instance.js").VotingContext} VotingContext */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */
/** @typedef {import("../model/tally_rules.js").Channel} Channel */
/** @typedef {import("../model/tally_rules.js").Checked} Checked */
/** @typedef {import("../../lib/ui/dialog.js").Opened} Opened */

/** Entered figures, kept while the dialog is closed. @type {Map<string, Record<string, string>>} */
const enteredFigures = new Map();

/** @param {VotingContext} context @param {string} pollId @param {Channel} channel */
export function openTally(context, pollId, channel) {
  const place = `${pollId}:${channel}`;
  /** @type {Record<string, string>} */
  const typed = enteredFigures.get(place) ?? {};
  enteredFigures.set(place, typed);
  const draft = { wrong: "", tried: false, key: randomKey() };
  const send = async (/** @type {Opened} */ sheet, /** @type {Poll} */ poll, /** @type {Checked} */ checked) => {
    const keys = poll.options.map((one) => one.key);
    draft.tried = true;
    if (!checked.complete) {
      sheet.redraw();
      return firstOpen(sheet, channel, keys, typed)?.focus();
    }
    const outcome = await context.chairController.verbs.tally(poll, tallyBody(channel, keys, typed), draft.key);
    draft.wrong = outcome.problem?.message ?? "";
    if (!outcome.done) return sheet.redraw();
    enteredFigures.delete(place);
    toast(t("tally.entered"));
    return sheet.close(true);
  };
  return context.keepDrawn(openSheet({
    title: t(`tally.title_${channel}`),
    size: "tally-sheet",
    body: (sheet) => {
      const poll = openPoll(context, pollId, sheet);
      return poll ? tallyView(context, poll, channel, typed, draft, sheet) : nothing;
    },
    footer: (sheet) => {
      const poll = openPoll(context, pollId, sheet);
      if (!poll) return nothing;
      const checked = check(context, poll, channel, typed);
      return html`<button type="button" class="btn plain" @click=${() => sheet.close()}>${t("ui.back")}</button>
        <button type="button" class="btn ink ${context.chairController.busy ? "busy" : ""}" ?disabled=${waits(context)} @click=${() => void send(sheet, poll, checked)}><span>${t("tally.save")}</span></button>`;
    },
  }));
}

/** @param {VotingContext} context @param {string} pollId @param {Opened} sheet */
function openPoll(context, pollId, sheet) {
  const poll = pollById(context.room, pollId);
  if (poll?.status === "open") return poll;
  queueMicrotask(() => sheet.close());
  return null;
}

/** @param {VotingContext} context @param {Poll} poll @param {Channel} channel @param {Record<string, string>} typed */
function check(context, poll, channel, typed) {
  return checkTally(channel, poll.options.map((one) => one.key), typed, limitOf(progressOf(context.room, poll), channel));
}

/** @param {Opened} sheet @param {Channel} channel @param {string[]} keys @param {Record<string, string>} typed @returns {HTMLElement|null} */
function firstOpen(sheet, channel, keys, typed) {
  const fields = fieldsOf(channel, keys);
  const open = fields.find((field) => field !== "invalid" && !/^\d+$/.test((typed[field] ?? "").trim())) ?? fields[0];
  return sheet.element.querySelector(`[data-field="${open}"]`);
}

/**
 * @param {VotingContext} context @param {Poll} poll @param {Channel} channel @param {Record<string, string>} typed
 * @param {{wrong: string, tried: boolean, key: string}} draft @param {Opened} sheet
 */
function tallyView(context, poll, channel, typed, draft, sheet) {
  const progress = progressOf(context.room, poll);
  const checked = check(context, poll, channel, typed);
  const before = progress.tallied.find((one) => one.channel === channel);
  const words = { voters: voters(context.room), n: limitOf(progress, channel) };
  /** @param {string} field @param {string} label */
  const row = (field, label) => html`<label class="tally-row"><span>${label}</span>
    <input class="input num" inputmode="numeric" autocomplete="off" maxlength="7" data-field=${field} ?data-first=${field === fieldsOf(channel, poll.options.map((one) => one.key))[0]}
      .value=${asTyped(typed[field] ?? "")} aria-invalid=${typed[field] && !/^\s*\d+\s*$/.test(typed[field]) ? "true" : nothing}
      @input=${(/** @type {Event} */ event) => {
        typed[field] = /** @type {HTMLInputElement} */ (event.target).value;
        draft.wrong = "";
        draft.key = randomKey();
        sheet.redraw();
      }} @keydown=${toNext}></label>`;
  return html`<div class="tally">
    <p class="vote-title">${poll.title}</p>
    <p class="quiet num">${t("tally.may_count", words)}</p>
    ${before ? html`<p class="notice">${icon("circle-alert")}<span class="num">${t(`tally.entered_${channel}`, { ...before })} ${t("tally.replaces")}</span></p>` : nothing}
    ${channel === "paper" ? html`<div class="tally-rows">${row("issued", t("tally.field_issued"))}${row("returned", t("tally.field_returned"))}${row("invalid", t("tally.field_invalid"))}</div><h3>${t("tally.valid_by_option")}</h3>` : nothing}
    <div class="tally-rows">${poll.options.map((one) => row(countField(one.key), one.label))}</div>
    <div aria-live="polite" class="tally-faults">
      ${checked.faults.map((fault) => html`<p class="notice bad">${icon("circle-alert")}<span class="num">${t(fault.key, { ...fault.params, voters: voters(context.room) })}</span></p>`)}
      ${draft.tried && !checked.complete && !checked.faults.length ? html`<p class="notice">${icon("circle-alert")}<span>${t("tally.incomplete")}</span></p>` : nothing}
      ${checked.complete && !draft.wrong ? html`<p class="adds-up num">${icon("check", "small")}${t(checked.left ? "tally.adds_up_left" : "tally.adds_up", { left: checked.left ?? 0, voters: voters(context.room) })}</p>` : nothing}
    </div>
    ${sumsView(poll, channel, checked, draft.wrong !== "")}
    ${draft.wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${draft.wrong}</span></p>` : nothing}
    ${context.online ? nothing : html`<p class="notice" role="status">${icon("wifi-off")}<span>${t("chair.offline")}</span></p>`}
  </div>`;
}

/**
 * The sums as written in the record. A correct sum has no check mark while another one is wrong.
 * @param {Poll} poll @param {Channel} channel @param {Checked} checked @param {boolean} refused by the server
 */
function sumsView(poll, channel, checked, refused) {
  const calm = !refused && !checked.faults.length;
  const name = (/** @type {string} */ part) => lowered(poll.options.find((one) => one.key === part)?.label ?? t(`tally.${part}`));
  const figure = (/** @type {number|null|undefined} */ n) => (n === null || n === undefined ? "…" : String(n));
  return html`<ul class="sums" aria-label=${t("tally.sums")}>${checked.sums.map((one) => html`<li class=${one.state}>
    ${one.state === "wrong" ? icon("x", "small") : one.state === "holds" && calm ? icon("check", "small") : html`<i class="sum-open"></i>`}
    <span class="num"><b>${figure(one.numbers[0])}</b> ${t(channel === "hands" ? "tally.shown" : `tally.${one.whole}`)} ${one.state === "wrong" ? "≠" : "="}
      ${one.parts.map((part, at) => html`${at ? " + " : ""}<b>${figure(one.numbers[at + 1])}</b> ${name(part)}`)}</span></li>`)}</ul>`;
}

/** @param {string} label inside a sum */
const lowered = (label) => label.slice(0, 1).toLocaleLowerCase("vi") + label.slice(1);

/** @param {KeyboardEvent} event Enter moves to the next figure; it does not send. */
function toNext(event) {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (event.target);
  const all = /** @type {HTMLInputElement[]} */ ([...(field.closest(".tally")?.querySelectorAll("[data-field]") ?? [])]);
  const next = all[all.indexOf(field) + 1];
  if (next) next.focus();
  else /** @type {HTMLElement|null} */ (field.closest("dialog")?.querySelector(".sheet-foot .ink"))?.focus();
}

/** The preparation page of a meeting: renders bar, agenda and side column after every change. */

import { html, nothing, render } from "lit-html";
import { boot } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { moment } from "../../lib/format.js";
import { count, t } from "../../lib/words.js";
import { startQuestions } from "./question_prepare.js";
import { startFrame } from "../frame.js";
import { agendaView } from "./agenda_view.js";
import { barView } from "./bar_view.js";
import { filesInTheAir, startDropping } from "./drop.js";
import { overView } from "./over_view.js";
import { isDraft, isOver, peopleOf } from "./shapes.js";
import { sideView, todoJump } from "./side_view.js";
import { current, startWatching, watch } from "./store.js";

function headView() {
  const meeting = current();
  const { guests, named, voters } = peopleOf(meeting);
  const facts = [
    moment(meeting.starts_at),
    meeting.place,
    voters ? count("prepare.deputies", voters) : "",
    guests + named ? count("prepare.guests", guests + named) : "",
  ];
  return html`<header class="prepare-head">
    <h1>${meeting.title}</h1>
    <p class="quiet num">${facts.filter(Boolean).join(" · ")}</p>
    ${todoJump()}
    ${isDraft(meeting) ? nothing : html`<span class="chip small ${meeting.status === "in_session" ? "jade" : meeting.status === "paused" ? "amber" : ""}">${t(`status.${meeting.status}`)}</span>`}
  </header>`;
}

/** Says which storage is nearly used up, as of the opening of the page. */
function storageView() {
  return (boot.storage ?? []).map((/** @type {{of: string, used_mb: number, limit_mb: number}} */ { of, used_mb, limit_mb }) =>
    html`<p class="notice storage">${icon("circle-alert")}<span>${t(`prepare.storage_${of}`, { used_mb, limit_mb })}</span></p>`);
}

function pageView() {
  const over = isOver(current());
  return html`
    <div class="prepare-main ${filesInTheAir() && !over ? "receiving" : ""}" role="group" aria-label=${t("prepare.title")}>
      ${headView()}
      ${over ? html`<p class="notice">${icon("clock")}<span>${t("prepare.over")}</span></p>${overView()}` : html`${storageView()}${agendaView()}`}
    </div>
    <aside class="prepare-side" aria-label=${t("prepare.overview")}>${sideView()}</aside>`;
}

/** @param {string} id */
function home(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`no #${id} on the page`);
  element.replaceChildren();
  return element;
}

export function startPreparing() {
  startFrame();
  const bar = home("bar");
  const view = home("view");
  const draw = () => {
    // Moving a row removes the focus from elements inside it, so the focus is restored.
    const focused = document.activeElement;
    render(barView(), bar);
    render(pageView(), view);
    if (focused instanceof HTMLElement && focused !== document.activeElement && focused.isConnected) focused.focus({ preventScroll: true });
  };
  watch(draw);
  draw();
  startDropping();
  startWatching();
  startQuestions();
}

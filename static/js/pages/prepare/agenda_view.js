/** The agenda with its documents, and the container of the meeting's own documents. */

import { html, nothing } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { say } from "../../lib/ui/status_message.js";
import { t } from "../../lib/words.js";
import { toast } from "../../lib/ui/toast.js";
import { keeping, written } from "../../lib/ui/inline_field.js";
import { questions } from "./question_prepare.js";
import { questionRows } from "./question_rows.js";
import { filesInTheAir, hoveredContainer } from "./drop.js";
import { paperView, uploadView } from "./paper_view.js";
import { moveByKey, startDrag } from "./reorder.js";
import { current, touch } from "./store.js";
import { addFiles, chooseFiles, uploadsOn } from "./uploads.js";
import { addItem, changeItem, moveItem, orderItems, removeItem } from "./verbs.js";

/**
 * @typedef {import("../../lib/schemas.js").AgendaItemView} Item
 * @typedef {import("../../lib/schemas.js").DocumentView} Paper
 * @typedef {import("../../lib/schemas.js").Shelf} Shelf
 */

/** Id of the item whose rapporteur is being entered for the first time. @type {string | null} */
let rapporteurItemId = null;

/** @param {Shelf} container @param {Paper[]} papers @param {string} dropText */
function containerView(container, papers, dropText) {
  const coming = uploadsOn(container);
  const over = filesInTheAir() && hoveredContainer() === container.id;
  return html`
    ${papers.length || coming.length
      ? html`<ul class="papers">
          ${repeat(papers, (paper) => paper.id, (paper, index) => paperView(container, paper, index, papers.length))}
          ${repeat(coming, (upload) => upload.id, uploadView)}
        </ul>`
      : nothing}
    ${over ? html`<p class="drop">${dropText}</p>` : nothing}`;
}

/** @param {Shelf} container @param {string} label */
function chooseButton(container, label) {
  const choose = () => chooseFiles({ many: true, chosen: (files) => addFiles(container, files) });
  return html`<button type="button" class="text-btn choose" aria-label=${label} @click=${choose}>${t("prepare.choose_files")}</button>`;
}

/** @param {string} id @param {number} steps */
async function move(id, steps) {
  const before = current().agenda.findIndex((item) => item.id === id);
  const after = Math.min(current().agenda.length - 1, Math.max(0, before + steps));
  if (before === after) return;
  say(t("prepare.item_moved", { from: before + 1, to: after + 1 }));
  await moveItem(id, steps);
}

/** Removes an item; an item with questions is not removed. @param {Item} item @param {number} number */
function remove(item, number) {
  if (questions.of(item.id).length) toast(t("error.item_has_polls"), { tone: "bad" });
  else removeItem(item, number);
}

/** @param {HTMLElement} button @param {Item} item @param {number} index @param {number} length */
function openItemMenu(button, item, index, length) {
  const name = () => {
    rapporteurItemId = item.id;
    touch();
    requestAnimationFrame(() => requestAnimationFrame(() => document.getElementById(`rapporteur-${item.id}`)?.focus()));
  };
  openMenu(button, [
    { label: t(item.rapporteur ? "prepare.change_rapporteur" : "prepare.add_rapporteur"), icon: "circle-user", run: name },
    null,
    { label: t("prepare.move_up"), icon: "arrow-up", key: "Alt+↑", disabled: index === 0, run: () => move(item.id, -1) },
    { label: t("prepare.move_down"), icon: "arrow-down", key: "Alt+↓", disabled: index === length - 1, run: () => move(item.id, 1) },
    null,
    { label: t("prepare.remove_item"), icon: "trash-2", danger: true, run: () => remove(item, index + 1) },
  ]);
}

/** @param {Item} item @param {number} number */
function minutesField(item, number) {
  const value = item.minutes ? String(item.minutes) : "";
  const on = keeping(
    value,
    (text) => changeItem(item.id, { minutes: text ? Number(text) : null }),
    (text) => text === "" || /^[1-9]\d{0,2}$/.test(text),
  );
  return html`<label class="minutes num">
    <input inputmode="numeric" maxlength="3" placeholder="–" .value=${value} aria-label=${t("prepare.minutes_of", { number })}
      @keydown=${on.keydown} @blur=${on.blur} /><span aria-hidden="true">${t("prepare.minutes")}</span>
  </label>`;
}

/** @param {Item} item @param {number} number */
function rapporteurField(item, number) {
  if (!item.rapporteur && rapporteurItemId !== item.id) return nothing;
  return html`<div class="rapporteur"><span aria-hidden="true">${t("prepare.rapporteur")}</span>${written({
    value: item.rapporteur ?? "", label: t("prepare.rapporteur_of", { number }), id: `rapporteur-${item.id}`,
    placeholder: t("prepare.rapporteur_placeholder"), emptyAllowed: true, maxLength: 200,
    keep: (text) => {
      rapporteurItemId = null;
      void changeItem(item.id, { rapporteur: text || null });
    },
  })}</div>`;
}

/** @param {KeyboardEvent} event @param {string} id */
function gripKey(event, id) {
  if (event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
  event.preventDefault();
  void move(id, event.key === "ArrowUp" ? -1 : 1);
}

/** @param {Item} item @param {number} index @param {number} length */
function itemView(item, index, length) {
  const number = index + 1;
  /** @type {Shelf} */
  const container = { kind: "agenda_item", id: item.id };
  return html`<li class="item ${hoveredContainer() === item.id ? "open" : ""}" id="item-${item.id}" data-id=${item.id} data-container=${item.id} data-container-kind="agenda_item" tabindex="-1"
      @keydown=${(/** @type {KeyboardEvent} */ event) => moveByKey(event, (steps) => move(item.id, steps))}>
    <div class="item-head">
      <button type="button" class="grip" aria-label=${t("prepare.grip_item", { number })}
        @pointerdown=${(/** @type {PointerEvent} */ event) => startDrag(event, orderItems)}
        @keydown=${(/** @type {KeyboardEvent} */ event) => gripKey(event, item.id)}>${icon("grip-vertical")}</button>
      <h2 class="item-title"><span class="item-number num">${number}.</span>${written({
        value: item.title, label: t("prepare.item_title", { number }), keep: (title) => changeItem(item.id, { title }),
      })}</h2>
      ${minutesField(item, number)}
      ${chooseButton(container, t("prepare.choose_files_for", { number }))}
      <button type="button" class="btn icon-only more" aria-haspopup="menu" aria-expanded="false" aria-label=${t("prepare.item_menu", { number })}
        @click=${(/** @type {Event} */ event) => openItemMenu(/** @type {HTMLElement} */ (event.currentTarget), item, index, length)}>${icon("ellipsis")}</button>
    </div>
    ${rapporteurField(item, number)}
    ${containerView(container, item.documents, t("prepare.drop_here", { number }))}
    ${questionRows(item.id, t("question.new_for", { number }))}
  </li>`;
}

/** "3. Chất vấn", "- Chất vấn" → "Chất vấn". @param {string} line */
const bareTitle = (line) => line.replace(/^\s*(?:\d+[.)]|[-–•*])\s*/, "").trim();

/** Adds an item for each line of a pasted agenda. @param {ClipboardEvent} event */
async function pasteItems(event) {
  const titles = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).map(bareTitle).filter(Boolean);
  if (titles.length < 2) return;
  event.preventDefault();
  for (const title of titles) await addItem(title.slice(0, 500));
}

/** @param {SubmitEvent} event */
function submitItem(event) {
  event.preventDefault();
  const field = /** @type {HTMLInputElement} */ (/** @type {HTMLFormElement} */ (event.target).elements.namedItem("title"));
  const title = field.value.trim();
  field.focus();
  if (!title) return;
  field.value = "";
  void addItem(title);
}

function addItemView() {
  const first = current().agenda.length === 0;
  return html`<form class="add-item" @submit=${submitItem}>
    <label class="for-reader" for="add-item">${t("prepare.new_item")}</label>
    <input class="input" id="add-item" name="title" autocomplete="off" maxlength="500"
      placeholder=${t(first ? "prepare.first_item" : "prepare.new_item")} @paste=${pasteItems} />
    <button class="btn plain">${icon("plus")}${t("prepare.add_item")}</button>
  </form>`;
}

function meetingContainerView() {
  const meeting = current();
  /** @type {Shelf} */
  const container = { kind: "meeting", id: meeting.id };
  const bare = !meeting.documents.length && !uploadsOn(container).length;
  return html`<section class="item own-papers ${hoveredContainer() === meeting.id ? "open" : ""}" id="meeting-papers" data-container=${meeting.id} data-container-kind="meeting" tabindex="-1">
    <div class="item-head">
      <h2 class="item-title">${t("prepare.meeting_papers")}</h2>
      ${chooseButton(container, t("prepare.choose_files_meeting"))}
    </div>
    ${bare ? html`<p class="shelf-hint">${t("prepare.meeting_papers_hint")}</p>` : nothing}
    ${containerView(container, meeting.documents, t("prepare.drop_here_meeting"))}
    ${questionRows(null, t("question.new_for_meeting"))}
  </section>`;
}

export function agendaView() {
  const { agenda } = current();
  return html`
    ${meetingContainerView()}
    ${agenda.length
      ? html`<ol class="items">${repeat(agenda, (item) => item.id, (item, index) => itemView(item, index, agenda.length))}</ol>`
      : html`<div class="empty"><h2>${t("prepare.empty_title")}</h2><p>${t("prepare.empty_text")}</p></div>`}
    ${addItemView()}`;
}

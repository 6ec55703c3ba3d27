/** Administration of people: a table with search and actions for each person. */

import { html, nothing, render } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { Problem } from "../../lib/api.js";
import { boot } from "../../lib/boot.js";
import { confirmStep, openDialog } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { openMenu } from "../../lib/ui/menu.js";
import { reasonField } from "../../lib/ui/reason_field.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { isTyping, whenTyped } from "../../lib/ui/typing.js";
import { t } from "../../lib/words.js";
import { openPeopleList } from "../people_list/list_sheet.js";
import { changeUser, loadUnits, loadUsers, onChange, people, removeSecondFactor, resetPassword, showList, unitName } from "./data.js";
import { openPersonForm } from "./person_form.js";
import { secretsView } from "./secrets.js";
import { openUnits } from "./units.js";

/** @typedef {import("./data.js").User} User */

/** @param {User} user */
async function renewPassword(user) {
  const sure = await confirmStep({
    title: t("people.reset_title", { name: user.display_name }),
    text: html`<p>${t("people.reset_text")}</p>`,
    verb: t("people.reset"),
  });
  if (!sure) return;
  try {
    await resetPassword(user);
  } catch (error) {
    if (error instanceof Problem && error.code === "poll_open_for_person") openReason(user, error.message);
    else sayProblem(error);
    return;
  }
  showNewPassword();
}

/** The person may vote in an open poll: the reason stands on its result. @param {User} user @param {string} why */
function openReason(user, why) {
  let reason = "";
  openDialog({
    title: t("people.reset_title", { name: user.display_name }),
    body: (dialog) => html`<p>${why}</p>
      ${reasonField({ id: "reset-reason", label: t("people.reset_reason"), value: reason, quick: [t("people.reset_lost"), t("people.reset_broken")], put: (text) => { reason = text; dialog.redraw(); } })}
      <div class="btn-row"><button type="button" class="btn plain" @click=${() => dialog.close()}>${t("ui.back")}</button>
        <button type="button" class="btn ink" ?disabled=${!reason.trim()} @click=${() => void resetWithReason(user, reason.trim(), dialog)}>${t("people.reset")}</button></div>`,
  });
}

/** @param {User} user @param {string} reason @param {import("../../lib/ui/dialog.js").Opened} dialog */
async function resetWithReason(user, reason, dialog) {
  try {
    await resetPassword(user, reason);
  } catch (error) {
    sayProblem(error);
    return;
  }
  dialog.close();
  showNewPassword();
}

function showNewPassword() {
  openDialog({
    title: t("people.new_password"),
    body: ({ close }) => html`${secretsView(people.secrets.slice(0, 1))}
      <div class="btn-row"><button type="button" class="btn ink" @click=${() => close()}>${t("ui.done")}</button></div>`,
  });
}

/** @param {User} user */
async function removeFactor(user) {
  const sure = await confirmStep({
    title: t("people.remove_factor_title", { name: user.display_name }),
    text: html`<p>${t("people.remove_factor_text")}</p>`,
    verb: t("people.remove_factor"),
  });
  if (!sure) return;
  try {
    await removeSecondFactor(user);
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {User} user @param {boolean} active */
async function setActive(user, active) {
  try {
    await changeUser(user.id, { active });
  } catch (error) {
    sayProblem(error);
    return;
  }
  if (active) toast(t("people.activated", { name: user.display_name }));
  else toast(t("people.deactivated", { name: user.display_name }), { action: { label: t("ui.undo"), run: () => void setActive(user, true) } });
}

/** @param {HTMLElement} button @param {User} user */
function openUserMenu(button, user) {
  const self = user.id === boot.user?.id;
  openMenu(button, [
    { label: t("people.change"), icon: "pencil", run: () => openPersonForm(user) },
    ...(self ? [] : [{ label: t("people.reset"), icon: "key-round", run: () => renewPassword(user) }]),
    ...(self || !user.second_factor ? [] : [{ label: t("people.remove_factor"), icon: "shield-alert", run: () => removeFactor(user) }]),
    ...(self ? [] : [null]),
    ...(self ? [] : [user.active
      ? { label: t("people.deactivate"), icon: "user-x", danger: true, run: () => setActive(user, false) }
      : { label: t("people.activate"), icon: "user-plus", run: () => setActive(user, true) }]),
  ]);
}

/** @param {User} user */
function userView(user) {
  const marks = html`${user.is_admin ? html`<span class="mark">${t("people.admin")}</span>` : user.may_create_meetings ? html`<span class="mark">${t("people.creates_meetings")}</span>` : nothing}${user.active ? nothing : html`<span class="mark amber">${t("people.inactive")}</span>`}`;
  return html`<tr class=${user.active ? "" : "inactive"}>
    <th scope="row"><span>${user.display_name}</span>${marks}</th>
    <td class="login">${user.username}</td>
    <td>${user.position ?? ""}</td>
    ${people.units.length > 1 ? html`<td>${unitName(user.unit_id)}</td>` : nothing}
    <td class="do"><button type="button" class="btn icon-only" aria-haspopup="menu" aria-expanded="false" aria-label=${t("people.menu_of", { name: user.display_name })}
      @click=${(/** @type {Event} */ event) => openUserMenu(/** @type {HTMLElement} */ (event.currentTarget), user)}>${icon("ellipsis")}</button></td>
  </tr>`;
}

function tableView() {
  const { users } = people;
  if (!users) return nothing;
  if (!users.length) {
    return html`<div class="empty"><h2>${t(people.query ? "people.nobody_found" : "people.none_title")}</h2><p>${t(people.query ? "people.nobody_found_text" : "people.none_text")}</p></div>`;
  }
  return html`<div class="card table-card"><table class="people-table">
    <thead><tr><th scope="col">${t("people.name")}</th><th scope="col">${t("people.username")}</th><th scope="col">${t("people.position")}</th>
      ${people.units.length > 1 ? html`<th scope="col">${t("people.unit")}</th>` : nothing}<td></td></tr></thead>
    <tbody>${repeat(users, (user) => user.id, userView)}</tbody></table></div>
    ${people.next ? html`<button type="button" class="btn plain more-people" @click=${() => loadUsers(people.query, people.next)}>${t("people.more")}</button>` : nothing}`;
}

/** @param {string} [text] text pasted into another field */
function openList(text) {
  openPeopleList({ made: (made) => void showList(made), removed: (gone) => void showList([], gone) }, text);
}

/** @param {HTMLElement} view */
function renderPeople(view) {
  const typed = whenTyped((text) => void loadUsers(text.trim()));
  render(
    html`<header class="page-head"><h1>${t("people.title")}</h1>
        <div class="btn-row"><button type="button" class="btn plain" @click=${openUnits}>${t("people.units")}</button>
          <button type="button" class="btn plain" @click=${() => openList()}>${t("people_list.open")}</button>
          <button type="button" class="btn ink" @click=${() => openPersonForm(null, openList)}>${icon("user-plus")}${t("people.add")}</button></div></header>
      <div class="people-body">
        ${boot.encrypted ? nothing : html`<div class="notice bad" id="plain-http" role="alert">${icon("circle-alert")}<div><strong>${t("people.plain_http")}</strong><p>${t("people.plain_http_text")}</p></div></div>`}
        <label class="search"><span class="for-reader">${t("people.find")}</span>${icon("search")}<input class="input" type="search" id="find" placeholder=${t("people.find")} autocomplete="off" @input=${typed} @compositionend=${typed} /></label>
        ${tableView()}
      </div>`,
    view,
  );
}

export function startPeople() {
  const view = document.getElementById("view");
  if (!view) throw new Error("no #view on the page");
  onChange(() => renderPeople(view));
  renderPeople(view);
  void loadUnits();
  void loadUsers("");
  addEventListener("keydown", (event) => {
    if (isTyping(event) || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (event.key !== "/") return;
    event.preventDefault();
    document.getElementById("find")?.focus();
  });
}

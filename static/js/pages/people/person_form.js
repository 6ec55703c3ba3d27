/** The form for adding people one after another by keyboard, and for changing a person. */

import { html, nothing } from "lit-html";
import { Problem } from "../../lib/api.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { isList } from "../people_list/list_sheet.js";
import { changeUser, createUser, people } from "./data.js";
import { secretsView } from "./secrets.js";
import { proposeUsername } from "./usernames.js";

/** @typedef {import("./data.js").User} User */

/** Contents of the form. `ownName`: the user name was entered by the user. */
class Draft {
  /** @param {User | null} user */
  constructor(user) {
    this.user = user;
    this.display_name = user?.display_name ?? "";
    this.username = user?.username ?? "";
    this.position = user?.position ?? "";
    this.unit_id = user?.unit_id ?? people.units[0]?.id ?? "";
    this.is_admin = user?.is_admin ?? false;
    this.may_create_meetings = user?.may_create_meetings ?? false;
    this.ownName = Boolean(user);
    this.wrong = "";
    this.busy = false;
  }

  facts() {
    const { display_name, position, unit_id, is_admin, may_create_meetings, username } = this;
    const facts = { display_name: display_name.trim(), position: position.trim() || null, unit_id: unit_id || null, is_admin, may_create_meetings };
    return this.user ? facts : { ...facts, username: username.trim() };
  }

  /** Resets the form for the next person of the same unit. */
  again() {
    const next = new Draft(null);
    next.unit_id = this.unit_id;
    return next;
  }
}

/** @param {Draft} draft @param {() => void} redraw @param {"display_name" | "username" | "position"} name @param {Record<string, unknown>} [more] */
function field(draft, redraw, name, more = {}) {
  /** @param {Event} event */
  const input = (event) => {
    draft[name] = /** @type {HTMLInputElement} */ (event.target).value;
    if (name === "username") draft.ownName = draft.username !== "";
    if (name === "display_name" && !draft.ownName) draft.username = proposeUsername(draft.display_name, new Set((people.users ?? []).map((user) => user.username)));
    redraw();
  };
  const plain = name === "username" ? "none" : "words";
  return html`<div class="field"><label for="person-${name}">${t(`people.${name}`)}</label>
    <input class="input" id="person-${name}" .value=${draft[name]} autocomplete="off" maxlength="200" autocapitalize=${plain} spellcheck="false"
      ?disabled=${name === "username" && Boolean(draft.user)} ?data-first=${Boolean(more.first)} @input=${input} />
    ${more.hint ? html`<p class="hint">${more.hint}</p>` : nothing}</div>`;
}

/** Permissions; an administrator may always create meetings. @param {Draft} draft @param {() => void} redraw */
function rightsFields(draft, redraw) {
  const put = (/** @type {"is_admin" | "may_create_meetings"} */ name) => (/** @type {Event} */ event) => {
    draft[name] = /** @type {HTMLInputElement} */ (event.target).checked;
    redraw();
  };
  return html`<label class="choice"><input type="checkbox" .checked=${draft.is_admin || draft.may_create_meetings} ?disabled=${draft.is_admin} @change=${put("may_create_meetings")} />
      <span>${t("people.may_create_meetings")}<span class="hint">${t("people.may_create_meetings_hint")}</span></span></label>
    <label class="choice"><input type="checkbox" .checked=${draft.is_admin} @change=${put("is_admin")} /><span>${t("people.is_admin")}</span></label>`;
}

/** @param {Draft} draft @param {import("../../lib/ui/dialog.js").Opened} sheet */
async function save(draft, sheet) {
  if (draft.busy) return draft;
  if (!draft.display_name.trim()) {
    draft.wrong = t("people.name_missing");
    sheet.redraw();
    return draft;
  }
  Object.assign(draft, { busy: true, wrong: "" });
  sheet.redraw();
  try {
    if (draft.user) {
      await changeUser(draft.user.id, draft.facts());
      toast(t("people.saved", { name: draft.display_name }));
      sheet.close();
      return draft;
    }
    await createUser(draft.facts());
    return draft.again();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    draft.wrong = error.message;
    return draft;
  } finally {
    draft.busy = false;
  }
}

/** @param {User | null} user null: a new person @param {(text: string) => void} [openList] called with a pasted list */
export function openPersonForm(user, openList) {
  let draft = new Draft(user);
  /** @param {ClipboardEvent} event @param {import("../../lib/ui/dialog.js").Opened} sheet */
  const paste = (event, sheet) => {
    const text = event.clipboardData?.getData("text") ?? "";
    if (!openList || !isList(text)) return;
    event.preventDefault();
    sheet.close();
    openList(text);
  };
  /** @param {SubmitEvent} event @param {import("../../lib/ui/dialog.js").Opened} sheet */
  const submit = async (event, sheet) => {
    event.preventDefault();
    draft = await save(draft, sheet);
    if (!sheet.element.open) return;
    sheet.redraw();
    /** @type {HTMLElement | null} */ (sheet.element.querySelector("#person-display_name"))?.focus();
  };
  openSheet({
    title: t(user ? "people.change" : "people.add"),
    body: (sheet) => html`<form class="form" novalidate @submit=${(/** @type {SubmitEvent} */ event) => submit(event, sheet)}>
        ${draft.wrong ? html`<p class="notice bad" role="alert">${icon("circle-alert")}<span>${draft.wrong}</span></p>` : nothing}
        <div @paste=${(/** @type {ClipboardEvent} */ event) => paste(event, sheet)}>${field(draft, sheet.redraw, "display_name", { first: true })}</div>
        ${field(draft, sheet.redraw, "username", { hint: user ? "" : t("people.username_hint") })}
        ${field(draft, sheet.redraw, "position", { hint: t("people.position_hint") })}
        ${people.units.length > 1
          ? html`<div class="field"><label for="person-unit">${t("people.unit")}</label><div class="pick"><select class="input" id="person-unit"
              @change=${(/** @type {Event} */ event) => (draft.unit_id = /** @type {HTMLSelectElement} */ (event.target).value)}>
              ${people.units.map((unit) => html`<option value=${unit.id} ?selected=${unit.id === draft.unit_id}>${unit.name}</option>`)}</select>${icon("chevron-down")}</div></div>`
          : nothing}
        ${rightsFields(draft, sheet.redraw)}
        <div class="btn-row"><button class="btn ink ${draft.busy ? "busy" : ""}"><span>${t(user ? "ui.save" : "people.add_and_next")}</span></button></div>
      </form>
      ${user ? nothing : secretsView(people.secrets)}`,
  });
}

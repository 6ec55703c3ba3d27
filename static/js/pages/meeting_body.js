/** Fields for the unit and the kind of a meeting, which determine its voting rules. */

import { html, nothing } from "lit-html";
import { api } from "../lib/api.js";
import { icon } from "../lib/ui/icon.js";
import { has, t } from "../lib/words.js";

/** @typedef {Pick<import("../lib/schemas.js").UnitView, "id" | "name">} Unit */
/** @typedef {{kind: string, unit_id: string | null}} Body */
/** @typedef {{kinds: string[], units: Unit[]}} Choices */

/** Label of a kind of meeting; its code when only a rule pack defines the kind. @param {string} kind */
export function kindName(kind) {
  return has(`meeting_kind.${kind}`) ? t(`meeting_kind.${kind}`) : `“${kind}”`;
}

/** Loads the options: all units, and the kinds of meetings that have rules. @returns {Promise<Choices>} */
export async function loadChoices() {
  const [rules, units] = await Promise.all([api.get("/vote-rules"), api.get("/units")]);
  const kinds = rules.items.flatMap((/** @type {{kinds: string[]}} */ rule) => rule.kinds);
  return { kinds: [...new Set(/** @type {string[]} */ (kinds))], units: units.items };
}

/**
 * @param {{id: string, label: string, hint?: string, value: string, options: [string, string][], choose: (value: string) => void}} facts
 */
function select({ id, label, hint, value, options, choose }) {
  return html`<div class="field"><label for=${id}>${label}</label>
    <div class="pick"><select class="input" id=${id} aria-describedby="${id}-note" @change=${(/** @type {Event} */ event) => choose(/** @type {HTMLSelectElement} */ (event.target).value)}>
      ${options.map(([key, name]) => html`<option value=${key} ?selected=${key === value}>${name}</option>`)}
    </select>${icon("chevron-down")}</div>
    <p class="hint" id="${id}-note" ?hidden=${!hint}>${hint ?? nothing}</p></div>`;
}

/** @param {Body} body changed in place @param {Choices} choices */
export function bodyFields(body, { kinds, units }) {
  const all = kinds.includes(body.kind) ? kinds : [...kinds, body.kind];
  return html`<div class="fields-2">
    ${select({
      id: "meeting-kind", label: t("meeting_fields.kind"), hint: t("meeting_fields.kind_hint"), value: body.kind,
      options: all.map((kind) => [kind, kindName(kind)]), choose: (kind) => (body.kind = kind),
    })}
    ${units.length > 1 || (units.length && !body.unit_id)
      ? select({
          id: "meeting-unit", label: t("meeting_fields.unit"), value: body.unit_id ?? "",
          options: [["", t("meeting_fields.no_unit")], ...units.map((unit) => /** @type {[string, string]} */ ([unit.id, unit.name]))],
          choose: (id) => (body.unit_id = id || null),
        })
      : nothing}
  </div>`;
}

/** Help for writing a pack: how to start, and the meaning of its entries. */

import { html } from "lit-html";
import { t } from "../../lib/words.js";

/** Parts of a pack in the order of writing, and their entries. @type {[string, string[]][]} */
const PARTS = [
  ["rules.part.pack", ["id", "version", "kinds", "title"]],
  ["[words]", ["voters", "of_body", "chair"]],
  ["[quorum]", ["numerator", "denominator", "comparison", "confirmed", "formula", "citation"]],
  ["[[options]]", ["key", "label"]],
  ["[[rules]]", ["id", "version", "title", "formula", "base", "numerator", "denominator", "comparison", "tie", "entitled", "citation", "confirmed", "effective_from", "effective_to"]],
];

/** @param {[string, string[]]} part */
function partView([name, entries]) {
  return html`<h4>${name.startsWith("[") ? html`<code>${name}</code>` : t(name)}</h4>
    <dl class="entries">${entries.map((entry) => html`<dt><code>${entry}</code></dt><dd>${t(`pack_entry.${entry}`)}</dd>`)}</dl>`;
}

export const beginning = () => html`<h3>${t("rules.guide_title")}</h3><p>${t("rules.guide_text")}</p>`;

export const entries = () => html`<details class="guide"><summary>${t("rules.guide_entries")}</summary>${PARTS.map(partView)}</details>`;

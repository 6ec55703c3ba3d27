/** One annotation in the list: kind, page, audience, and a link to its page. */
import { html, nothing } from "lit-html";
import { iconOf, toneOf, wordsOf } from "../../ink/model/audience.js";
import { toolOf } from "../../ink/tools/index.js";
import { href } from "../../lib/boot.js";
import { moment } from "../../lib/format.js";
import { icon } from "../../lib/ui/icon.js";
import { count, t } from "../../lib/words.js";
import { drawing } from "../../notes/drawing.js";

/** @typedef {import("./groups.js").Entry} Entry */
/** @typedef {import("./groups.js").Mark} Mark */

/** @param {Entry} entry */
export function entryView({ kind, first, marks }) {
  const tool = toolOf(kind, ...marks.map(({ style }) => style));
  const listed = tool?.mark.listed;
  const quoted = listed === "quote" ? first.anchor?.text : null;
  return html`<li class="entry" data-kind=${kind}>
    <span class="entry-icon">${tool ? icon(tool.icon) : nothing}</span>
    <div class="entry-main">
      <p class="entry-head"><b>${t(tool?.mark.words ?? `ink.kind_${kind}`)}</b>${marks.length > 1 ? html`<span class="quiet num">${count("notes.strokes", marks.length)}</span>` : nothing}
        <span class="chip small ${toneOf(first.audience)}">${icon(iconOf(first.audience), "small")}${wordsOf({ audience: first.audience, name: first.user_name })}</span></p>
      ${quoted ? html`<blockquote class="entry-quote" style="--color: ${first.style.color}">«${quoted}»</blockquote>` : nothing}
      ${listed === "picture" ? html`<div class="entry-drawing">${drawing(marks)}</div>` : nothing}
      ${first.text ? html`<p class="entry-text">${first.text}</p>` : nothing}
      ${!quoted && first.anchor?.text ? html`<p class="quiet entry-near">${t("notes.near", { text: shortened(first.anchor.text) })}</p>` : nothing}
      <p class="quiet entry-when">${moment(first.created_at)}</p>
    </div>
    <div class="entry-go"><a class="btn plain" href=${placeOf(first)}>${t("notes.open_page", { page: first.page })}${icon("arrow-right", "small")}</a>
      ${first.version < first.current_version ? html`<span class="quiet">${t("notes.old_version", { version: first.version })}</span>` : nothing}</div>
  </li>`;
}

/** @param {Mark} mark @returns {string} URL of the room at the annotation's page */
export function placeOf(mark) {
  const place = new URLSearchParams({ paper: mark.document_id, page: String(mark.page) });
  if (mark.version < mark.current_version) place.set("version", String(mark.version));
  return `${href(`/meetings/${mark.meeting_id}`)}#${place}`;
}

const LONGEST_NEAR = 90;

/** @param {string} text */
const shortened = (text) => (text.length > LONGEST_NEAR ? `${text.slice(0, LONGEST_NEAR).trimEnd()}…` : text);

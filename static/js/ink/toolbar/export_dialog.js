/** The dialog that downloads a document with annotations: which audience, and editable or flattened. */
import { html } from "lit-html";
import { href } from "../../lib/boot.js";
import { openSheet } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").DocumentView} Paper */
/** @typedef {"private"|"meeting"|"all"} Whose */

/** @type {Whose[]} */
const WHOSE = ["all", "private", "meeting"];

/**
 * @param {{id: string}} paper @param {number} version @param {{whose: Whose, flat: boolean}} choice
 * @returns {string} path of the PDF, relative to the application root
 */
export const pdfPath = ({ id }, version, { whose, flat }) =>
  `/api/v1/documents/${id}/versions/${version}/annotated.pdf?audience=${whose}&flat=${flat ? 1 : 0}`;

/** @param {{id: string}} paper @param {number} version @param {Whose} whose */
export const docxPath = ({ id }, version, whose) => `/api/v1/documents/${id}/comments.docx?version=${version}&audience=${whose}`;

/** @param {InkContext} context @param {Paper} paper */
export function openExportDialog(context, paper) {
  const version = context.reading.shown?.paper.id === paper.id ? context.reading.shown.place.version : paper.current_version;
  /** @type {{whose: Whose, flat: boolean}} */
  const choice = { whose: "all", flat: false };
  openSheet({
    size: "low",
    title: t("ink.take_away"),
    body: ({ redraw }) => html`<div class="form take-away">
      <p class="take-title">${paper.title}</p>
      <fieldset class="field"><legend class="label">${t("ink.whose")}</legend>
        ${WHOSE.map((whose) => radio("whose", choice.whose === whose, t(`ink.whose_${whose}`), "", () => { choice.whose = whose; redraw(); }))}</fieldset>
      <fieldset class="field"><legend class="label">${t("ink.how")}</legend>
        ${[false, true].map((flat) => radio("flat", choice.flat === flat, t(flat ? "ink.flat" : "ink.editable"), t(flat ? "ink.flat_why" : "ink.editable_why"), () => { choice.flat = flat; redraw(); }))}</fieldset>
      <div class="take-buttons">
        <a class="btn ink wide" download href=${href(pdfPath(paper, version, choice))}>${icon("download")}${t("ink.take_pdf")}</a>
        <a class="btn plain wide" download href=${href(docxPath(paper, version, choice.whose))}>${icon("file-text")}${t("ink.take_docx")}</a>
        <p class="quiet">${t("ink.take_docx_why")}</p></div>
    </div>`,
  });
}

/** @param {string} name @param {boolean} checked @param {string} words @param {string} why @param {() => void} choose */
function radio(name, checked, words, why, choose) {
  return html`<label class="choice"><input type="radio" name=${name} .checked=${checked} @change=${choose}>
    <span>${words}${why ? html`<small class="quiet">${why}</small>` : ""}</span></label>`;
}

/** "Lưu biên nhận": a ballot with its signed receipt as a file, which `./run verify --receipt` and a later check read. */
import { html, nothing } from "lit-html";
import { boot } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { saveJson } from "../../lib/ui/save_file.js";
import { t } from "../../lib/words.js";
import { receiptCode } from "./card_model.js";

/**
 * @param {string} pollId
 * @param {{choice: string, revision: number, receipt: import("../../lib/schemas.js").Receipt|null}} ballot
 */
export function saveReceiptButton(pollId, { choice, revision, receipt }) {
  if (!receipt?.note) return nothing;
  const file = { meeting_id: boot.meeting_id, poll_id: pollId, choice, revision, receipt };
  return html`<button type="button" class="btn plain" @click=${() => saveJson(file, `bien-nhan-${receiptCode(receipt)}.json`)}>
    ${icon("download")}<span>${t("receipt.save")}</span></button>`;
}

/** "Kiểm tra trong nhật ký": checks the voter's ballot against the watched log, and shows each step in words. */
import { html, nothing, render } from "lit-html";
import { api } from "../../lib/api.js";
import { boot, root } from "../../lib/boot.js";
import { icon } from "../../lib/ui/icon.js";
import { t } from "../../lib/words.js";
import { isWithheld, keptBallot, labelOf } from "./card_model.js";
import { openBallots, openCheckpoints } from "../model/storage.js";
import { LogWatch } from "../vote_log/log_watch.js";
import { contradicts } from "./own_ballot_check.js";
import { saveReceiptButton } from "./receipt_file.js";
import { slipButton } from "./receipt_slip.js";
import { checkReceipt } from "./receipts.js";

/** @typedef {import("./receipts.js").Checked} Checked */
/** @typedef {import("../../lib/schemas.js").OwnBallot} OwnBallot */

export class ReceiptCheck {
  #busy = false;
  /** @type {Checked|null} */ #checked = null;
  /** Whether the compared choice is the one stored on this device. */
  #ownMemory = false;

  /** @param {HTMLElement} place @param {{poll: import("../../lib/schemas.js").PollView, ballot: OwnBallot, meeting_title: string}} shown */
  constructor(place, { poll, ballot, meeting_title: meeting }) {
    this.place = place;
    this.meeting = meeting;
    this.poll = poll;
    this.ballot = ballot;
  }

  renderSteps() {
    render(html`<button type="button" class="btn plain ${this.#busy ? "busy" : ""}" ?disabled=${this.#busy} @click=${() => void this.check()}>
        ${icon("shield-check")}<span>${t("receipt.check")}</span></button>
      ${saveReceiptButton(this.poll.id, this.ballot)}
      ${slipButton({ meetingId: boot.meeting_id, meeting: this.meeting, title: this.poll.title, at: this.ballot.at, receipt: this.ballot.receipt })}
      <div class="receipt-steps" role="status">${this.#checked ? this.#outcome(this.#checked) : nothing}</div>`, this.place);
  }

  async check() {
    this.#busy = true;
    this.renderSteps();
    try {
      const watch = new LogWatch({ meetingId: boot.meeting_id, records: await openCheckpoints(root), api });
      await watch.open();
      const { receipt, choice } = await this.#cast();
      this.#checked = await checkReceipt(watch, { receipt, choice, pollId: this.poll.id, userId: boot.user?.id ?? "", closed: true, withheld: isWithheld(this.poll), voted: this.poll.result?.voted });
      if (contradicts(this.#checked)) await watch.contradicted(`ballot_${this.#checked.reason}`, receipt);
      watch.close();
    } finally {
      this.#busy = false;
      this.renderSteps();
    }
  }

  /**
   * @returns {Promise<{choice: string, receipt: import("./ballot_sending.js").Receipt}>}
   */
  async #cast() {
    const records = await openBallots(root, boot.user?.id ?? "-");
    const known = keptBallot({ my_ballots: [this.ballot] }, this.poll.id, (await records.get(this.poll.id))?.outcome ?? null);
    this.#ownMemory = known?.own ?? false;
    return known?.receipt ? { choice: known.choice, receipt: known.receipt } : this.ballot;
  }

  /** @param {Checked} checked */
  #outcome({ state, reason, steps }) {
    const choice = labelOf(this.poll, this.ballot.choice);
    return html`<ol>${steps.map(({ step, ok }) => html`<li class=${ok ? "ok" : "failed"}>${icon(ok ? "check" : "circle-alert", "small")}
        <span>${t(ok ? `receipt.step_${step}` : `receipt.failed_${step}`, { choice, index: this.ballot.receipt.log_index })}</span></li>`)}</ol>
      <p class="receipt-end ${state}"><b>${t(`receipt.${state}`)}</b> ${t(endOf(state, reason, this.#ownMemory))}</p>`;
  }
}

/** @param {Checked["state"]} state @param {string} reason @param {boolean} ownMemory @returns {string} the message key of the conclusion */
function endOf(state, reason, ownMemory) {
  if (state === "verified" && (reason === "cancelled" || reason === "withheld")) return `receipt.end_${reason}`;
  if (state === "verified") return ownMemory ? "receipt.end_verified" : "receipt.end_verified_server";
  if (state === "not_found") return reason === "restored" ? "receipt.end_restored" : "receipt.end_not_found";
  return state === "broken" ? "receipt.end_broken" : "receipt.end_unknown";
}

/**
 * "In phiếu xác nhận": a receipt as a slip of paper, with a QR code of what a third person needs to find the ballot in
 * the log. Neither the voter nor the choice is on it.
 */
import { html, nothing, render, svg } from "lit-html";
import { sha256 } from "@noble/hashes/sha2.js";
import { encode } from "uqr";
import { api } from "../../lib/api.js";
import { href, root } from "../../lib/boot.js";
import { toHex, utf8 } from "../../lib/bytes.js";
import { moment } from "../../lib/format.js";
import { openDialog } from "../../lib/ui/dialog.js";
import { icon } from "../../lib/ui/icon.js";
import { keepNamesUnbroken } from "../../lib/ui/nonbreaking.js";
import { t } from "../../lib/words.js";
import { openCheckpoints } from "../model/storage.js";
import { isSignedBy, parseNote, readKey } from "../vote_log/checkpoints.js";
import { installationOf } from "../vote_log/log_keys.js";
import { LogWatch } from "../vote_log/log_watch.js";
import { receiptCode } from "./card_model.js";
import { slipText } from "./slip_text.js";

/**
 * @typedef {import("./ballot_sending.js").Receipt} Receipt
 * @typedef {{meetingId: string, meeting: string, title: string, at: string|null, receipt: Receipt|null}} Slip
 *   meeting, title: of the meeting and of the question; at: when the ballot was recorded
 */

const GROUP = /.{1,5}/g;
const KEY_ID_BYTES = 4;
const FINGERPRINT_BYTES = 16;
const QUIET_ZONE = 4;

/** @param {Slip} slip */
export function slipButton(slip) {
  const { receipt } = slip;
  const text = receipt && slipText(receipt);
  if (!receipt || !text) return nothing;
  return html`<button type="button" class="btn plain" @click=${() => void openSlip(slip, receipt, text)}>
    ${icon("printer")}<span>${t("receipt.slip_print")}</span></button>`;
}

/** @param {Slip} slip @param {Receipt} receipt @param {string} text */
async function openSlip(slip, receipt, text) {
  const view = slipView(slip, receipt, { text, key: await keyLine(slip.meetingId, receipt) });
  // What is printed stands in the page itself: a box above the page has no paper size of its own.
  const paper = document.createElement("div");
  paper.className = "slip-paper";
  paper.setAttribute("aria-hidden", "true");
  render(view, paper);
  const { closed } = openDialog({
    title: t("receipt.slip_title"),
    body: ({ close }) => html`<p class="slip-said">${t("receipt.slip_said")}</p>${view}
      <div class="btn-row"><button type="button" class="btn plain" @click=${() => close()}>${t("ui.close")}</button>
        <button type="button" class="btn ink" data-first @click=${() => print()}>${icon("printer")}<span>${t("receipt.slip_print_now")}</span></button></div>`,
  });
  document.body.append(paper);
  await closed;
  paper.remove();
}

/** @param {Slip} slip @param {Receipt} receipt @param {{text: string, key: string}} more */
function slipView({ meeting, title, at }, receipt, { text, key }) {
  return html`<article class="slip">
    <p class="slip-title">${t("receipt.slip_title")}</p>
    <p class="slip-meeting">${keepNamesUnbroken(meeting)}</p>
    <p class="slip-question">${keepNamesUnbroken(title)}</p>
    ${at ? html`<p class="num">${t("receipt.slip_at", { time: moment(at) })}</p>` : nothing}
    ${qrCode(text)}
    <p class="slip-code num">${t("receipt.slip_place", { code: receiptCode(receipt), index: receipt.log_index })}
      <span translate="no">${t("receipt.slip_log", { log: receipt.log_id })}</span></p>
    <p class="slip-text" translate="no">${text.match(GROUP)?.join(" ")}</p>
    <p class="num" translate="no">${key}</p>
    <p class="slip-how">${t("receipt.slip_how", { address: location.origin + href("/verify") })}</p>
  </article>`;
}

/** @param {string} text */
function qrCode(text) {
  const { data, size } = encode(text, { ecc: "M", border: 0 });
  const dark = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : []))).join("");
  const whole = size + 2 * QUIET_ZONE;
  const box = `${-QUIET_ZONE} ${-QUIET_ZONE} ${whole} ${whole}`;
  return html`<svg class="slip-qr" viewBox=${box} role="img" aria-label=${t("receipt.slip_qr")} shape-rendering="crispEdges">
    ${svg`<path fill="#fff" d="M${-QUIET_ZONE} ${-QUIET_ZONE}h${whole}v${whole}h-${whole}z"/><path fill="#000" d=${dark}/>`}</svg>`;
}

/**
 * The key that signed the receipt, as this device knows it from the log, which it asks for once.
 * @param {string} meetingId @param {Receipt} receipt @returns {Promise<string>} a line of the slip
 */
async function keyLine(meetingId, receipt) {
  const note = parseNote(receipt.note);
  const [signature] = note?.signatures ?? [];
  if (!note || !signature) return "";
  const named = `${signature.name}+${toHex(signature.signed.slice(0, KEY_ID_BYTES))}`;
  const records = await openCheckpoints(root);
  let vkey = await knownKey(records, meetingId, { note, named });
  if (!vkey) {
    const watch = new LogWatch({ meetingId, records, api });
    await watch.open();
    await watch.look({ now: true });
    watch.close();
    vkey = await knownKey(records, meetingId, { note, named });
  }
  return vkey ? t("receipt.slip_key", { key: fingerprintOf(vkey) }) : t("receipt.slip_key_named", { key: named });
}

/**
 * @param {import("../../lib/idb_store.js").Records} records @param {string} meetingId
 * @param {{note: import("../vote_log/checkpoints.js").Note, named: string}} receipt named: name and id of its key
 * @returns {Promise<string|undefined>} the vkey that signed it
 */
async function knownKey(records, meetingId, { note, named }) {
  /** @type {import("../vote_log/watched_log.js").Watched|undefined} */
  const watched = await records.get(meetingId);
  const pinned = watched?.logs.flatMap(({ pins }) => pins.map(({ vkey }) => vkey)) ?? [];
  return [...pinned, (await records.get(installationOf(named)))?.vkey].find((vkey) => {
    const key = readKey(vkey);
    return key !== null && isSignedBy(note, key);
  });
}

/** @param {string} vkey @returns {string} the first bytes of its SHA-256, in hex groups of four */
function fingerprintOf(vkey) {
  return toHex(sha256(utf8(vkey)).slice(0, FINGERPRINT_BYTES)).match(/.{4}/g)?.join(" ") ?? "";
}

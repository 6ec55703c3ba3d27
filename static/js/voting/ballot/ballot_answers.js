/** Parses the server's answers about a ballot for ballot_sending. Pure; validates every shape. */
import { fromHex } from "../../lib/bytes.js";
import { isPassing } from "../../lib/fetch_with_timeout.js";

/** @typedef {import("./ballot_sending.js").Answer} Answer */
/** @typedef {import("./ballot_sending.js").Receipt} Receipt */

const TOO_MANY_REQUESTS = 429;

/** @param {any} receipt @returns {Receipt|null} without note and proof if they are no texts */
export function receiptFrom(receipt) {
  const sound = Number.isSafeInteger(receipt?.log_index) && receipt.log_index >= 0 && fromHex(receipt.leaf_hash, 32);
  if (!sound) return null;
  const { log_index, leaf_hash, note, proof } = receipt;
  const place = { log_id: String(receipt.log_id ?? ""), log_index, leaf_hash };
  return typeof note === "string" && Array.isArray(proof) ? { ...place, proof: proof.map(String), note } : place;
}

/** @param {any} ballot @returns {Answer} an invalid answer is requested again */
function standingFrom(ballot) {
  if (typeof ballot?.choice !== "string" || !Number.isSafeInteger(ballot.revision)) return { kind: "passing", unsent: false };
  const { choice, revision } = ballot;
  return { kind: "stands", standing: { choice, revision, receipt: receiptFrom(ballot.receipt) } };
}

/**
 * @param {import("./ballot_sending.js").Step} step the request: record a ballot, or fetch the recorded one
 * @param {import("../../lib/fetch_with_timeout.js").Reply} reply
 * @returns {Answer}
 */
export function answerFrom(step, { answer, trouble }) {
  if (trouble) {
    const { code, detail, status } = trouble;
    if (isPassing(trouble)) return { kind: "passing", unsent: status === TOO_MANY_REQUESTS };
    return { kind: "refused", refusal: { code, detail }, status };
  }
  if (step === "post") return standingFrom(answer);
  return answer?.ballot === null ? { kind: "stands", standing: null } : standingFrom(answer?.ballot);
}

/** Short texts about a vote that several screens share. */
import { lang, t } from "../../lib/words.js";
import { paperById } from "../../live/documents.js";
import { itemNumber } from "./vote_state.js";

/** @typedef {import("../../live/room_state.js").Room} Room */
/** @typedef {import("../../lib/schemas.js").PollView} Poll */

/** @template T @param {{vi: T, en: T}} both @returns {T} in the language of the page */
export const said = (both) => (lang === "en" ? both.en : both.vi);

/** @param {Room} room @returns {string} the unit's term for its voters: "đại biểu", "thành viên" */
export const voters = (room) => said(room.meeting.quorum_rule.voters);

/** @param {Room} room @param {Poll} poll @returns {string} "Biểu quyết công khai trên máy · Mục 3" */
export function kindLine(room, poll) {
  const number = itemNumber(room, poll);
  return [t(`question.method_${poll.method}`), number ? t("room.item", { number }) : ""].filter(Boolean).join(" · ");
}

/** @param {Room} room @param {Poll} poll @returns {string} "Theo Dự thảo Nghị quyết, bản 2"; empty without a document */
export function paperLine(room, poll) {
  const title = paperById(room, poll.document_id)?.title;
  if (!poll.document_id || !title) return "";
  return t("chair.by_paper", { title, version: poll.version ?? 1 });
}

/** @param {Poll} poll @returns {import("../../lib/schemas.js").ResultWords|null} */
export const resultWords = (poll) => (poll.result ? said(poll.result) : null);

/** @param {string} text Capitalizes the first letter of a line. */
export const capital = (text) => text.slice(0, 1).toLocaleUpperCase("vi") + text.slice(1);

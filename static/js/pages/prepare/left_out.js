/** Finds documents that publishing would leave out, and a missing chair. Pure, so that it can be tested. */

import { hasFailed, isProcessing, papersOf, peopleOf } from "./shapes.js";

/**
 * @typedef {{failed: string[], late: string[], sending: number, chairless: boolean}} LeftOut
 *   failed, late: names of files that failed or were refused, and of files still being processed
 */

/**
 * @param {import("../../lib/schemas.js").MeetingView} meeting @param {{sending: number, refused: string[]}} uploads refused: names of files
 * @returns {LeftOut|null} null: no confirmation is needed
 */
export function leftOut(meeting, { sending, refused }) {
  const papers = papersOf(meeting);
  const failed = [...papers.filter(hasFailed).map((paper) => paper.title), ...refused];
  // A document whose current version is ready is published with it while its next version is processed.
  const late = papers.filter((paper) => paper.version.status !== "ready" && isProcessing(paper)).map((paper) => paper.title);
  const chairless = peopleOf(meeting).chairs === 0;
  return failed.length || late.length || sending || chairless ? { failed, late, sending, chairless } : null;
}

/** @param {LeftOut} left @returns {string} key of the confirmation text */
export function questionOf({ failed, late, sending }) {
  const files = failed.length + late.length + sending;
  if (!files) return "prepare.publish_without_chair";
  return files === 1 ? "prepare.publish_without_one" : "prepare.publish_without_some";
}

/** What is done with the notes of the paper on the desk, as entries of a menu: also for people who never write. */
import { t } from "../lib/words.js";
import { openFilterSheet } from "./filter_sheet.js";
import { openEarlier } from "./old_version.js";
import { openTakeAway } from "./take_away.js";

/** @typedef {import("./feature.js").InkContext} InkContext */

/** @param {InkContext} context @returns {(import("../lib/menu.js").MenuItem|null)[]} */
export function paperItems(context) {
  const paper = context.reading.shown?.paper;
  if (!paper) return [];
  const before = context.ink.seen.counts.earlier;
  return [
    { label: t("ink.filter"), icon: "eye", run: () => openFilterSheet(context) },
    ...(before ? [{ label: t("ink.earlier", { n: before }), icon: "history", run: () => openEarlier(context) }] : []),
    { label: t("ink.take_away"), icon: "download", run: () => openTakeAway(context, paper) },
  ];
}

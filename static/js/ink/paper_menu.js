/** What is done with the notes of the paper on the desk, from the drawer: also for who never writes. */
import { openMenu } from "../lib/menu.js";
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

/** @param {InkContext} context @param {HTMLElement} button */
export const openPaperMenu = (context, button) => openMenu(button, paperItems(context));

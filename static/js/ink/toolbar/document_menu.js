/** What is done with the notes of the paper on the desk, as entries of a menu: also for people who never write. */
import { t } from "../../lib/words.js";
import { openFilterSheet } from "./filter_dialog.js";
import { openEarlier } from "./earlier_version_bar.js";
import { openExportDialog } from "./export_dialog.js";

/** @typedef {import("../feature.js").InkContext} InkContext */

/** @param {InkContext} context @returns {(import("../../lib/ui/menu.js").MenuItem|null)[]} */
export function paperItems(context) {
  const paper = context.reading.shown?.paper;
  if (!paper) return [];
  const before = context.ink.seen.counts.earlier;
  return [
    { label: t("ink.filter"), icon: "eye", run: () => openFilterSheet(context) },
    ...(before ? [{ label: t("ink.earlier", { n: before }), icon: "history", run: () => openEarlier(context) }] : []),
    { label: t("ink.take_away"), icon: "download", run: () => openExportDialog(context, paper) },
  ];
}

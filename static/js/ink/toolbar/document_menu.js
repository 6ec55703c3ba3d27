/** Menu entries for the notes of the shown document; also for people who may not write. */
import { t } from "../../lib/words.js";
import { openFilterSheet } from "./filter_dialog.js";
import { openEarlier } from "./earlier_version_bar.js";
import { openExportDialog } from "./export_dialog.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */

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

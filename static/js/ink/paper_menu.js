/** What is done with the notes of the paper on the desk, as entries of a menu: also for people who never write. */
import { t } from "../lib/words.js";
import { openFilterSheet } from "./filter_sheet.js";
import { openEarlier } from "./old_version.js";
import { openTakeAway } from "./take_away.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app @returns {(import("../lib/menu.js").MenuItem|null)[]} */
export function paperItems(app) {
  const paper = app.shown?.paper;
  if (!paper) return [];
  const before = app.ink.seen.counts.earlier;
  return [
    { label: t("ink.filter"), icon: "eye", run: () => openFilterSheet(app) },
    ...(before ? [{ label: t("ink.earlier", { n: before }), icon: "history", run: () => openEarlier(app) }] : []),
    { label: t("ink.take_away"), icon: "download", run: () => openTakeAway(app, paper) },
  ];
}

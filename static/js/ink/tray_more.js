/** Behind "Thêm": the tools for which the tray has no room, and what is done with the notes of a paper. */
import { openMenu } from "../lib/menu.js";
import { t } from "../lib/words.js";
import { keyOf } from "./ink_keys.js";
import { paperItems } from "./paper_menu.js";
import { SLOTS, toolIcon } from "./tray_model.js";

/** @typedef {import("./feature.js").InkContext} InkContext */

/** @param {InkContext} context @param {HTMLElement} button @param {import("./tray_model.js").Slot[]} slots that the tray does not show */
export function openMore(context, button, slots) {
  const { tray } = context.ink;
  const tools = slots.flatMap((slot) => SLOTS[slot]).map((tool) => ({
    label: t(tray.tool === tool ? "ink.chosen_tool" : "ink.tool_named", { tool: t(`ink.tool_${tool}`) }),
    icon: toolIcon(tool),
    key: keyOf(tool) ?? undefined,
    run: () => tray.toggle(tool),
  }));
  openMenu(button, [
    ...tools,
    ...(tools.length ? [null] : []),
    ...paperItems(context),
    ...context.parts("pageMenu"),
    null,
    { label: t("ink.put_away"), icon: "x", run: () => tray.put(false) },
  ]);
}

/** Behind "Thêm": the tools for which the tray has no room, and what is done with the notes of a paper. */
import { openMenu } from "../../lib/ui/menu.js";
import { t } from "../../lib/words.js";
import { keyOf } from "./ink_keys.js";
import { paperItems } from "./document_menu.js";
import { toolsIn } from "./toolbar_model.js";

/** @typedef {import("../feature.js").InkContext} InkContext */

/** @param {InkContext} context @param {HTMLElement} button @param {import("./toolbar_model.js").Slot[]} slots that the tray does not show */
export function openMore(context, button, slots) {
  const { toolbar } = context.ink;
  const tools = slots.flatMap(toolsIn).map(({ name, icon }) => ({
    label: t(toolbar.tool === name ? "ink.chosen_tool" : "ink.tool_named", { tool: t(`ink.tool_${name}`) }),
    icon,
    key: keyOf(name) ?? undefined,
    run: () => toolbar.toggle(name),
  }));
  openMenu(button, [
    ...tools,
    ...(tools.length ? [null] : []),
    ...paperItems(context),
    ...context.parts("pageMenu"),
    null,
    { label: t("ink.put_away"), icon: "x", run: () => toolbar.put(false) },
  ]);
}

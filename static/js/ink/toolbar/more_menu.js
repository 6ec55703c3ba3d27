/** The menu "Thêm": tools that do not fit in the toolbar, and actions on the notes of the document. */
import { openMenu } from "../../lib/ui/menu.js";
import { t } from "../../lib/words.js";
import { keyOf } from "./ink_keys.js";
import { paperItems } from "./document_menu.js";
import { toolsIn } from "./toolbar_model.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */

/** @param {InkContext} context @param {HTMLElement} button @param {import("./toolbar_model.js").Slot[]} slots that do not fit */
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

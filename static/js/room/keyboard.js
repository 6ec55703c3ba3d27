/** Keys and clickers in the room; ignored in text fields, in dialogs and during IME composition. */
import { isTyping } from "../lib/ui/typing.js";
import { belongsToControl, commandOf } from "./keys.js";

/**
 * @param {import("./feature.js").Drawer} drawer Escape closes it where it covers the page
 * @param {import("./feature.js").FeatureInstance[]} instances
 */
export function listenToKeys(drawer, instances) {
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    // The slider takes no text: arrows and clickers turn pages there too.
    const slider = target?.matches("input[type=range]") ?? false;
    if (document.querySelector("dialog[open]") || (isTyping(event) && !slider)) return;
    if (event.key === "Escape" && drawer.open && drawer.covers) {
      drawer.toggle();
      return;
    }
    if (instances.some((one) => one.onKey?.(event))) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (!command || belongsToControl(event.key, target)) return;
    event.preventDefault();
    instances.find((one) => one.shortcuts?.[command])?.shortcuts?.[command]();
  });
}

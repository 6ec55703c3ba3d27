/** Whether the tray stands beside the page or below it, now. */
import { sideFor } from "./tray_model.js";

/** @type {import("./tray_model.js").Side} */ let stood = "foot";

/** A keyboard on the glass makes the window low: the tray does not jump while somebody writes. */
export function traySide() {
  if (!document.activeElement?.matches("textarea, input:not([type=range])")) stood = sideFor(window.innerWidth, window.innerHeight);
  return stood;
}

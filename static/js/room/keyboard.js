/** Keys and clickers in the room; silent in fields, in dialogs and while a word is being composed. */
import { isTyping } from "../lib/typing.js";
import { belongsToControl, commandOf } from "./keys.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

const SCROLL_SHARE = 0.25;

/** @param {RoomApp} app @returns {Record<string, () => void>} */
function commandsOf(app) {
  const { viewport } = app.viewer;
  return {
    next: () => app.turn(1),
    previous: () => app.turn(-1),
    first: () => app.goTo(1),
    last: () => app.goTo(app.viewer.count),
    down: () => viewport.scroll(SCROLL_SHARE),
    up: () => viewport.scroll(-SCROLL_SHARE),
    larger: () => viewport.zoomStep(1),
    smaller: () => viewport.zoomStep(-1),
    follow: () => app.back(),
  };
}

/** @param {RoomApp} app */
export function listenToKeys(app) {
  const commands = commandsOf(app);
  document.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    // The slider is a field in name only: arrows and clickers turn pages there too.
    const slider = target?.matches("input[type=range]") ?? false;
    if (document.querySelector("dialog[open]") || (isTyping(event) && !slider)) return;
    if (event.key === "Escape" && app.ui.drawer && app.drawerCovers) {
      app.toggleDrawer();
      return;
    }
    if (app.ink.key(event)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (!command || belongsToControl(event.key, target)) return;
    event.preventDefault();
    commands[command]?.();
  });
}

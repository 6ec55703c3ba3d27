/** A dialog or sheet that shows the room as it changes, and knows what the server refused while it was open. */

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("../lib/dialog.js").Opened} Opened */

/**
 * Draws a dialog again whenever the room is drawn, as long as it is open.
 * @param {RoomApp} app @param {Opened} opened @returns {Opened}
 */
export function live(app, opened) {
  const draw = () => {
    if (opened.element.open) opened.redraw();
  };
  app.alsoDrawn.add(draw);
  // A long one begins at its beginning, whatever holds the focus.
  opened.element.scrollTop = 0;
  void opened.closed.then(() => app.alsoDrawn.delete(draw));
  return opened;
}

/** @param {RoomApp} app whether a step has to wait: for an answer, or for the line */
export const waits = (app) => app.chairing.busy || app.actions.busy || !app.online;

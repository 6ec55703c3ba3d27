/** Dialogs and sheets that show the room as it changes. */

/** @typedef {import("./dialog.js").Opened} Opened */

/**
 * Draws a dialog again whenever the room is drawn, as long as it is open.
 * @param {{alsoDrawn: Set<() => void>}} app @param {Opened} opened @returns {Opened}
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

/** Dialogs and sheets that are rendered again when the room changes. */

/** @typedef {import("./dialog.js").Opened} Opened */

/**
 * Renders an open dialog again after each render of the room.
 * @param {{alsoDrawn: Set<() => void>}} app @param {Opened} opened @returns {Opened}
 */
export function live(app, opened) {
  const draw = () => {
    if (opened.element.open) opened.redraw();
  };
  app.alsoDrawn.add(draw);
  // A long dialog starts at the top even when the focused element is further down.
  opened.element.scrollTop = 0;
  void opened.closed.then(() => app.alsoDrawn.delete(draw));
  return opened;
}

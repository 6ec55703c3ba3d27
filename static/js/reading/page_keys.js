/** The shortcuts of the page. */

const SCROLL_SHARE = 0.25;

/** @param {import("./reading_controller.js").ReadingController} reading @returns {Record<string, () => void>} */
export function pageShortcuts(reading) {
  const { viewer } = reading;
  const { viewport } = viewer;
  return {
    next: () => reading.turnPage(1),
    previous: () => reading.turnPage(-1),
    first: () => reading.goTo(1),
    last: () => reading.goTo(viewer.count),
    down: () => viewport.scroll(SCROLL_SHARE),
    up: () => viewport.scroll(-SCROLL_SHARE),
    larger: () => viewport.zoomStep(1),
    smaller: () => viewport.zoomStep(-1),
    follow: () => reading.back(),
  };
}

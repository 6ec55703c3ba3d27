/** Announces visible changes to screen readers, in a live region. */

/** @type {HTMLElement | undefined} */
let liveRegion;

/** @param {string} text */
export function say(text) {
  if (!liveRegion) {
    liveRegion = document.createElement("div");
    liveRegion.className = "for-reader";
    liveRegion.setAttribute("role", "status");
    document.body.append(liveRegion);
  }
  liveRegion.textContent = text;
}

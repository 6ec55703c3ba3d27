/** Tells a screen reader what changed where eyes see it by themselves. */

/** @type {HTMLElement | undefined} */
let ear;

/** @param {string} text */
export function say(text) {
  if (!ear) {
    ear = document.createElement("div");
    ear.className = "for-reader";
    ear.setAttribute("role", "status");
    document.body.append(ear);
  }
  ear.textContent = text;
}

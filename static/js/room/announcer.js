/** Says changes of state to a screen reader, politely; the same sentence is not said twice in a row. */

export class Announcer {
  #last = "";

  constructor() {
    this.element = document.createElement("div");
    this.element.className = "for-reader";
    this.element.setAttribute("role", "status");
    this.element.setAttribute("aria-live", "polite");
    document.body.append(this.element);
  }

  /** @param {string} sentence */
  say(sentence) {
    if (!sentence || sentence === this.#last) return;
    this.#last = sentence;
    this.element.textContent = sentence;
  }
}

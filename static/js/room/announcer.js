/** Announces state changes to screen readers (polite); a repeated sentence is announced once. */

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

import { say } from "../lib/ui/status_message.js";

/** Announces state changes to screen readers (polite); a repeated sentence is announced once. */
export class Announcer {
  #last = "";

  constructor() {
    say(""); // A live region has to exist before its first text.
  }

  /** @param {string} sentence */
  say(sentence) {
    if (!sentence || sentence === this.#last) return;
    this.#last = sentence;
    say(sentence);
  }
}

/** The list of demo steps: polls the server and marks the steps that are done. */

const EVERY = 700;

/** @typedef {{done: number[], cut: string[], phone_path: string}} DemoState */

export class Steps {
  /** @param {HTMLElement} strip @param {(state: DemoState) => void} onState */
  constructor(strip, onState) {
    this.items = /** @type {HTMLElement[]} */ ([...strip.querySelectorAll("[data-step]")]);
    this.onState = onState;
  }

  /** Polls without end; continues after a failed request. */
  async start() {
    for (;;) {
      try {
        const answer = await fetch("/demo/state");
        if (answer.ok) this.show(await answer.json());
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  /** @param {DemoState} state */
  show(state) {
    const next = [1, 2, 3, 4, 5, 6, 7, 8].find((number) => !state.done.includes(number));
    for (const item of this.items) {
      const number = Number(item.dataset.step);
      const done = state.done.includes(number);
      item.classList.toggle("done", done);
      item.classList.toggle("next", number === next);
      /** @type {HTMLElement} */ (item.querySelector("[data-done]")).hidden = !done;
    }
    this.onState(state);
  }
}

/** Runs a computation so that the page still answers, and shows how far it is. */

const SLICE_MS = 24;

/**
 * Runs all steps, giving way to other work after each slice of time.
 * @template T
 * @param {import("./interfaces.js").Steps<T>} steps
 * @param {(progress: import("./interfaces.js").Progress|null) => boolean} goesOn hears how far it is, and answers
 *   whether to go on
 * @returns {Promise<T|null>} null if it was told to stop
 */
export async function runInSlices(steps, goesOn) {
  const channel = new MessageChannel();
  /** @type {import("./interfaces.js").Progress|null} */
  let progress = null;
  for (;;) {
    const until = performance.now() + SLICE_MS;
    let step = steps.next();
    while (!step.done && performance.now() < until) {
      progress = step.value ?? progress;
      step = steps.next();
    }
    if (step.done) return step.value;
    if (!goesOn(progress)) return null;
    await nextTask(channel);
  }
}

/**
 * Waits for a task of its own: timers wait longer, and much longer in a hidden page.
 * @param {MessageChannel} channel
 */
function nextTask(channel) {
  return new Promise((resolve) => {
    channel.port1.onmessage = resolve;
    channel.port2.postMessage(null);
  });
}

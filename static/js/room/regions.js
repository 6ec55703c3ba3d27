/** The features' parts of each region, in the order of their weight. */
import { nothing } from "lit-html";

/** @typedef {import("./feature.js").FeatureInstance} FeatureInstance */

export class Regions {
  /** @type {Map<string, {at: number, view: (...args: any[]) => any}[]>} */ #parts = new Map();

  /** @param {FeatureInstance[]} instances */
  constructor(instances) {
    for (const { regions } of instances) {
      for (const [region, parts] of Object.entries(regions ?? {})) {
        this.#parts.set(region, [...(this.#parts.get(region) ?? []), ...parts].sort((a, b) => a.at - b.at));
      }
    }
  }

  /** @type {import("./feature.js").PartsOf} */
  all = (region, ...args) => (this.#parts.get(region) ?? []).map((part) => part.view(...args));

  /** @param {"stateBars"} region @returns {unknown} the first non-empty part */
  first(region) {
    for (const part of this.#parts.get(region) ?? []) {
      const view = part.view();
      if (view) return view;
    }
    return nothing;
  }
}

/**
 * @template {{urgency: number}} S
 * @param {(S|null|undefined)[]} steps @returns {S|null} the most urgent one; of equal ones the first
 */
export function mostUrgent(steps) {
  /** @type {S|null} */
  let found = null;
  for (const step of steps) if (step && (!found || step.urgency > found.urgency)) found = step;
  return found;
}

/** One icon of the sprite, as a lit template. Its meaning is always also in words beside or on it. */

import { svg } from "lit-html";

/** Its name carries a hash: a tablet that has it draws every icon without asking again, also offline. */
const sprite = globalThis.document?.documentElement.dataset.icons ?? "";

/**
 * @param {string} name a lucide name listed in static/icons.txt
 * @param {string} [more] further classes, for example "small"
 */
export function icon(name, more = "") {
  return svg`<svg class="icon ${more}" aria-hidden="true" focusable="false"><use href="${sprite}#${name}"></use></svg>`;
}

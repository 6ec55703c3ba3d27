/** One icon of the sprite, as a lit template. Text beside the icon or its label always gives the meaning too. */

import { svg } from "lit-html";

/** The file name contains a hash: a cached sprite serves every icon without another request, also offline. */
const sprite = globalThis.document?.documentElement.dataset.icons ?? "";

/**
 * @param {string} name a lucide name listed in static/icons.txt
 * @param {string} [more] additional classes, for example "small"
 */
export function icon(name, more = "") {
  return svg`<svg class="icon ${more}" aria-hidden="true" focusable="false"><use href="${sprite}#${name}"></use></svg>`;
}

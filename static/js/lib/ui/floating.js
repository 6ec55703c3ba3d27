/** Places floating boxes (menus, popovers) beside their anchor, inside the visible part of the window. */
import { computePosition, flip, offset, shift } from "@floating-ui/dom";

/** @typedef {{left:number, top:number, width:number, height:number}} Rect CSS pixels of the window */
/** @typedef {import("@floating-ui/dom").Placement} Placement */

const PADDING = 8;
/** Boxes have a fixed position and are bounded by the visible part of the window, which an on-screen keyboard reduces. */
const WINDOW = { padding: PADDING, boundary: [] };

/**
 * @param {Placement} placement preferred; the opposite side is used when it has more space
 * @param {number} [gap] pixels between the box and its anchor
 * @returns {Partial<import("@floating-ui/dom").ComputePositionConfig>}
 */
export const placementOptions = (placement, gap = PADDING) => ({
  strategy: "fixed",
  placement,
  middleware: [offset(gap), flip({ ...WINDOW, crossAxis: false, flipAlignment: false }), shift({ ...WINDOW, crossAxis: true })],
});

/**
 * @param {HTMLElement} element with a fixed position, in the document
 * @param {() => Rect} at rectangle of the anchor, read when the position is computed
 * @param {Placement} placement @param {number} [gap]
 */
export async function place(element, at, placement, gap) {
  const anchor = {
    getBoundingClientRect() {
      const { left, top, width, height } = at();
      return new DOMRect(left, top, width, height);
    },
  };
  const { x, y } = await computePosition(anchor, element, placementOptions(placement, gap));
  element.style.left = `${Math.round(x)}px`;
  element.style.top = `${Math.round(y)}px`;
}

/** Where floating boxes are placed, with a window and boxes of given sizes in place of a browser's. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { computePosition } from "@floating-ui/dom";
import { placementOptions } from "../../static/js/lib/ui/floating.js";

/**
 * @param {[number, number, number, number]} anchor left, top, right, bottom
 * @param {[number, number]} box width, height
 * @param {[number, number]} screen width, height
 * @param {import("../../static/js/lib/ui/floating.js").Placement} placement @param {number} [gap]
 */
async function placed([left, top, right, bottom], [width, height], [wide, high], placement, gap) {
  /** @type {any} */
  const platform = {
    getElementRects: () => ({
      reference: { x: left, y: top, width: right - left, height: bottom - top },
      floating: { x: 0, y: 0, width, height },
    }),
    isRTL: () => false,
    isElement: (/** @type {unknown} */ one) => one !== null,
    getOffsetParent: () => null,
    convertOffsetParentRelativeRectToViewportRelativeRect: (/** @type {{rect: object}} */ { rect }) => rect,
    getDimensions: () => ({ width, height }),
    getClippingRect: () => ({ x: 0, y: 0, width: wide, height: high }),
  };
  const { x, y } = await computePosition(/** @type {any} */ ({}), /** @type {any} */ ({}), { ...placementOptions(placement, gap), platform });
  return [x, y];
}

test("a popover stays inside the window, beside or above what it belongs to", async () => {
  const lying = /** @type {[number, number]} */ ([1180, 820]);
  const size = /** @type {[number, number]} */ ([300, 200]);
  assert.deepEqual(await placed([1110, 100, 1158, 148], size, lying, "left"), [802, 24]);
  assert.deepEqual(await placed([500, 300, 530, 330], size, lying, "right"), [538, 215]);
  assert.deepEqual(await placed([900, 300, 930, 330], size, lying, "right"), [592, 215]);
  assert.deepEqual(await placed([100, 700, 148, 748], size, lying, "top"), [8, 492]);
  assert.deepEqual(await placed([500, 40, 520, 60], size, lying, "top"), [360, 68]);
  assert.deepEqual(await placed([300, 20, 360, 60], [344, 300], [360, 800], "right"), [8, 8]);
});

test("a menu opens below its button with their right edges in line, above it at the foot of the window", async () => {
  const phone = /** @type {[number, number]} */ ([360, 800]);
  assert.deepEqual(await placed([300, 10, 348, 58], [240, 200], phone, "bottom-end", 4), [108, 62]);
  assert.deepEqual(await placed([300, 740, 348, 788], [240, 200], phone, "bottom-end", 4), [108, 536]);
  assert.deepEqual(await placed([0, 10, 48, 58], [240, 200], phone, "bottom-end", 4), [8, 62]);
});

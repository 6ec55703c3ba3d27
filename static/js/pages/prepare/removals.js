/**
 * Removal with "Hoàn tác". The element is hidden immediately. It is removed on the server when the time to undo
 * has passed, when another action requires it, or when the page is left.
 */

import { Problem } from "../../lib/api.js";
import { sayProblem, toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { refresh, setLeaving } from "./store.js";

/** @typedef {{ids: string[], send: (keepalive: boolean) => Promise<unknown>, hide: () => void}} Removal */

/** @type {Set<Removal>} */
const pending = new Set();

/** @param {Removal} removal @param {boolean} [keepalive] */
async function finish(removal, keepalive = false) {
  if (!pending.delete(removal)) return;
  removal.hide();
  try {
    await removal.send(keepalive);
  } catch (error) {
    // Already removed by another user: not an error.
    if (!(error instanceof Problem && error.status === 404)) sayProblem(error);
  }
  await refresh();
  setLeaving(removal.ids, false);
}

/**
 * @param {string[]} ids elements to hide
 * @param {string} text "Đã xóa mục 3"
 * @param {(keepalive: boolean) => Promise<unknown>} send request that removes them on the server
 */
export function removeWithUndo(ids, text, send) {
  setLeaving(ids, true);
  /** @type {Removal} */
  const removal = { ids, send, hide: () => {} };
  const undo = () => {
    pending.delete(removal);
    setLeaving(ids, false);
  };
  pending.add(removal);
  removal.hide = toast(text, {
    action: { label: t("ui.undo"), run: undo },
    seconds: 8,
    onGone: () => void finish(removal),
  });
}

/** Sends all pending removals now. */
export async function finishRemovals() {
  await Promise.all([...pending].map((removal) => finish(removal)));
}

addEventListener("pagehide", () => {
  for (const removal of pending) void finish(removal, true);
});

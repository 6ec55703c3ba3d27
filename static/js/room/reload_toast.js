/** A notice that stays until the page is reloaded, with a button that does it. */
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

const UNTIL_RELOADED_S = 24 * 3600;

/** @param {string} sentence @param {"bad"} [tone] */
export function askToReload(sentence, tone) {
  const action = { label: t("room.reload"), run: () => location.reload() };
  toast(sentence, { seconds: UNTIL_RELOADED_S, action, tone });
}

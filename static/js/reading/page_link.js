/**
 * A link into a room that names a page of a document, "#paper=…&page=7": the page opens apart, also for a
 * presenter. The link applies once: a reload restores the last reading position.
 */
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("./feature.js").ReadingContext} ReadingContext */
/** @typedef {{paper: string, page: number, version: number|null}} LinkedPlace `version`: an earlier version */

/** @param {string} hash of an address @returns {LinkedPlace|null} */
export function placeIn(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ""));
  const [paper, page, version] = [said.get("paper"), Number(said.get("page") ?? 1), said.get("version")];
  if (!paper || !Number.isSafeInteger(page) || page < 1) return null;
  return { paper, page, version: version && Number.isSafeInteger(Number(version)) ? Number(version) : null };
}

export class PageLink {
  /** @param {ReadingContext} context its room may not be known yet */
  constructor(context) {
    this.context = context;
    addEventListener("hashchange", () => this.follow());
  }

  /** Opens the link once the room is known. */
  follow() {
    const wanted = placeIn(location.hash);
    if (!wanted || !this.context.connection.room) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    const paper = this.context.reading.model.openApart(wanted.paper, wanted.page);
    if (!paper) toast(t("room.link_gone"), { tone: "bad" });
    else if (wanted.version !== null && wanted.version < paper.current_version) void this.context.reading.openVersion(wanted.version, wanted.page);
  }
}

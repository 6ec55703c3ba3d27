/**
 * Notices about documents in the room: a document was published, or a newer version replaced one. A new document
 * is marked in the agenda until it is opened.
 */
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */
/** @typedef {import("../live/room_state.js").RoomEvent} RoomEvent */

export class DocumentNews {
  /** Published documents and their last seen versions. @type {Map<string, number>|null} */ #seen = null;
  /** @type {Set<string>} */ #unopened = new Set();

  /** @param {{open: (documentId: string) => void, onPage: () => string|null, say: (words: string) => void}} interfaces `onPage`: the open document */
  constructor(interfaces) {
    this.interfaces = interfaces;
  }

  /** @param {string} documentId whether it was published during this visit and is unopened */
  isNew(documentId) {
    return this.#unopened.has(documentId);
  }

  /** @param {Room} room @param {RoomEvent[]} events The first room is the baseline. */
  roomChanged(room, events) {
    const before = this.#seen;
    const published = publishedIn(room);
    this.#seen = new Map(published.map((one) => [one.id, one.current_version]));
    this.opened(this.interfaces.onPage());
    if (!before) return;
    const byMe = events.length === 1 && events[0]?.actor === room.me.user_id;
    for (const one of published) {
      const version = before.get(one.id);
      if (version === undefined) this.#published(one, byMe);
      else if (version < one.current_version) this.#replaced(one, byMe);
    }
  }

  /** @param {string|null} documentId of the open document */
  opened(documentId) {
    if (documentId) this.#unopened.delete(documentId);
  }

  /** @param {Paper} paper @param {boolean} byMe no notice for the publisher */
  #published(paper, byMe) {
    this.#unopened.add(paper.id);
    if (!byMe) this.#notify(paper, t("room.document_published", { title: paper.title }));
  }

  /** @param {Paper} paper @param {boolean} byMe No notice if the document is on the page: the bar under the top bar shows it. */
  #replaced(paper, byMe) {
    const words = t("room.document_replaced", { title: paper.title, version: paper.current_version });
    if (this.interfaces.onPage() === paper.id) this.interfaces.say(words);
    else if (!byMe) this.#notify(paper, words);
  }

  /** @param {Paper} paper @param {string} words */
  #notify(paper, words) {
    toast(words, { action: { label: t("room.view"), run: () => this.interfaces.open(paper.id) } });
  }
}

/** @param {Room} room @returns {Paper[]} published documents with readable pages */
function publishedIn(room) {
  const all = [...room.meeting.documents, ...room.meeting.agenda.flatMap((item) => item.documents)];
  return all.filter((one) => one.published_at && one.version?.page_count);
}

/** The agenda in the drawer: which items are expanded; and the announcement when the current item changes. */
import { t } from "../lib/words.js";
import { isOver } from "../live/meeting_state.js";
import { itemNow } from "../live/view_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("./feature.js").AgendaNeeds} AgendaNeeds */

export class AgendaController {
  /** @type {Map<string, boolean>} what this person expanded (true) or collapsed; the default no longer matters there */ #chosen = new Map();

  /** @param {AgendaNeeds} context */
  constructor(context) {
    this.context = context;
  }

  /** @param {string} itemId whether the item is expanded */
  isOpen(itemId) {
    const chosen = this.#chosen.get(itemId);
    if (chosen !== undefined) return chosen;
    const { room, reading } = this.context;
    const own = room.meeting.agenda.find((item) => item.id === itemId);
    return isOver(room) || itemId === room.meeting.current_item_id
      || (own?.documents.some((document) => document.id === reading.follow.place?.document_id) ?? false);
  }

  /** @param {string} itemId */
  toggleItem(itemId) {
    this.#chosen.set(itemId, !this.isOpen(itemId));
    this.context.redraw();
  }

  /** @param {Room} room @param {import("../live/room_state.js").RoomEvent[]} events announced to screen readers */
  announce(room, events) {
    const types = new Set(events.map((event) => event.type));
    const current = itemNow(room);
    if (types.has("current_item_changed") && current) {
      this.context.announce(t("room.item_titled", { number: current.number, title: current.item.title }));
    }
    if (types.has("meeting_status_changed")) this.context.announce(t(`room.said_${room.meeting.status}`));
  }
}

/** What a screen reader is told of the room: the agenda, the meeting's status, the presentation. */
import { placeOf } from "../live/presentation.js";
import { toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { itemNow } from "./view_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("./announcer.js").Announcer} Announcer */

/** @param {Announcer} announcer @param {Room} room @param {import("../live/room_state.js").RoomEvent[]} events */
export function announceEvents(announcer, room, events) {
  const types = new Set(events.map((event) => event.type));
  const current = itemNow(room);
  if (types.has("current_item_changed") && current) {
    announcer.say(t("room.item_titled", { number: current.number, title: current.item.title }));
  }
  if (types.has("meeting_status_changed")) announcer.say(t(`room.said_${room.meeting.status}`));
  if (types.has("presenter_changed") && room.meeting.presenter === room.me.user_id) {
    announcer.say(t("room.presenter_is_me"));
    if (!events.some((event) => event.actor === room.me.user_id)) toast(t("room.presenter_is_me"));
  }
}

/** @param {Announcer} announcer @param {Room} room The page that is presented. */
export function announcePage(announcer, room) {
  const live = placeOf(room.live);
  if (live) announcer.say(t("room.page", { page: live.page }));
}

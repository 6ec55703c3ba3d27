/** Transfers the presentation from one person to another. */
import { api } from "../lib/api.js";
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";

const UNDO_SECONDS = 8;

export class Presenting {
  /** @param {import("./feature.js").PresentationNeeds} context */
  constructor(context) {
    this.context = context;
  }

  /** @param {string} userId @param {string} name */
  async transfer(userId, name) {
    const { context } = this;
    const before = context.room.meeting.presenter;
    if (!(await this.#put(userId))) return;
    const undo = before ? { label: t("room.undo"), run: () => void this.#put(before) } : undefined;
    const own = userId === context.room.me.user_id;
    toast(own ? t("room.presenter_is_me") : t("room.presenter_is", { name }), { seconds: UNDO_SECONDS, action: undo });
  }

  /** @param {string} userId */
  #put(userId) {
    return this.context.requests.run(() => api.put(`/meetings/${this.context.meetingId}/presenter`, { user_id: userId }));
  }

  /** @param {import("../live/room_state.js").Room} room @param {import("../live/room_state.js").RoomEvent[]} events */
  announce(room, events) {
    if (!events.some((event) => event.type === "presenter_changed") || room.meeting.presenter !== room.me.user_id) return;
    this.context.announce(t("room.presenter_is_me"));
    if (!events.some((event) => event.actor === room.me.user_id)) toast(t("room.presenter_is_me"));
  }
}

/** The right to write for the whole room: the switch of a meeting, and muting one person. */
import { html } from "lit-html";
import { isOver } from "../live/meeting_state.js";
import { api } from "../lib/api.js";
import { extended } from "../lib/extended.js";
import { toast } from "../lib/ui/toast.js";
import { t } from "../lib/words.js";
import { writingReducers } from "./writing_state.js";
import { writingSwitch } from "./writing_switch.js";

/** @typedef {Pick<import("../room/feature.js").RoomContext, "room"|"waits"|"requests"|"meetingId">} WritingNeeds */
/** @typedef {WritingNeeds & {writing: Writing}} WritingContext */
/** @typedef {Pick<Writing, "mute">} WritingInterface */

const UNDO_SECONDS = 8;

class Writing {
  /** @param {WritingNeeds} context */
  constructor({ meetingId, requests }) {
    this.path = `/meetings/${meetingId}`;
    this.requests = requests;
  }

  /** @param {boolean} allowed whether members may write for the whole room */
  async letMembersWrite(allowed) {
    const done = await this.requests.run(() => api.patch(this.path, { member_writing: allowed }));
    if (done) toast(t(allowed ? "room.member_writing_on" : "room.member_writing_off"));
  }

  /** @param {string} userId @param {string} name @param {boolean} muted barred from writing for the whole room until unmuted */
  async mute(userId, name, muted) {
    if (!(await this.#put(userId, muted))) return;
    const undo = { label: t("room.undo"), run: () => void this.#put(userId, !muted) };
    toast(t(muted ? "room.muted" : "room.unmuted", { name }), { seconds: UNDO_SECONDS, action: undo });
  }

  /** @param {string} userId @param {boolean} muted */
  #put(userId, muted) {
    return this.requests.run(() => api.put(`${this.path}/writing/${userId}`, { muted }));
  }
}

/** @type {import("../room/feature.js").Feature} */
export const writing = {
  name: "writing",
  reducers: writingReducers,
  /** @param {WritingNeeds} context */
  create(context) {
    const actions = new Writing(context);
    /** @type {WritingContext} */
    const own = extended(context, { writing: actions });
    const view = () => writingSwitch(own);
    return {
      provides: { writing: actions },
      regions: {
        runSheet: [{ at: 30, view }],
        sideColumn: [{ at: 40, view: () => (isOver(context.room) ? "" : html`<section><h2>${t("room.common_page")}</h2>${view()}</section>`) }],
      },
    };
  },
};

/** Registers the offline feature: the offline notice and the cached room. */
import { boot } from "../lib/boot.js";
import { extended } from "../lib/extended.js";
import { Away } from "./away.js";
import { awayLine } from "./away_line.js";

/**
 * @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"online"|"setOnline"|"serverClock"|"behind"|"busy"
 *   |"announce"|"redraw">
 *   & import("../room/feature.js").ConnectionOf<"room"|"connected"|"open"|"resume">} OfflineNeeds
 * @typedef {OfflineNeeds & {away: Away}} OfflineContext
 */

/** @type {import("../room/feature.js").Feature} */
export const offline = {
  name: "offline",
  /** @param {OfflineNeeds} context */
  create(context) {
    const { meetingId } = context;
    const away = new Away(context, meetingId);
    /** @type {OfflineContext} */
    const own = extended(context, { away });
    return {
      start: () => void away.enter(),
      onRoomEvents: () => away.saver.soon(),
      onLive: () => away.saver.soon(),
      onJoined: (room) => away.joined(room),
      onConnectionChanged: (online) => away.lineIs(online),
      leave: (why) => {
        away.saver.stop();
        if (why === "refused" && boot.user) void away.saver.cache.drop(boot.user.id, meetingId);
      },
      regions: { stateLines: [{ at: 10, view: () => awayLine(own) }] },
    };
  },
};

/** Search in the room: a field with its results in the drawer, and a line with the hits on the page. */
import { extended } from "../lib/extended.js";
import { HitMarks } from "./hit_marks.js";
import { hitLine } from "./hit_line.js";
import { SearchController } from "./search_controller.js";
import { searchPart } from "./search_part.js";

/** @typedef {Pick<import("../room/feature.js").RoomContext, "meetingId"|"room"|"drawer"|"redraw"|"announce"|"reading">} SearchNeeds */
/** @typedef {SearchNeeds & {search: SearchController}} SearchContext */

/** @param {SearchNeeds} context @returns {import("../room/feature.js").FeatureInstance} */
export function create(context) {
  const { meetingId, drawer, reading, announce } = context;
  const controller = new SearchController({
    path: `/meetings/${meetingId}/search`,
    announce,
    // For this person alone: the room does not move.
    open: (hit) => {
      reading.openApart(hit.document_id, hit.page);
      if (drawer.open && drawer.covers) drawer.toggle();
    },
  });
  const marks = new HitMarks(reading.viewer.pageElement);
  /** @type {SearchContext} */
  const own = extended(context, { search: controller });
  const follow = (/** @type {import("../live/presentation.js").Place|null} */ place) => marks.show(controller.boxesAt(place));
  reading.onPage(follow);
  controller.changed = () => {
    follow(reading.shown?.place ?? null);
    context.redraw();
  };
  return {
    start: () => {
      // A link from a result elsewhere: its page opens by the link, its places are marked here.
      const wanted = new URLSearchParams(location.search).get("find");
      if (wanted) controller.type(wanted);
    },
    regions: {
      drawer: [{ at: 5, view: () => searchPart(own) }],
      stateLines: [{ at: 90, view: () => hitLine(own) }],
    },
  };
}

/** Annotations in the room: the state that events change. The parts on the screen are loaded after the first page. */
import { annotationReducers, ownAnnotationEvents } from "../live/annotations.js";

/** @type {import("../room/feature.js").Feature} */
export const ink = {
  name: "ink",
  initialState: () => ({ annotations: {} }), // Loaded for each document when it is shown.
  reducers: annotationReducers,
  ownReducers: ownAnnotationEvents,
  quietEvents: [...Object.keys(annotationReducers), ...Object.keys(ownAnnotationEvents)],
  later: true,
};

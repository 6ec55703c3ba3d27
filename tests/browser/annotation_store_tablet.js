/** A tablet without its screen, for a test page: the line to a room and the annotation store on real storage. */
import { boot, root } from "../../static/js/lib/boot.js";
import { createAnnotationStore } from "../../static/js/ink/sync/store_factory.js";
import { annotationReducers, ownAnnotationEvents } from "../../static/js/live/annotations.js";
import { Connection } from "../../static/js/live/connection.js";
import { documentReducers } from "../../static/js/live/documents.js";
import { RoomState } from "../../static/js/live/room_state.js";

const STYLE = { color: "#1c4fa1", width: 2.6, opacity: 1, size: 20 };
const nothing = () => {};
/** What this tablet keeps of the room. */
const state = new RoomState([
  { initialState: () => ({ annotations: {} }), reducers: annotationReducers, ownReducers: ownAnnotationEvents },
  { reducers: documentReducers },
]);

/** @type {any} */
const app = {};
export const store = createAnnotationStore(app);
app.store = store;

/** @param {string} meetingId @param {string} documentId */
export async function enter(meetingId, documentId) {
  app.connection = new Connection({ root, meetingId, protocolVersion: boot.protocol_version, state, listener: {
    room: (_room, why, events) => store.roomChanged(why === "snapshot", events),
    joined: () => store.joined(),
    own: (event) => store.own(event),
    tick: (tick) => store.liveInk.tick(tick),
    live: nothing, changed: nothing, online: nothing, revoked: nothing,
    refused: (refusal) => console.error("refused", JSON.stringify(refusal)),
  } });
  await store.start();
  app.connection.open();
  await until(() => app.connection.room);
  store.show(documentId);
}

/** @param {() => any} done @param {number} [seconds] @returns {Promise<boolean>} */
export async function until(done, seconds = 20) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
    if (await done()) return true;
  }
  return false;
}

/** @param {string} documentId @param {number} count of marks on its first page, once they are on the disk */
export const remembered = (documentId, count) =>
  until(async () => Object.keys((await store.papers.kept.read(documentId))?.["1/1"] ?? {}).length === count);

/** @param {string} documentId @param {number} count @param {string} [audience] @returns {any[]} strokes down the page, in order */
export const strokes = (documentId, count, audience = "private") => Array.from({ length: count }, (_, at) => ({
  document_id: documentId, version: 1, page: 1, kind: "ink", audience, user_id: null, style: STYLE, text: null, anchor: null,
  geometry: { strokes: [Array.from({ length: 40 }, (_point, n) => [0.1 + n * 0.01, 0.05 + (at % 200) / 250 + (n % 5) / 2000, 0.5])] },
}));

/** One after the other, as a hand makes them. @param {any[]} drafts */
export function write(drafts) {
  return drafts.flatMap((draft) => store.addAnnotations(draft).ids);
}

/** @param {string} documentId @returns {any[]} on its first page */
export const marks = (documentId) => store.view.marks({ document_id: documentId, version: 1, page: 1 });

/** @param {{id: string}} mark @param {"private"|"meeting"} audience who sees it from now on */
export const reach = ({ id }, audience) => store.changeAll([{ id, patch: { audience, user_id: null } }]);

/** @param {string} documentId */
export const heights = (documentId) => marks(documentId).map((one) => one.geometry.strokes[0][0][1]);

/** Draws half of a stroke for the room; `finish` ends it. @param {string} documentId */
export function drawHalf(documentId) {
  const [draft] = strokes(documentId, 1, "meeting");
  const id = store.newId();
  const points = draft.geometry.strokes[0];
  store.wet({ id, document_id: documentId, version: 1, page: 1, style: STYLE, points: points.slice(0, 20) }, "meeting");
  return { id, finish: () => store.addAnnotations({ ...draft, id }) };
}

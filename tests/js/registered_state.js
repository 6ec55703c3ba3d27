/** The state of a room as the registered features make it; they are loaded with what they ask of a page to load. */
import { RoomState } from "../../static/js/live/room_state.js";

/** @typedef {import("../../static/js/live/room_state.js").Room} Room */

Object.assign(globalThis, {
  HTMLElement: class {},
  customElements: { define: () => {} },
  document: { documentElement: { dataset: {} }, getElementById: () => ({ textContent: "{}" }), createTreeWalker: () => ({}) },
});

/** @typedef {import("../../static/js/live/room_state.js").StatePart & {name: string, create?: unknown, later?: boolean}} Registered */
/** @type {{features: readonly Registered[]}} */
const registry = await import(new URL("../../static/js/room/features.js", import.meta.url).href);
export const { features } = registry;
const state = new RoomState(features);

/** @param {any} snapshot @returns {Room} */
export const roomFrom = (snapshot) => state.from(snapshot);

/** @param {Room} room @param {any} event @returns {Room} */
export const reduce = (room, event) => state.reduce(room, event);

/** @param {Room} room @param {any} event @returns {Room} */
export const reduceOwn = (room, event) => state.reduceOwn(room, event);

/** The event types with a reducer; twice where two parts of the state have one. */
export const reducedTypes = state.parts.flatMap((part) => Object.keys(part.reducers ?? {}));

/**
 * The `create` functions of the features that are loaded after the first page, by name. They are in one module so that
 * the bundle has one file of them, and a few files of what they share with the room.
 */
import { create as ink } from "../ink/room_instance.js";
import { create as notes } from "../notes/room_instance.js";
import { create as search } from "../search/room_instance.js";
import { create as voting } from "../voting/room_instance.js";

/** @type {Record<string, import("./feature.js").Create>} */
export const creators = { ink, notes, search, voting };

/** Ids that this client creates for annotations and pending operations. They sort in creation order. */
import { randomKey } from "../../lib/api.js";

let last = 0;

/** @returns {string} 25 characters; a later one sorts after an earlier one, also across reloads */
export function newId() {
  last = Math.max(Date.now(), last + 1);
  return last.toString(36).padStart(9, "0") + randomKey().slice(0, 16);
}

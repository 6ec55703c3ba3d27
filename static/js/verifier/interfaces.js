/**
 * Work in small steps, so that a page that checks a large archive still answers and shows how far it is. Types alone.
 */

/**
 * @typedef {"read"|"hash"|"signatures"|"entries"} Stage
 * @typedef {{stage: Stage, part: number}} Progress `part`: from 0 to 1 of this stage of one log
 */
/**
 * @template T
 * @typedef {Generator<Progress|undefined, T, void>} Steps a computation that pauses now and then
 */

export {};

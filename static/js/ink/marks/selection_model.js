/** Properties of the selected marks and the actions allowed on them. Pure. */

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../../lib/schemas.js").Audience} Audience */
/**
 * @typedef {{count: number, mine: boolean, author: {user_id: string, name: string}|null, at: string|null,
 *   audience: Audience|null, userName: string|null, colors: string[], color: string|null, changes: boolean, clears: boolean, removes: boolean,
 *   reaches: Audience[]}} Selection
 *   mine: all belong to this person; author, at, audience: null unless equal for all; colors: choices common to all;
 *   changes: own marks whose audience this person may choose now, so edits are allowed; removes: own marks, deletion is
 *   allowed; clears: marks of others that may be cleared from the room; reaches: audiences to choose instead
 */

/**
 * @template T
 * @param {T[]} values @returns {T|null} the common value; null: they differ or there are none
 */
const agreed = ([first, ...others]) => (first !== undefined && others.every((one) => one === first) ? first : null);

/**
 * @param {Annotation[]} marks
 * @param {{me: string, runs: boolean, audiences: Audience[], withdrawable?: Audience[], colorsFor: (mark: Annotation) => string[]}} person
 *   runs: may clear marks of others from the room; audiences: those this person may choose now; withdrawable: those from which own
 *   marks can be withdrawn
 * @returns {Selection|null} null: nothing is selected
 */
export function selectionOf(marks, { me, runs, audiences, withdrawable = audiences, colorsFor }) {
  const [first] = marks;
  if (!first) return null;
  const mine = marks.every((mark) => mark.author === me);
  const author = agreed(marks.map((mark) => mark.author));
  const audience = agreed(marks.map((mark) => mark.audience));
  const mayChange = mine && marks.every((mark) => audiences.includes(mark.audience));
  const mayWithdraw = mine && marks.every((mark) => withdrawable.includes(mark.audience));
  const palettes = marks.map(colorsFor);
  return {
    count: marks.length,
    mine,
    author: author === null ? null : { user_id: author, name: first.author_name },
    at: agreed(marks.map((mark) => mark.created_at)),
    audience,
    userName: agreed(marks.map((mark) => mark.user_name)),
    colors: mayChange && agreed(palettes.map(String)) !== null ? (palettes[0] ?? []) : [],
    color: agreed(marks.map((mark) => mark.style.color)),
    changes: mayChange,
    clears: !mine && runs && marks.every((mark) => mark.audience === "meeting" && mark.author !== me),
    removes: mayWithdraw,
    // "person" stays available to choose another recipient.
    reaches: mayWithdraw ? audiences.filter((one) => one === "person" || one !== audience) : [],
  };
}

/** What can be done with the marks that are selected. Pure. */

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../../lib/schemas.js").Audience} Audience */
/**
 * @typedef {{count: number, mine: boolean, author: {user_id: string, name: string}|null, at: string|null,
 *   audience: Audience|null, userName: string|null, colors: string[], color: string|null, changes: boolean, clears: boolean, removes: boolean,
 *   reaches: Audience[]}} Selection
 *   mine: all are one's own; author, at, audience: where they agree; colors: that all of them can have;
 *   changes: one's own, and those who see them may see what becomes of them; removes: one's own, for good;
 *   clears: another's, taken away from the room; reaches: whom they can be shown to instead
 */

/**
 * @template T
 * @param {T[]} values @returns {T|null} the one they all are
 */
const agreed = ([first, ...others]) => (first !== undefined && others.every((one) => one === first) ? first : null);

/**
 * @param {Annotation[]} marks
 * @param {{me: string, runs: boolean, audiences: Audience[], withdrawable?: Audience[], colorsFor: (mark: Annotation) => string[]}} person
 *   runs: may clear marks of others from the room; audiences: that this person may choose now; withdrawable: from these own marks
 *   can be taken back
 * @returns {Selection|null} null: nothing is selected
 */
export function selectionOf(marks, { me, runs, audiences, withdrawable = audiences, colorsFor }) {
  const [first] = marks;
  if (!first) return null;
  const mine = marks.every((mark) => mark.author === me);
  const author = agreed(marks.map((mark) => mark.author));
  const audience = agreed(marks.map((mark) => mark.audience));
  const mayChange = mine && marks.every((mark) => audiences.includes(mark.audience));
  const mayTakeBack = mine && marks.every((mark) => withdrawable.includes(mark.audience));
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
    removes: mayTakeBack,
    // To one person: also when another one has them now.
    reaches: mayTakeBack ? audiences.filter((one) => one === "person" || one !== audience) : [],
  };
}

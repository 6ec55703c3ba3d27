/** Limits of annotations, identical to documents/annotations/rules.py. Pure. */

export const MOST_POINTS = 10_000;
export const MOST_BOXES = 500;
export const MOST_ON_A_PAGE = 2000;
export const LONGEST_TEXT = 4000;
export const NARROWEST = 0.1;
export const WIDEST = 100;
export const FAINTEST = 0.05;
export const SMALLEST_LETTERS = 5;
export const LARGEST_LETTERS = 200;

/** A tag closes at once or has an attribute; "x<y và y>z" is arithmetic. */
const TAG = /<(?:\/?[a-z][^<>\s]*(?:\s*\/?>|\s+[a-z-]+\s*=)|[!?](?:--|[a-z]))/i;

/** @param {string} text @returns {boolean} whether it contains a tag; the server refuses such a text */
export const hasTag = (text) => TAG.test(text);

/** Which annotations of a document are shown, their authors, and those on earlier versions. Pure. */
import { byGivenName } from "../../lib/format.js";

/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {{onlyMine: boolean, none: boolean, people: ReadonlySet<string>}} Shows people: authors whose annotations are hidden */
/** @typedef {{user_id: string, name: string, color: string, count: number, hidden: boolean, me: boolean}} Writer */
/** @typedef {{version: number, count: number, pages: {page: number, count: number}[]}} Earlier */

/** @type {Shows} */
export const ALL = { onlyMine: false, none: false, people: new Set() };

/** @param {Pick<Annotation, "author">} mark @param {Shows} shows @param {string} me */
export const isShown = ({ author }, shows, me) => !shows.none && (author === me || (!shows.onlyMine && !shows.people.has(author)));

/** @param {Iterable<Annotation>} marks @param {Shows} shows @param {string} me @returns {number} how many are hidden */
export function countHidden(marks, shows, me) {
  let hidden = 0;
  for (const mark of marks) if (!isShown(mark, shows, me)) hidden += 1;
  return hidden;
}

/** @param {Iterable<string>} colors @returns {string} the most frequent one */
function mostUsed(colors) {
  /** @type {Map<string, number>} */
  const counted = new Map();
  for (const color of colors) counted.set(color, (counted.get(color) ?? 0) + 1);
  return [...counted].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "#000000";
}

/**
 * All authors: this person first, then by given name.
 * @param {Iterable<Annotation>} marks @param {Shows} shows @param {string} me @returns {Writer[]}
 */
export function writers(marks, shows, me) {
  /** @type {Map<string, Annotation[]>} */
  const by = new Map();
  for (const mark of marks) by.set(mark.author, [...(by.get(mark.author) ?? []), mark]);
  const found = [...by].map(([user_id, own]) => ({
    user_id,
    name: own[0]?.author_name ?? "",
    color: mostUsed(own.map((mark) => mark.style.color)),
    count: own.length,
    hidden: !isShown({ author: user_id }, shows, me),
    me: user_id === me,
  }));
  return found.sort((a, b) => Number(b.me) - Number(a.me) || byGivenName(a.name, b.name));
}

/** @param {Shows} shows @param {string} userId @param {boolean} hidden @returns {Shows} */
export function withPerson(shows, userId, hidden) {
  const people = new Set(shows.people);
  if (hidden) people.add(userId);
  else people.delete(userId);
  return { ...shows, people };
}

/**
 * Annotations on earlier versions of the document.
 * @param {Iterable<Annotation>} marks of all versions @param {number} current @returns {Earlier[]} the latest version first
 */
export function earlier(marks, current) {
  /** @type {Map<number, Map<number, number>>} */
  const versions = new Map();
  for (const { version, page } of marks) {
    if (version >= current) continue;
    const pages = versions.get(version) ?? new Map();
    versions.set(version, pages.set(page, (pages.get(page) ?? 0) + 1));
  }
  return [...versions]
    .sort((a, b) => b[0] - a[0])
    .map(([version, counts]) => {
      const pages = [...counts].sort((a, b) => a[0] - b[0]).map(([page, count]) => ({ page, count }));
      return { version, pages, count: pages.reduce((sum, one) => sum + one.count, 0) };
    });
}

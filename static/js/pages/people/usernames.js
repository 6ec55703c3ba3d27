/** Proposes a user name from a person's name, in the form usual in Vietnamese offices. Pure. */

import { folded } from "../../lib/format.js";

/**
 * "Nguyễn Thị Minh Khai" → "khai.ntm"; with a number appended when that is taken.
 * @param {string} name
 * @param {Set<string>} [taken]
 */
export function proposeUsername(name, taken = new Set()) {
  const words = folded(name).replace(/[^a-z0-9\s]/g, "").trim().split(/\s+/).filter(Boolean);
  const given = words.pop();
  if (!given) return "";
  const initials = words.map((word) => word[0]).join("");
  const base = initials ? `${given}.${initials}` : given;
  for (let n = 1; ; n += 1) {
    const username = n === 1 ? base : `${base}${n}`;
    if (!taken.has(username)) return username;
  }
}

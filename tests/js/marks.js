/** Pens and notes for the tests. */
import { chance } from "./chance.js";

export const A4 = Math.SQRT2;
export const style = { color: "#1c4fa1", width: 2.6, opacity: 1, size: 20 };

/** @param {object} [more] @returns {any} a draft of a short stroke */
export const draft = (more = {}) => ({
  id: "a".repeat(20), document_id: "d", version: 1, page: 1, kind: "ink", audience: "private", user_id: null, style, text: null,
  anchor: null, geometry: { strokes: [[[0.1, 0.1, 0.5], [0.2, 0.1, 0.5]]] }, ...more,
});

/** @param {string} id @param {object} [more] @returns {any} as the server has it */
export const annotation = (id, more = {}) => ({
  ...draft(), id, author: "me", author_name: "Me", user_name: null, revision: 1, created_at: "2026-11-24T02:00:00Z",
  updated_at: "2026-11-24T02:00:00Z", ...more,
});

/** @param {number} seed @param {number} points @returns {[number, number, number][]} a hand that goes on writing */
export function handwriting(seed, points) {
  const random = chance(seed);
  let [x, y, angle, pressure] = [0.2 + random() / 2, 0.2 + random() / 2, random() * 6, 0.5];
  return Array.from({ length: points }, () => {
    angle += (random() - 0.45) * 0.5;
    pressure = Math.min(1, Math.max(0.05, pressure + (random() - 0.5) * 0.08));
    x = Math.min(1, Math.max(0, x + Math.cos(angle) * 0.0008));
    y = Math.min(1, Math.max(0, y + (Math.sin(angle) * 0.0008) / A4));
    return [x, y, pressure];
  });
}

/** Three lines of four words. @type {[number, number, number, number, string][]} */
export const words = ["Căn cứ Luật Tổ", "chức chính quyền địa", "phương ngày 16 tháng"].flatMap((line, row) =>
  line.split(" ").map((word, at) => [(1 + at) / 10, (10 + 3 * row) / 100, (18 + 10 * at) / 100, (12 + 3 * row) / 100, word]));

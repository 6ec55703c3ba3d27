/**
 * Writes tests/js/ink_cases.json: what server and tablets must say alike about pens and notes.
 * Faults, merges, the grid and moves are told by hand; simplified strokes are what simplify.js makes of them.
 *
 * node tests/js/make_ink_cases.mjs
 */
import { writeFileSync } from "node:fs";
import { simplified } from "../../static/js/ink/model/simplify.js";

const style = { color: "#1c4fa1", width: 2.6, opacity: 1, size: 20 };
const draft = {
  id: "stroke-0000000000", page: 1, kind: "ink", audience: "private", user_id: null, style, text: null, anchor: null,
  geometry: { strokes: [[[0.1, 0.1, 0.5], [0.2, 0.1, 0.5]]] },
};
const text = { kind: "text", geometry: { box: [0.1, 0.1, 0.4, 0.2] }, text: "Đề nghị làm rõ" };
const note = { kind: "note", geometry: { at: [0.5, 0.5] } };

/** @type {[object, string|null][]} `points`, `boxes`, `letters`: that many, too long to be written out */
const faults = [
  [{}, null],
  [{ id: "short" }, "invalid_input"],
  [{ id: "has a space in the id" }, "invalid_input"],
  [{ kind: "scribble" }, "invalid_input"],
  [{ audience: "everybody" }, "invalid_input"],
  [{ page: 0 }, "invalid_input"],
  [{ page: 1.5 }, "invalid_input"],
  [{ audience: "person", user_id: null }, "invalid_input"],
  [{ audience: "person", user_id: "u1" }, null],
  [{ audience: "meeting", user_id: "u1" }, "invalid_input"],
  [{ geometry: { strokes: [] } }, "geometry_does_not_fit"],
  [{ geometry: { strokes: [[]] } }, "geometry_does_not_fit"],
  [{ geometry: { strokes: [[[0.1, 0.1]]] } }, "geometry_does_not_fit"],
  [{ geometry: { boxes: [[0.1, 0.1, 0.2, 0.2]] } }, "geometry_does_not_fit"],
  [{ geometry: { strokes: [[[0.1, 0.1, "hard"]]] } }, "geometry_does_not_fit"],
  [{ geometry: { strokes: [[[0.1, 1.00001, 0.5]]] } }, "off_the_page"],
  [{ geometry: { strokes: [[[-0.00001, 0.1, 0.5]]] } }, "off_the_page"],
  [{ geometry: { strokes: [[[0, 0, 0], [1, 1, 1]]] } }, null],
  [{ kind: "highlight" }, "geometry_does_not_fit"],
  [{ kind: "highlight", geometry: { boxes: [[0.1, 0.1, 0.4, 0.12]] } }, null],
  [{ kind: "underline", geometry: { boxes: [[0.1, 0.1, 0.4, 0.12]] } }, null],
  [{ kind: "strike", geometry: { boxes: [[0.4, 0.1, 0.1, 0.12]] } }, "geometry_does_not_fit"],
  [{ kind: "strike", geometry: { boxes: [[0.1, 0.1, 1.4, 0.12]] } }, "off_the_page"],
  [{ kind: "arrow", geometry: { from: [0.1, 0.1], to: [0.2, 0.2] } }, null],
  [{ kind: "arrow", geometry: { from: [0.1, 0.1] } }, "geometry_does_not_fit"],
  [{ kind: "rectangle", geometry: { box: [0.1, 0.1, 0.2, 0.2] } }, null],
  [{ kind: "rectangle", geometry: { box: [0.1, 0.2, 0.2, 0.1] } }, "geometry_does_not_fit"],
  [note, null],
  [{ ...note, text: "Đề nghị xem lại <5% và a < b > c" }, null],
  [{ ...note, text: "xem <b>kỹ</b>" }, "html_in_text"],
  [{ ...note, text: "<script src=x>" }, "html_in_text"],
  [{ ...note, text: "<!-- ẩn -->" }, "html_in_text"],
  [text, null],
  [{ ...text, text: null }, "invalid_input"],
  [{ ...text, text: "  " }, "invalid_input"],
  [{ ...note, letters: 4000 }, null],
  [{ ...note, letters: 4001 }, "invalid_input"],
  [{ points: 10_000 }, null],
  [{ points: 10_001 }, "too_many_points"],
  [{ kind: "highlight", boxes: 500 }, null],
  [{ kind: "highlight", boxes: 501 }, "too_many_points"],
  [{ style: { ...style, color: "red" } }, "invalid_input"],
  [{ style: { ...style, width: 0 } }, "invalid_input"],
  [{ style: { ...style, width: 100.1 } }, "invalid_input"],
  [{ style: { ...style, opacity: 0.01 } }, "invalid_input"],
  [{ style: { ...style, size: 4 } }, "invalid_input"],
];

const put = (/** @type {string} */ id, /** @type {number} */ revision) => ({ type: "put", id, revision });
const removed = (/** @type {string} */ id, /** @type {number} */ revision) => ({ type: "removed", id, revision });
/** Every order of the events of a case ends in its state: revisions by id. */
const merges = [
  { events: [put("a", 1)], state: { marks: { a: 1 }, gone: {} } },
  { events: [put("a", 1), put("a", 2)], state: { marks: { a: 2 }, gone: {} } },
  { events: [put("a", 1), removed("a", 2)], state: { marks: {}, gone: { a: 2 } } },
  { events: [put("a", 1), removed("a", 2), put("a", 2)], state: { marks: { a: 2 }, gone: {} } },
  { events: [put("a", 1), put("a", 2), removed("a", 3), put("b", 1)], state: { marks: { b: 1 }, gone: { a: 3 } } },
  { events: [removed("a", 4), removed("a", 2), put("a", 3)], state: { marks: {}, gone: { a: 4 } } },
  { events: [put("a", 5), removed("a", 5), removed("a", 2)], state: { marks: { a: 5 }, gone: {} } },
  { events: [put("a", 3), removed("a", 2), put("b", 1), removed("b", 2)], state: { marks: { a: 3 }, gone: { b: 2 } } },
];

const grid = [
  [[0, 0, 0], [0, 0, 0]],
  [[1, 1, 1], [1, 1, 1]],
  [[0.123456, 0.654321, 0.5], [0.12346, 0.65432, 0.5]],
  [[0.000004, 0.000006, 0.004], [0, 0.00001, 0]],
  [[0.999996, 0.999994, 0.996], [1, 0.99999, 1]],
  [[-0.2, 1.7, 2], [0, 1, 1]],
  [[1 / 3, 2 / 3, 1 / 3], [0.33333, 0.66667, 0.33]],
];

const moves = [
  { geometry: draft.geometry, by: [0.3, 0.2], moved: { strokes: [[[0.4, 0.3, 0.5], [0.5, 0.3, 0.5]]] } },
  { geometry: draft.geometry, by: [2, -2], moved: { strokes: [[[0.9, 0, 0.5], [1, 0, 0.5]]] } },
  { geometry: { boxes: [[0.1, 0.2, 0.3, 0.25], [0.1, 0.3, 0.2, 0.35]] }, by: [-0.5, 0.1], moved: { boxes: [[0, 0.3, 0.2, 0.35], [0, 0.4, 0.1, 0.45]] } },
  { geometry: { at: [0.25, 0.75] }, by: [0.00001, 0.5], moved: { at: [0.25001, 1] } },
  { geometry: { box: [0.5, 0.5, 0.75, 0.75] }, by: [0.125, 0.3], moved: { box: [0.625, 0.75, 0.875, 1] } },
  { geometry: { from: [0.5, 0.25], to: [0.25, 0.5] }, by: [-0.3, 0], moved: { from: [0.25, 0.25], to: [0, 0.5] } },
];

/** @param {number} points @param {(at: number) => [number, number, number]} at @returns {[number, number, number][]} */
const curve = (points, at) => Array.from({ length: points }, (_, n) => {
  const [x, y, p] = at(n / (points - 1));
  return /** @type {[number, number, number]} */ ([Math.round(x * 1e7) / 1e7, Math.round(y * 1e7) / 1e7, Math.round(p * 1e4) / 1e4]);
});
/** @type {{aspect:number, stroke:[number, number, number][]}[]} */
const strokes = [
  { aspect: 1.41421, stroke: [[0.5, 0.5, 0.5]] },
  { aspect: 1.41421, stroke: [[0.1, 0.1, 0.5], [0.1, 0.1, 0.7], [0.3, 0.1, 0.5]] },
  { aspect: 1.41421, stroke: curve(40, (t) => [0.1 + 0.5 * t, 0.4, 0.5]) },
  { aspect: 1.41421, stroke: curve(120, (t) => [0.5 + 0.02 * Math.cos(7 * t), 0.5 + 0.02 * Math.sin(7 * t), 0.5 + 0.3 * Math.sin(9 * t)]) },
  { aspect: 0.70711, stroke: curve(200, (t) => [0.1 + 0.6 * t, 0.3 + 0.01 * Math.sin(60 * t), 0.4 + 0.4 * t]) },
  { aspect: 1, stroke: curve(60, (t) => [0.2 + 0.1 * Math.abs(1 - 2 * t), 0.2, t]) },
];

/** @param {object[]} cases a case a line */
const lines = (cases) => `[\n${cases.map((one) => JSON.stringify(one)).join(",\n")}\n]`;
const parts = {
  faults: faults.map(([change, fault]) => ({ draft: { ...draft, ...change }, fault })),
  merges,
  grid: grid.map(([from, to]) => ({ in: from, out: to })),
  moves,
  simplified: strokes.map(({ aspect, stroke }) => ({ aspect, stroke, out: simplified(stroke, aspect) })),
};
const body = Object.entries(parts).map(([name, cases]) => `"${name}":${lines(cases)}`).join(",\n");
writeFileSync(new URL("ink_cases.json", import.meta.url), `{${body}}\n`);

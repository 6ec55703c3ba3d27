/** What the ink of the page tells the controls round it: a mark was opened, a note wants its words, something is selected. */
import { toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { openMark } from "./mark_popover.js";
import { besideWords } from "./note_place.js";
import { openNewNote, openNote } from "./note_popover.js";
import { clamped } from "./shapes.js";
import { markTypeOf, toolOf } from "./tools/index.js";
import { SelectionBar } from "./selection_bar.js";
import { TextEditor } from "./text_editor.js";
import { anchorOf } from "./words.js";

/** @typedef {import("../room/room_app.js").RoomApp} RoomApp */
/** @typedef {import("./types.js").Annotation} Annotation */
/** @typedef {import("./ports.js").Shape} Shape */
/** @typedef {import("./ports.js").Rect} Rect */

const FINGER_LEAVES_MS = 60;

/** @param {RoomApp} app whose viewer has ink */
export function listenToPage(app) {
  const layer = app.viewer.ink;
  if (!layer) return;
  const bar = new SelectionBar(app);
  Object.assign(layer.hooks, {
    toolChanged: (/** @type {import("./ports.js").ToolName|null} */ tool) => tookUp(app, tool),
    selected: (/** @type {string[]} */ ids, /** @type {Rect|null} */ box) => bar.show(ids, box),
    opened: (/** @type {Annotation} */ mark, /** @type {Rect} */ box) => opened(app, mark, box),
    placed: (/** @type {Shape} */ shape, /** @type {Rect} */ box) => placed(app, shape, box),
    hovered: (/** @type {Annotation|null} */ mark, /** @type {Rect|null} */ box) => app.names.hover(mark, box),
    say: (/** @type {string} */ key) => toast(t(key)),
  });
}

/**
 * A pen on the glass may bring its tool along while the tray is away: it comes out when the pen is up, so
 * that nothing moves under the hand. Until then what is written is private.
 * @param {RoomApp} app @param {import("./ports.js").ToolName|null} tool
 */
function tookUp(app, tool) {
  app.ink.tray.heard(tool);
  if (tool && !app.ink.tray.open) addEventListener("pointerup", () => app.ink.tray.put(true), { once: true });
}

/**
 * A finger that is lifted is followed by a mouse's press that browsers make up; it would take the focus out
 * of the field that just opened under it.
 */
function keepFocus() {
  const still = (/** @type {Event} */ event) => {
    if (event.cancelable) event.preventDefault();
  };
  addEventListener("touchend", still, { passive: false, capture: true });
  setTimeout(() => removeEventListener("touchend", still, { capture: true }), FINGER_LEAVES_MS);
}

/** @param {RoomApp} app @param {Annotation} mark @param {Rect} box */
function opened(app, mark, box) {
  keepFocus();
  app.names.hover(null, null);
  const at = () => box;
  if (markTypeOf(mark).editor === "popover") openNote(app, mark, at);
  else openMark(app, mark, at, isOwnText(app, mark) ? () => rewrite(app, mark) : null);
}

/** @param {RoomApp} app @param {Annotation} mark */
const isOwnText = (app, mark) => markTypeOf(mark).editor === "in_place" && mark.author === app.room.me.user_id && app.ink.writable;

/** @param {RoomApp} app @param {Shape} shape @param {Rect} box A note or a text box stands on the page and wants its words. */
function placed(app, shape, box) {
  const keep = keeperOf(app, shape);
  // One at a time: the next tap is for the page again.
  app.ink.tray.putDown();
  keepFocus();
  if (toolOf(shape.kind)?.mark.editor === "popover") openNewNote(app, (text) => keep(text, shape), () => box);
  else if ("box" in shape.geometry) {
    write(app, shape.geometry.box, styleOf(app, shape), "", (text, fitted) => keep(text, { ...shape, geometry: { box: fitted } }));
  }
}

/** @param {RoomApp} app @param {Shape} shape @returns {import("./types.js").Style} what its tool draws with now */
const styleOf = (app, { kind }) => app.ink.tray.style(toolOf(kind)?.name ?? kind);

/**
 * What is written belongs to the page, and to the eyes, it was begun for, whatever is on the desk at its end.
 * @param {RoomApp} app @param {Shape} begun @returns {(text: string, shape: Shape) => void}
 */
function keeperOf(app, begun) {
  const { ink } = app;
  const { place } = /** @type {import("../room/reading.js").Shown} */ (app.shown);
  const { audience, user_id } = ink.tray.reach;
  const aspect = aspectOf(app);
  const width = app.viewer.viewport.fittedWidth;
  const style = styleOf(app, begun);
  const reading = ink.port.words(place).catch(() => []);
  return (text, shape) => {
    if (!text) return;
    void reading.then((words) => {
      // What it is about lies where it was put; its pin stands beside that.
      const anchor = words.length ? anchorOf(shape.kind, shape.geometry, words, aspect) : null;
      const geometry = "at" in shape.geometry ? clamped({ at: besideWords(shape.geometry.at, words, { width, aspect, pins: pinsOn(app, place) }) }) : shape.geometry;
      ink.add([/** @type {import("./types.js").Draft} */ ({ id: ink.desk.newId(), ...shape, ...place, geometry, audience, user_id, style, text, anchor })]);
    });
  };
}

/** @param {RoomApp} app @param {import("../live/types.js").Place} place @returns {[number, number][]} where notes stand on a page */
const pinsOn = (app, { document_id, version, page }) =>
  app.ink.port.marks(document_id, version, page).flatMap((mark) => ("at" in mark.geometry ? [mark.geometry.at] : []));

/** @param {RoomApp} app @param {Annotation} mark a text box */
function rewrite(app, mark) {
  if (!("box" in mark.geometry)) return;
  write(app, mark.geometry.box, mark.style, mark.text ?? "", (text, box) => {
    if (!text) app.ink.remove([mark.id]);
    else if (text !== mark.text) app.ink.change([{ id: mark.id, patch: { text, geometry: { box } } }]);
  });
}

/**
 * @param {RoomApp} app @param {import("./types.js").Box} box @param {import("./types.js").Style} style @param {string} text
 * @param {(text: string, box: import("./types.js").Box) => void} keep
 */
function write(app, box, style, text, keep) {
  const { layer, viewport } = app.viewer;
  new TextEditor({ leaf: layer.element, width: viewport.fittedWidth, aspect: aspectOf(app), box, style, text, keep });
}

/** @param {RoomApp} app */
function aspectOf(app) {
  const { base } = app.viewer.viewport.standing;
  return base.h / base.w;
}

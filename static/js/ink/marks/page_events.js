/** Connects the hooks of the ink layer to the controls: opened and selected marks, and text input for new ones. */
import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { openMark } from "./mark_popover.js";
import { besideWords } from "../model/note_place.js";
import { openNewNote, openNote } from "./note_popover.js";
import { clamped } from "../model/shapes.js";
import { markTypeOf, toolOf } from "../tools/index.js";
import { SelectionBar } from "./selection_bar.js";
import { TextEditor } from "../editor/text_editor.js";
import { anchorOf } from "../model/page_text.js";

/** @typedef {import("../room_instance.js").InkContext} InkContext */
/** @typedef {import("../../lib/schemas.js").AnnotationView} Annotation */
/** @typedef {import("../sync/interfaces.js").Shape} Shape */
/** @typedef {import("../sync/interfaces.js").Rect} Rect */

const SYNTHETIC_MOUSE_MS = 60;

/** @param {InkContext} context */
export function listenToPage(context) {
  const layer = context.reading.viewer.ink;
  if (!layer) return;
  const bar = new SelectionBar(context);
  Object.assign(layer.hooks, {
    toolChanged: (/** @type {import("../sync/interfaces.js").ToolName|null} */ tool) => onToolChanged(context, tool),
    selected: (/** @type {string[]} */ ids, /** @type {Rect|null} */ box) => bar.show(ids, box),
    opened: (/** @type {Annotation} */ mark, /** @type {Rect} */ box) => opened(context, mark, box),
    placed: (/** @type {Shape} */ shape, /** @type {Rect} */ box) => placed(context, shape, box),
    hovered: (/** @type {Annotation|null} */ mark, /** @type {Rect|null} */ box) => context.names.hover(mark, box),
    say: (/** @type {string} */ key) => toast(t(key)),
  });
}

/**
 * Handles a change of the tool. A pen can choose a tool while the toolbar is hidden: the toolbar then opens on pointer up,
 * so that the layout does not change during the stroke. Until then marks are private.
 * @param {InkContext} context @param {import("../sync/interfaces.js").ToolName|null} tool
 */
function onToolChanged(context, tool) {
  context.ink.toolbar.heard(tool);
  if (tool && !context.ink.toolbar.open) addEventListener("pointerup", () => context.ink.toolbar.put(true), { once: true });
}

/**
 * Suppresses the mouse events that browsers synthesize after a touch: they would take the focus from the field that
 * just opened.
 */
function keepFocus() {
  const still = (/** @type {Event} */ event) => {
    if (event.cancelable) event.preventDefault();
  };
  addEventListener("touchend", still, { passive: false, capture: true });
  setTimeout(() => removeEventListener("touchend", still, { capture: true }), SYNTHETIC_MOUSE_MS);
}

/** @param {InkContext} context @param {Annotation} mark @param {Rect} box */
function opened(context, mark, box) {
  keepFocus();
  context.names.hover(null, null);
  const at = () => box;
  if (markTypeOf(mark).editor === "popover") openNote(context, mark, at);
  else openMark(context, mark, at, isOwnText(context, mark) ? () => rewrite(context, mark) : null);
}

/** @param {InkContext} context @param {Annotation} mark */
const isOwnText = (context, mark) => markTypeOf(mark).editor === "in_place" && mark.author === context.room.me.user_id && context.ink.writable;

/** @param {InkContext} context @param {Shape} shape @param {Rect} box Opens the editor for the text of a new note or text box. */
function placed(context, shape, box) {
  const keep = saverOf(context, shape);
  // The tool creates one mark at a time: the next tap has no tool.
  context.ink.toolbar.putDown();
  keepFocus();
  if (toolOf(shape.kind)?.mark.editor === "popover") openNewNote(context, (text) => keep(text, shape), () => box);
  else if ("box" in shape.geometry) {
    write(context, shape.geometry.box, styleOf(context, shape), "", (text, fitted) => keep(text, /** @type {Shape} */ ({ ...shape, geometry: { box: fitted } })));
  }
}

/** @param {InkContext} context @param {Shape} shape @returns {import("../../lib/schemas.js").Style} current style of its tool */
const styleOf = (context, { kind }) => context.ink.toolbar.style(toolOf(kind)?.name ?? kind);

/**
 * Returns a function that stores the mark with the page and audience of the moment when its editing began.
 * @param {InkContext} context @param {Shape} begun @returns {(text: string, shape: Shape) => void}
 */
function saverOf(context, begun) {
  const { ink } = context;
  const { place } = /** @type {import("../../reading/reading.js").Shown} */ (context.reading.shown);
  const { audience, user_id } = ink.toolbar.reach;
  const aspect = aspectOf(context);
  const width = context.reading.viewer.viewport.fittedWidth;
  const style = styleOf(context, begun);
  const reading = ink.port.words(place).catch(() => []);
  return (text, shape) => {
    if (!text) return;
    void reading.then((words) => {
      // The anchor is at the tapped place; the pin is moved beside the words there.
      const anchor = words.length ? anchorOf(shape.kind, shape.geometry, words, aspect) : null;
      const geometry = "at" in shape.geometry ? clamped({ at: besideWords(shape.geometry.at, words, { width, aspect, pins: pinsOn(context, place) }) }) : shape.geometry;
      ink.addDrafts([/** @type {import("../model/operations.js").Draft} */ ({ id: ink.store.newId(), ...shape, ...place, geometry, audience, user_id, style, text, anchor })]);
    });
  };
}

/**
 * @param {InkContext} context @param {import("../../live/presentation.js").Place} place
 * @returns {[number, number][]} positions of the notes on a page
 */
const pinsOn = (context, { document_id, version, page }) =>
  context.ink.port.marks(document_id, version, page).flatMap((mark) => ("at" in mark.geometry ? [mark.geometry.at] : []));

/** @param {InkContext} context @param {Annotation} mark a text box */
function rewrite(context, mark) {
  if (!("box" in mark.geometry)) return;
  write(context, mark.geometry.box, mark.style, mark.text ?? "", (text, box) => {
    if (!text) context.ink.remove([mark.id]);
    else if (text !== mark.text) context.ink.change([{ id: mark.id, patch: { text, geometry: { box } } }]);
  });
}

/**
 * @param {InkContext} context @param {import("../model/grid.js").Box} box @param {import("../../lib/schemas.js").Style} style @param {string} text
 * @param {(text: string, box: import("../model/grid.js").Box) => void} keep
 */
function write(context, box, style, text, keep) {
  const { layer, viewport } = context.reading.viewer;
  new TextEditor({ pageElement: layer.element, width: viewport.fittedWidth, aspect: aspectOf(context), box, style, text, keep });
}

/** @param {InkContext} context */
function aspectOf(context) {
  const { base } = context.reading.viewer.viewport.transform;
  return base.h / base.w;
}

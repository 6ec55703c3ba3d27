/** Drag and drop of files: highlights the container under the pointer. Other targets do not accept files. */

import { toast } from "../../lib/ui/toast.js";
import { t } from "../../lib/words.js";
import { addFiles } from "./uploads.js";
import { isOver } from "./shapes.js";
import { current, touch } from "./store.js";

/** Id of the container under the dragged files. @type {string | null} */
let hoveredId = null;
/** Whether files are being dragged over the page. */
let dragging = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

export const hoveredContainer = () => hoveredId;
export const filesInTheAir = () => dragging;

/** @param {DragEvent} event */
function containerUnder(event) {
  const target = /** @type {Element | null} */ (event.target instanceof Element ? event.target : null);
  return /** @type {HTMLElement | null} */ (target?.closest("[data-container]") ?? null);
}

/** @param {boolean} now @param {string | null} container */
function set(now, container) {
  if (dragging === now && hoveredId === container) return;
  dragging = now;
  hoveredId = container;
  touch();
}

/** @param {DragEvent} event */
const carriesFiles = (event) => event.dataTransfer?.types.includes("Files") ?? false;

/** @param {DragEvent} event */
function handleDragOver(event) {
  if (!carriesFiles(event)) return;
  event.preventDefault();
  const container = containerUnder(event);
  if (event.dataTransfer) event.dataTransfer.dropEffect = container ? "copy" : "none";
  set(true, container?.dataset.container ?? null);
  // dragover repeats while files are over the page; when it stops, the files have left it.
  clearTimeout(timer);
  timer = setTimeout(() => set(false, null), 300);
}

/** Returns the files. Directories are entries without content and are skipped. @param {DataTransfer} transfer */
function filesIn(transfer) {
  return [...transfer.items]
    .filter((item) => item.kind === "file" && !item.webkitGetAsEntry?.()?.isDirectory)
    .map((item) => item.getAsFile())
    .filter((file) => file !== null);
}

/** @param {DragEvent} event */
function handleDrop(event) {
  if (!carriesFiles(event) || !event.dataTransfer) return;
  event.preventDefault();
  clearTimeout(timer);
  const container = containerUnder(event);
  const files = filesIn(event.dataTransfer);
  set(false, null);
  if (isOver(current())) toast(t("prepare.over"));
  else if (!container) toast(t("prepare.drop_on_an_item"));
  else if (!files.length) toast(t("prepare.no_files_dropped"), { tone: "bad" });
  else {
    const { container: id = "", containerKind } = container.dataset;
    addFiles({ kind: containerKind === "meeting" ? "meeting" : "agenda_item", id }, files);
  }
}

export function startDropping() {
  document.addEventListener("dragenter", handleDragOver);
  document.addEventListener("dragover", handleDragOver);
  document.addEventListener("drop", handleDrop);
}

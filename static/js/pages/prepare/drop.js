/** Drag and drop of files: highlights the container under the pointer. Other targets do not accept files. */

import { sayProblem, toast } from "../../lib/ui/toast.js";
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

/**
 * The dropped files, with those in dropped folders, in the order of their names as people count ("2" before "10").
 * The items are read at once: a browser empties them after the event.
 * @param {DataTransfer} transfer @returns {Promise<File[]>}
 */
async function filesIn(transfer) {
  const found = [...transfer.items].filter((item) => item.kind === "file").map((item) => {
    const entry = item.webkitGetAsEntry?.();
    return entry?.isDirectory ? filesUnder(/** @type {FileSystemDirectoryEntry} */ (entry)) : item.getAsFile();
  });
  const files = (await Promise.all(found)).flat().filter((file) => file !== null);
  return files.sort((a, b) => a.name.localeCompare(b.name, "vi", { numeric: true }));
}

/** @param {FileSystemDirectoryEntry} folder @returns {Promise<File[]>} */
async function filesUnder(folder) {
  const reader = folder.createReader();
  const files = [];
  for (;;) {
    // A browser gives a hundred entries at a time, and none when there are no more.
    /** @type {FileSystemEntry[]} */
    const entries = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!entries.length) return files;
    for (const entry of entries) {
      if (/^(\.|~\$|Thumbs\.db$|desktop\.ini$)/i.test(entry.name)) continue; // files of the system and locks of Office
      if (entry.isDirectory) files.push(...await filesUnder(/** @type {FileSystemDirectoryEntry} */ (entry)));
      else files.push(await new Promise((resolve, reject) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, reject)));
    }
  }
}

/** @param {DragEvent} event */
async function handleDrop(event) {
  if (!carriesFiles(event) || !event.dataTransfer) return;
  event.preventDefault();
  clearTimeout(timer);
  const container = containerUnder(event);
  const reading = filesIn(event.dataTransfer);
  set(false, null);
  const files = await reading;
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
  document.addEventListener("drop", (event) => void handleDrop(event).catch(sayProblem));
}

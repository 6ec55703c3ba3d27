/**
 * Upload queue; thirty files may be dropped at once. Files of one container are sent one after another, so that
 * they keep the order in which they were chosen. Two containers are served at a time. A failed upload stays
 * visible with the reason and actions; a finished upload becomes a document.
 *
 * @typedef {import("../../lib/schemas.js").Shelf} Shelf
 * @typedef {{id: string, container: Shelf, file: File, title: string, replaces: string | null, phase: "waiting" | "sending" | "refused",
 *   fraction: number, reason: string, code: string, stop: AbortController}} Upload
 */

import { api, Problem, randomKey } from "../../lib/api.js";
import { t } from "../../lib/words.js";
import { ACCEPTED, isAccepted } from "./file_formats.js";
import { titleFrom } from "./shapes.js";
import { refresh, touch } from "./store.js";
import { containerPath } from "./verbs.js";

const CONTAINERS_AT_ONCE = 2;

/** @type {Upload[]} */
let uploads = [];

/** @param {Shelf} container */
export function uploadsOn(container) {
  return uploads.filter((upload) => !upload.replaces && upload.container.id === container.id);
}

/** The upload of a new version of a document. @param {string} paperId */
export function uploadFor(paperId) {
  return uploads.find((upload) => upload.replaces === paperId);
}

export function sendingCount() {
  return uploads.filter((upload) => upload.phase !== "refused").length;
}

export function refusedCount() {
  return uploads.filter((upload) => upload.phase === "refused").length;
}

/** @returns {string[]} */
export const refusedTitles = () => uploads.filter((upload) => upload.phase === "refused").map((upload) => upload.file.name);

/** @param {Upload} upload @param {string} code @param {string} reason */
function refuse(upload, code, reason) {
  Object.assign(upload, { phase: "refused", code, reason });
  touch();
}

/** @param {Upload} upload */
async function uploadFile(upload) {
  upload.phase = "sending";
  touch();
  const path = upload.replaces ? `/documents/${upload.replaces}/versions` : `${containerPath(upload.container)}/documents`;
  try {
    await api.upload(path, upload.file, upload.replaces ? {} : { title: upload.title }, {
      key: upload.id,
      signal: upload.stop.signal,
      onProgress: (fraction) => {
        upload.fraction = fraction;
        touch();
      },
    });
    await refresh();
    drop(upload);
  } catch (error) {
    if (error instanceof Problem) refuse(upload, error.code, error.message);
    else if (!upload.stop.signal.aborted) throw error;
  } finally {
    next();
  }
}

function next() {
  const busy = new Set(uploads.filter((upload) => upload.phase === "sending").map((upload) => upload.container.id));
  for (const upload of uploads) {
    if (busy.size >= CONTAINERS_AT_ONCE) return;
    if (upload.phase !== "waiting" || busy.has(upload.container.id)) continue;
    busy.add(upload.container.id);
    void uploadFile(upload);
  }
}

/** @param {Upload} upload */
function drop(upload) {
  uploads = uploads.filter((one) => one !== upload);
  touch();
}

/**
 * Adds files to the queue.
 * @param {Shelf} container
 * @param {Iterable<File>} files
 * @param {string | null} [replaces] id of the document to which this is a new version
 */
export function addFiles(container, files, replaces = null) {
  for (const file of files) {
    /** @type {Upload} */
    const upload = {
      id: randomKey(), container, file, replaces, title: titleFrom(file.name),
      phase: "waiting", fraction: 0, reason: "", code: "", stop: new AbortController(),
    };
    if (replaces) uploads = uploads.filter((one) => one.replaces !== replaces);
    uploads = [...uploads, upload];
    if (!isAccepted(file.name)) refuse(upload, "unsupported_file", t("prepare.unsupported"));
    else if (!file.size) refuse(upload, "empty_file", t("prepare.empty_file"));
  }
  next();
  touch();
}

/** Cancels and removes an upload in any phase. @param {Upload} upload */
export function cancelUpload(upload) {
  upload.stop.abort();
  drop(upload);
  next();
}

/** Sends the file again with the same key, so that a request that already succeeded creates no second document. @param {Upload} upload */
export function retryUpload(upload) {
  Object.assign(upload, { phase: "waiting", fraction: 0, reason: "", code: "", stop: new AbortController() });
  next();
  touch();
}

/**
 * Opens the file picker.
 * @param {{many: boolean, chosen: (files: File[]) => void}} wish
 */
export function chooseFiles({ many, chosen }) {
  const field = document.createElement("input");
  field.type = "file";
  field.accept = ACCEPTED;
  field.multiple = many;
  field.addEventListener("change", () => chosen([...(field.files ?? [])]));
  field.click();
}

// Unfinished uploads would be lost, so the browser asks for confirmation.
addEventListener("beforeunload", (event) => {
  if (sendingCount()) event.preventDefault();
});

/** Files that a person chose: read into memory, up to the limits of the verifier. */
import { checkSize } from "../archive.js";
import { Unusable } from "../faults.js";
import { LONGEST_KEPT } from "../verify.js";

/** @typedef {import("../verify.js").File} Content */

/** @param {File} file @returns {Promise<Uint8Array>} Throws Unusable. */
export async function readArchive(file) {
  checkSize(file.size);
  return bytesOf(file);
}

/** @param {File[]} files @returns {Promise<Content[]>} Throws Unusable. */
export function readSmall(files) {
  return Promise.all(files.map(async (file) => {
    const bytes = await bytesOf(file.slice(0, LONGEST_KEPT));
    return { name: file.name, bytes };
  }));
}

/** @param {Blob} blob @returns {Promise<Uint8Array>} Throws Unusable. */
async function bytesOf(blob) {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (error) {
    // The browser could not read the file: it was moved, or is a folder.
    if (error instanceof DOMException) throw new Unusable("not_readable", { reason: error.message });
    throw error;
  }
}

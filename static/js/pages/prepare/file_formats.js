/** The formats of files that become pages, by the ends of their names; the server recognizes them by their content. */

const EXTENSIONS = ["pdf", "docx", "docm", "doc", "xlsx", "xlsm", "xls", "pptx", "pptm", "ppt", "odt", "ods", "odp", "rtf", "txt",
  "jpg", "jpeg", "png", "tif", "tiff", "heic", "heif"];

/** For a field that chooses files. */
export const ACCEPTED = EXTENSIONS.map((extension) => `.${extension}`).join(",");

/** @param {string} fileName */
export function isAccepted(fileName) {
  const dot = fileName.lastIndexOf(".");
  return dot >= 0 && EXTENSIONS.includes(fileName.slice(dot + 1).toLowerCase());
}

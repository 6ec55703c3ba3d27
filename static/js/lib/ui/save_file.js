/** Saves JSON as a file on this device. */

const REVOKE_MS = 10_000;

/** @param {unknown} value @param {string} name of the file */
export function saveJson(value, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_MS);
}

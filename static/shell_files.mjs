/**
 * Lists the built files of the app shell, which the service worker caches to show the room without a network:
 * the entry of the offline page with its imports, the styles and their fonts.
 */
import path from "node:path";

const ENTRIES = ["offline.js", "early.js", "app.css"];
/** Fonts of scripts that neither interface language uses; a browser never requests them. */
const OTHER_SCRIPTS = /-(cyrillic|greek|hebrew|latin-ext)[^/]*\.woff2$/;

/**
 * @param {import("esbuild").Metafile} metafile
 * @returns {string[]} file names without directories, sorted
 */
export function shellFiles({ outputs }) {
  const found = new Set();
  /** @param {string} output */
  const add = (output) => {
    if (found.has(output) || OTHER_SCRIPTS.test(output)) return;
    found.add(output);
    for (const { path: imported, external } of outputs[output]?.imports ?? []) if (!external) add(imported);
  };
  for (const [output, { entryPoint }] of Object.entries(outputs)) {
    if (entryPoint && ENTRIES.includes(path.basename(entryPoint))) add(output);
  }
  return [...found].map((output) => path.basename(output)).sort();
}

/** Lists of built files: what the page of an entry loads. */
import path from "node:path";

const SHELL = ["offline.js", "room.js", "early.js", "app.css"];
/** Fonts of scripts that neither interface language uses; a browser never requests them. */
const OTHER_SCRIPTS = /-(cyrillic|greek|hebrew|latin-ext)[^/]*\.woff2$/;

/**
 * The app shell, which the service worker caches to show the room without a network: the scripts of the offline page
 * and of the room with all their imports, the styles and their fonts.
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
    if (entryPoint && SHELL.includes(path.basename(entryPoint))) add(output);
  }
  return [...found].map((output) => path.basename(output)).sort();
}

/**
 * The files that each entry imports before it runs, in addition to itself.
 * @param {import("esbuild").Metafile} metafile
 * @returns {Record<string, string[]>} by name of the entry; file names without directories
 */
export function importedFiles({ outputs }) {
  /** @param {string} output @param {Set<string>} found */
  const collect = (output, found) => {
    for (const { path: imported, kind } of outputs[output]?.imports ?? []) {
      if (kind !== "import-statement" || found.has(imported)) continue;
      found.add(imported);
      collect(imported, found);
    }
    return found;
  };
  const entries = Object.entries(outputs).filter(([, { entryPoint }]) => entryPoint?.endsWith(".js"));
  return Object.fromEntries(entries.map(([output, { entryPoint }]) =>
    [path.basename(entryPoint ?? ""), [...collect(output, new Set())].map((file) => path.basename(file))]));
}

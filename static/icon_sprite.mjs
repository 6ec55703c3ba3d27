/**
 * Builds the icon sprite: one <symbol> for each lucide icon listed in static/icons.txt.
 *
 * Use: <svg class="icon" aria-hidden="true"><use href="…/icons.svg#menu"></use></svg>
 */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const ICONS = path.join(
  path.dirname(createRequire(import.meta.url).resolve("lucide-static/package.json")),
  "icons",
);
const LINES =
  'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"';

/**
 * @param {string} listFile one lucide name per line; empty lines and lines with # are ignored
 * @returns {Promise<string>} the sprite as SVG
 */
export async function iconSprite(listFile) {
  const lines = (await readFile(listFile, "utf8")).split("\n").map((line) => line.trim());
  const names = [...new Set(lines.filter((line) => line && !line.startsWith("#")))].sort();
  const symbols = await Promise.all(names.map(symbol));
  return `<svg xmlns="http://www.w3.org/2000/svg">\n${symbols.join("\n")}\n</svg>\n`;
}

/**
 * @param {string} name
 * @returns {Promise<string>}
 */
async function symbol(name) {
  const source = await readFile(path.join(ICONS, `${name}.svg`), "utf8").catch((cause) => {
    throw new Error(`static/icons.txt names "${name}", which lucide does not have`, { cause });
  });
  const inner = /<svg[^>]*>(.*)<\/svg>/s.exec(source)?.[1]?.replace(/\s*\n\s*/g, "");
  if (!inner) throw new Error(`The icon "${name}" is not in the expected form`);
  return `<symbol id="${name}" viewBox="0 0 24 24" ${LINES}>${inner}</symbol>`;
}

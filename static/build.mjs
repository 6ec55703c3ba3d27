/**
 * Builds the front end: static/js/entries/*.js and static/css/app.css become static/dist/.
 *
 * Every built file carries a hash of its content in its name, so that it may be cached for ever;
 * static/dist/manifest.json gives the name to load ("room.js" → "room-3K7Q2ABC.js"), and shell.json
 * lists what a device needs to show the room without a network.
 *
 * The manifest is written last and old files go after it: a running server never sees a manifest
 * whose files are missing.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import * as esbuild from "esbuild";
import { iconSprite } from "./icon_sprite.mjs";
import { shellFiles } from "./shell_files.mjs";

const STATIC = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(STATIC, "dist");
const BROWSERS = ["chrome100", "firefox100", "safari15"];
/** What gets smaller; fonts are compressed already, and maps are for whoever looks for a fault. */
const COMPRESSED = /\.(js|css|svg)$/;
const ENCODINGS = { ".br": promisify(brotliCompress), ".gz": promisify(gzip) };

/**
 * Every browser that runs these modules reads woff2: leave the older font format out of the bundle.
 * @type {esbuild.Plugin}
 */
const onlyWoff2 = {
  name: "only-woff2",
  setup(build) {
    build.onLoad({ filter: /@fontsource[\\/].*\.css$/ }, async ({ path: file }) => {
      const css = await readFile(file, "utf8");
      return { contents: css.replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ""), loader: "css" };
    });
  },
};

/** @returns {Promise<string[]>} what to bundle, as absolute paths */
async function entryPoints() {
  const folder = path.join(STATIC, "js", "entries");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  return [...names.sort().map((name) => path.join(folder, name)), path.join(STATIC, "css", "app.css")];
}

/**
 * @param {esbuild.Metafile} metafile
 * @returns {Record<string, string>} entry name → built file name, both without folders
 */
function manifestOf(metafile) {
  /** @type {Record<string, string>} */
  const manifest = {};
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    if (entryPoint) manifest[path.basename(entryPoint)] = path.basename(output);
  }
  return Object.fromEntries(Object.entries(manifest).sort());
}

/**
 * Puts a whole new content in place at once: a reader sees the old file or the new one.
 * @param {string} name
 * @param {string|Uint8Array} content
 */
async function place(name, content) {
  const file = path.join(DIST, name);
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}

/**
 * Puts the compressed forms of a file beside it, which the server chooses from.
 * @param {string} name @returns {Promise<string[]>} their names
 */
async function compress(name) {
  const content = await readFile(path.join(DIST, name));
  return Promise.all(Object.entries(ENCODINGS).map(async ([ending, encode]) => {
    await place(name + ending, await encode(content));
    return name + ending;
  }));
}

/** @param {Set<string>} wanted file names that stay */
async function sweep(wanted) {
  for (const name of await readdir(DIST)) {
    if (!wanted.has(name)) await rm(path.join(DIST, name), { recursive: true });
  }
}

async function build() {
  await mkdir(DIST, { recursive: true });
  const { metafile } = await esbuild.build({
    entryPoints: await entryPoints(),
    absWorkingDir: path.dirname(STATIC),
    outdir: DIST,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    sourcemap: true,
    target: BROWSERS,
    loader: { ".woff2": "file" },
    plugins: [onlyWoff2],
    metafile: true,
    logLevel: "warning",
  });
  const sprite = await iconSprite(path.join(STATIC, "icons.txt"));
  const icons = `icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8)}.svg`;
  await place(icons, sprite);
  const manifest = { ...manifestOf(metafile), "icons.svg": icons };
  const built = [...Object.keys(metafile.outputs).map((output) => path.basename(output)), icons];
  const compressed = await Promise.all(built.filter((name) => COMPRESSED.test(name)).map(compress));
  await place("shell.json", `${JSON.stringify([...shellFiles(metafile), icons], null, 2)}\n`);
  await place("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  await sweep(new Set([...built, ...compressed.flat(), "manifest.json", "shell.json"]));
  console.log(`${built.length} files, ${Object.keys(manifest).length} entries → static/dist`);
}

await build();

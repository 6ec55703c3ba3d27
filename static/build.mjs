/**
 * Builds the front end: bundles static/js/entries/*.js and static/css/app.css into static/dist/.
 *
 * The name of every built file contains a hash of its content, so that it can be cached without expiry;
 * static/dist/manifest.json maps names to built files ("room.js" → "room-3K7Q2ABC.js"), and shell.json
 * lists the files that show the room without a network, and imports.json the files that an entry imports, which
 * a page names so that browsers fetch all at once. verify.html, which is kept and sent on, has its plain name.
 *
 * The manifest is written last and old files are deleted after it: a running server never reads a
 * manifest whose files are missing.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import * as esbuild from "esbuild";
import { iconSprite } from "./icon_sprite.mjs";
import { importedFiles, shellFiles } from "./shell_files.mjs";
import { verifyPage } from "./verify_page.mjs";

const STATIC = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(STATIC, "dist");
/** Entries with bundles of their own: the room in two files, its later features in a third. */
const ROOM = "room.js", OFFLINE = "offline.js";
/** The page that checks an archive without a server. It is one file with a plain name. */
const VERIFY = "verify.js", VERIFY_PAGE = "verify.html";
const CLASSIC = ["early.js", "theme_early.js", "service_worker.js"];
const BROWSERS = ["chrome100", "firefox100", "safari15"];
/** Files to compress. Fonts are compressed already; source maps are loaded only for debugging. */
const COMPRESSED = /\.(js|css|svg)$/;
const ENCODINGS = { ".br": promisify(brotliCompress), ".gz": promisify(gzip) };

/**
 * Omits woff fonts from the bundle: every browser that runs these modules supports woff2.
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

/**
 * Entry points that are bundled together. A group shares its common modules in separate files; the room and the page
 * that shows it offline share none with others, so that they are few files. Classic scripts cannot import shared files.
 * @returns {Promise<{names: string[], splitting: boolean}[]>}
 */
async function groups() {
  const folder = path.join(STATIC, "js", "entries");
  const names = (await readdir(folder)).filter((name) => name.endsWith(".js")).sort();
  const others = names.filter((name) => ![ROOM, OFFLINE, VERIFY, ...CLASSIC].includes(name));
  const paths = (/** @type {string[]} */ group) => group.map((name) => path.join(folder, name));
  return [
    { names: [...paths([ROOM]), path.join(STATIC, "css", "app.css")], splitting: true },
    { names: paths([OFFLINE]), splitting: false },
    { names: paths(others), splitting: true },
    { names: paths(CLASSIC), splitting: false },
  ];
}

/**
 * @param {{names: string[], splitting: boolean}} group
 * @returns {Promise<esbuild.Metafile>}
 */
async function bundle({ names, splitting }) {
  const { metafile } = await esbuild.build({
    entryPoints: names,
    absWorkingDir: path.dirname(STATIC),
    outdir: DIST,
    entryNames: "[name]-[hash]",
    chunkNames: "part-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    splitting,
    format: "esm",
    minify: true,
    sourcemap: true,
    target: BROWSERS,
    loader: { ".woff2": "file" },
    plugins: [onlyWoff2],
    metafile: true,
    logLevel: "warning",
  });
  return metafile;
}

/**
 * @param {esbuild.Metafile} metafile
 * @returns {Record<string, string>} entry name → built file name, both without directories
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
 * Replaces a file atomically: a reader sees either the old or the new content.
 * @param {string} name
 * @param {string|Uint8Array} content
 */
async function place(name, content) {
  const file = path.join(DIST, name);
  await writeFile(`${file}.new`, content);
  await rename(`${file}.new`, file);
}

/**
 * Writes the compressed variants of a file beside it; the server chooses one of them.
 * @param {string} name @returns {Promise<string[]>} their names
 */
async function compress(name) {
  const content = await readFile(path.join(DIST, name));
  return Promise.all(Object.entries(ENCODINGS).map(async ([ending, encode]) => {
    await place(name + ending, await encode(content));
    return name + ending;
  }));
}

/** Deletes all other files of static/dist. @param {Set<string>} wanted names of files to keep */
async function sweep(wanted) {
  for (const name of await readdir(DIST)) {
    if (!wanted.has(name)) await rm(path.join(DIST, name), { recursive: true });
  }
}

async function build() {
  await mkdir(DIST, { recursive: true });
  const bundled = await Promise.all((await groups()).map(bundle));
  const outputs = Object.assign({}, ...bundled.map((metafile) => metafile.outputs));
  const metafile = { inputs: {}, outputs };
  const sprite = await iconSprite(path.join(STATIC, "icons.txt"));
  const icons = `icons-${createHash("sha256").update(sprite).digest("hex").slice(0, 8)}.svg`;
  await place(icons, sprite);
  const manifest = { ...manifestOf(metafile), "icons.svg": icons };
  const built = [...Object.keys(metafile.outputs).map((output) => path.basename(output)), icons];
  const compressed = await Promise.all(built.filter((name) => COMPRESSED.test(name)).map(compress));
  await place(VERIFY_PAGE, await verifyPage());
  await place("shell.json", `${JSON.stringify([...shellFiles(metafile), icons], null, 2)}\n`);
  await place("imports.json", `${JSON.stringify(importedFiles(metafile), null, 2)}\n`);
  await place("manifest.json", `${JSON.stringify(manifest, null, 2)}\n`);
  await sweep(new Set([...built, ...compressed.flat(), "manifest.json", "shell.json", "imports.json", VERIFY_PAGE]));
  console.log(`${built.length} files, ${Object.keys(manifest).length} entries → static/dist`);
}

await build();

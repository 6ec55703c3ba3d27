/**
 * Builds static/dist/verify.html: the page that checks a vote archive in a browser, in one file that loads nothing. The
 * same sources and packages give the same bytes, whose SHA-256 CHANGELOG.md states.
 *
 * `node static/verify_page.mjs` prints the page.
 */
import { createHash } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const STATIC = path.dirname(fileURLToPath(import.meta.url));
const BROWSERS = ["chrome100", "firefox100", "safari15.4"];

/** @param {string} entry file below static/ @returns {Promise<string>} */
async function bundled(entry) {
  const { outputFiles: [made] } = await esbuild.build({
    entryPoints: [path.join(STATIC, entry)],
    absWorkingDir: path.dirname(STATIC),
    bundle: true,
    write: false,
    format: "iife",
    minify: true,
    charset: "utf8",
    legalComments: "eof",
    // Independent of the options of the type checker.
    tsconfigRaw: {},
    target: BROWSERS,
    logLevel: "warning",
  });
  const text = made?.text.trim() ?? "";
  // Either would end the element that holds it.
  if (/<\/(script|style)/i.test(text)) throw new Error(`${entry} holds the end of an element`);
  return text;
}

/** @param {string} text of an inline element @returns {string} its source expression in a Content-Security-Policy */
const sourceOf = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** @returns {Promise<string>} the page */
export async function verifyPage() {
  const [script, style] = await Promise.all([bundled("js/entries/verify.js"), bundled("css/verify.css")]);
  const policy = [
    "default-src 'none'", `script-src ${sourceOf(script)}`, `style-src ${sourceOf(style)}`, "img-src data:",
    "base-uri 'none'", "form-action 'none'",
  ].join("; ");
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Kiểm tra biểu quyết · Diên Hồng</title>
<link rel="icon" href="data:,">
<style>${style}</style>
<script>${script}</script>
</head>
<body>
<div id="page"><noscript>Trang này cần JavaScript. · This page needs JavaScript.</noscript></div>
</body>
</html>
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(await verifyPage());

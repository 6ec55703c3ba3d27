/**
 * The service worker: serves the app shell when a page is loaded without a network. The shell contains no
 * user data; cached rooms come from IndexedDB (offline/room_cache.js).
 *
 * The server sends this file from the mount path and prepends a line that lists the contents of the shell, so
 * every change of the shell is a new worker. It imports nothing.
 *
 * @typedef {{version: string, root: string, page: string, files: string[]}} Shell `page` is the HTML of the
 *   shell, `files` everything it loads; both are paths on this server
 */
{
  const worker = /** @type {any} */ (self);
  /** @type {Shell} */
  const shell = worker.APP_SHELL;
  const cachePrefix = `dienhong:${shell.root}:shell:`;
  const name = cachePrefix + shell.version;
  const files = new Set(shell.files.map((file) => new URL(file, location.origin).href));
  /** Timeout for a page: a network that drops packets gives no response for minutes. */
  const NETWORK_WITHIN_MS = 8000;
  /** Statuses that a proxy sends when the server is unavailable. */
  const SERVER_AWAY = [502, 503, 504];
  /** First path segments that are not pages for users, and "as", the demo seats, whose sessions the worker cannot distinguish. */
  const NOT_PAGES = ["api", "as", "static", "words", "socket.io", "healthz", "readyz", "metrics", "trust"];

  async function install() {
    const cache = await caches.open(name);
    // The page has a fixed URL and is revalidated; built files have a hash in their names.
    await cache.addAll([new Request(shell.page, { cache: "no-cache" }), ...shell.files]);
    await worker.skipWaiting();
  }

  async function activate() {
    const names = await caches.keys();
    await Promise.all(names.filter((one) => one.startsWith(cachePrefix) && one !== name).map((one) => caches.delete(one)));
    await worker.clients.claim();
  }

  /** @param {string} url */
  const cached = async (url) => (await caches.open(name)).match(url, { ignoreVary: true });

  /** @param {string} path */
  function isPage(path) {
    if (!path.startsWith(`${shell.root}/`)) return false;
    return !NOT_PAGES.includes(path.slice(shell.root.length + 1).split("/")[0] ?? "");
  }

  /**
   * Returns the server's page when it responds in time, else the shell.
   * @param {Request} request
   */
  async function page(request) {
    const answer = fetch(request);
    const instead = await cached(shell.page);
    if (!instead) return answer;
    const late = new Promise((resolve) => setTimeout(() => resolve(null), NETWORK_WITHIN_MS));
    const first = await Promise.race([answer.catch(() => null), late]);
    return first && !SERVER_AWAY.includes(first.status) ? first : instead;
  }

  worker.addEventListener("install", (/** @type {any} */ event) => event.waitUntil(install()));
  worker.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(activate()));
  worker.addEventListener("fetch", (/** @type {any} */ event) => {
    /** @type {Request} */
    const request = event.request;
    if (request.method !== "GET") return;
    const path = new URL(request.url).pathname;
    if (files.has(request.url)) event.respondWith(cached(request.url).then((file) => file ?? fetch(request)));
    else if (request.mode === "navigate" && isPage(path)) event.respondWith(page(request));
  });
}

/** The service worker as pages see it: installed from the room, taken away at sign-out. */
import { boot, href, root } from "../lib/boot.js";

/** The page's own images go first; then a hall of tablets does not fetch the shell in one moment. */
const SETTLE_MS = 2000;
const SPREAD_MS_A_PERSON = 60;
const LONGEST_SPREAD_MS = 30_000;

/** Absent without TLS. A demo has none: several people sit in one browser, each under a path of its own. */
const workers = boot.demo ? undefined : globalThis.navigator?.serviceWorker;

/** Whether a reload without a network would show the room. */
export const reloadIsSafe = () => Boolean(workers?.controller);

/** @param {number} people in the room */
export function installShell(people) {
  if (!workers) return;
  const spread = Math.min(people * SPREAD_MS_A_PERSON, LONGEST_SPREAD_MS);
  setTimeout(() => {
    workers.register(href("/service-worker.js"), { scope: href("/"), updateViaCache: "none" })
      // A certificate that the device does not trust, or a browser that keeps nothing: the room works as without TLS.
      .catch((error) => console.warn("no shell is kept on this device:", error));
  }, SETTLE_MS + Math.random() * spread);
}

export async function eraseShell() {
  if (!workers) return;
  const registration = await workers.getRegistration(href("/"));
  await registration?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(`dienhong:${root}:shell:`)).map((name) => caches.delete(name)));
}

/** Installs the service worker from the room and removes it at sign-out. */
import { boot, href, root } from "../lib/boot.js";

/** Delay and spread of the installation: page images load first, and clients do not fetch the shell all at once. */
const SETTLE_MS = 2000;
const SPREAD_MS_A_PERSON = 60;
const LONGEST_SPREAD_MS = 30_000;

/** Undefined without TLS, and in a demo, where several users share one browser under different paths. */
const workers = boot.demo ? undefined : globalThis.navigator?.serviceWorker;

/** Whether a reload without a network shows the room. */
export const reloadIsSafe = () => Boolean(workers?.controller);

/** @param {number} people in the room */
export function installShell(people) {
  if (!workers) return;
  const spread = Math.min(people * SPREAD_MS_A_PERSON, LONGEST_SPREAD_MS);
  setTimeout(() => {
    workers.register(href("/service-worker.js"), { scope: href("/"), updateViaCache: "none" })
      // The device does not trust the certificate, or storage is refused: the room works as without TLS.
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

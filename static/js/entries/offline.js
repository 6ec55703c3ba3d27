/**
 * Entry point of the app shell, which the service worker serves when a page is loaded without a network: shows
 * the cached room of the user, or else a message that there is no network.
 */
import { showUnavailable } from "../offline/unavailable.js";
import { RoomCache } from "../offline/room_cache.js";

/** @typedef {import("../offline/room_cache.js").SeenRoom} SeenRoom */
/** @typedef {{lang: string, protocol_version: number, words: Record<string, string>, room_script: string}} ShellBoot */

const page = document.documentElement;
const root = page.dataset.root ?? "";
const boot = /** @type {HTMLElement} */ (document.getElementById("boot"));
/** @type {ShellBoot} */
const shell = JSON.parse(boot.textContent ?? "");

/** @param {string} language */
function setLanguage(language) {
  page.lang = language;
  const script = document.createElement("script");
  script.src = shell.words[language] ?? "";
  return new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error("the shell has no words"));
    document.head.append(script);
  });
}

/** @param {SeenRoom} seen */
async function showRoom(seen) {
  page.dataset.themeChoice = seen.boot.theme;
  page.dataset.textSize = seen.boot.text_size;
  dispatchEvent(new Event("dienhong:theme"));
  document.title = seen.room.meeting.title;
  document.body.className = "room";
  // Modules of the room read the boot data when they load, so it is written before the first import.
  boot.textContent = JSON.stringify({ ...seen.boot, seen_at: seen.at });
  await import(shell.room_script);
}

const cache = new RoomCache(root);
const rooms = (await cache.list()).filter((seen) => seen.boot.protocol_version === shell.protocol_version);
const meetingId = location.pathname.slice(root.length).match(/^\/meetings\/([^/]+)$/)?.[1];
const seen = rooms.find((one) => one.meetingId === meetingId);
await setLanguage((await cache.person())?.lang ?? shell.lang);
if (seen) await showRoom(seen);
else await showUnavailable(root, rooms);

/** The page shown when a page is not cached: a message, the cached rooms, and automatic retries. */
import { html, nothing, render } from "lit-html";

/** @typedef {import("./room_cache.js").SeenRoom} SeenRoom */

const AGAIN_MS = 4000;

/** @param {string} root @param {SeenRoom[]} rooms cached for the user */
export async function showUnavailable(root, rooms) {
  // Imported dynamically, because the translations are available only now.
  const { t } = await import("../lib/words.js");
  const place = /** @type {HTMLElement} */ (document.getElementById("room"));
  document.body.className = "on-desk";
  document.title = t("offline.title");
  place.replaceChildren();
  place.className = "";
  render(html`<main class="page narrow error-page">
    <h1>${t("offline.title")}</h1>
    <p>${t("offline.page_missing")}</p>
    ${rooms.length ? html`<p>${t("offline.rooms")}</p><ul>${rooms.map((seen) => html`<li><a class="btn plain wide" href="${root}/meetings/${seen.meetingId}">${seen.room.meeting.title}</a></li>`)}</ul>` : nothing}
    <p class="btn-row"><button type="button" class="btn ink" @click=${() => location.reload()}>${t("offline.try_again")}</button></p>
  </main>`, place);
  addEventListener("online", () => location.reload());
  setInterval(() => void reloadWhenReachable(root), AGAIN_MS);
}

/** @param {string} root */
async function reloadWhenReachable(root) {
  try {
    if ((await fetch(`${root}/healthz`, { cache: "no-store" })).ok) location.reload();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // Still no network.
  }
}

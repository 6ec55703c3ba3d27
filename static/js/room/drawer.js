/** The drawer: the features' parts, and the room menu at its end. */
import { html, nothing } from "lit-html";
import { boot, href } from "../lib/boot.js";
import { moment } from "../lib/format.js";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { openRoomMenu } from "./room_menu.js";
import "../viewer/page_thumb.js";

/** @typedef {import("./room_app.js").RoomApp} RoomApp */

/** @param {RoomApp} app */
export function drawer({ context, sessionEnd }) {
  const { meeting } = context.room;
  return html`
    ${context.drawer.open ? html`<button type="button" class="scrim" tabindex="-1" aria-hidden="true" @click=${() => context.drawer.toggle()}></button>` : nothing}
    <nav class="drawer" id="agenda" aria-label=${t("room.agenda")} ?hidden=${!context.drawer.open} tabindex="-1">
      <header class="drawer-head"><div><h2>${meeting.title}</h2>
        <p class="quiet">${[moment(meeting.starts_at), meeting.place].filter(Boolean).join(" · ")}</p></div>
        <button type="button" class="btn icon-only drawer-close" aria-label=${t("room.close_agenda")} @click=${() => context.drawer.toggle()}>${icon("x")}</button>
      </header>
      <div class="drawer-body">
        ${context.parts("drawer")}
      </div>
      <footer class="drawer-foot">
        <a class="btn quiet leave-room" href=${href("/")}>${icon("arrow-left")}<span>${t("room.leave")}</span></a>
        <button type="button" class="btn quiet menu-button" aria-haspopup="menu" aria-expanded="false"
          @click=${(/** @type {Event} */ event) => openRoomMenu(/** @type {HTMLElement} */ (event.currentTarget), context.parts("menu"), () => void sessionEnd.signOut())}>
          ${icon("circle-user")}<span class="menu-name">${boot.user?.display_name ?? ""}</span>${icon("ellipsis", "small")}</button>
      </footer>
    </nav>`;
}

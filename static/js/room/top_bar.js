/** The top bar: the current item, the features' parts beside it, and the time. */
import { html } from "lit-html";
import { icon } from "../lib/ui/icon.js";
import { t } from "../lib/words.js";
import { itemInHeader } from "../live/view_model.js";

/** @param {import("./feature.js").RoomContext} context */
export function topBar(context) {
  const { room, drawer } = context;
  const current = itemInHeader(room);
  return html`<header class="top" ?inert=${context.behind}>
    <button type="button" class="btn icon-only" aria-label=${t(drawer.open ? "room.close_agenda" : "room.open_agenda")}
      aria-expanded=${drawer.open} aria-controls="agenda" @click=${() => drawer.toggle()}>${icon("menu")}</button>
    <h1 class="top-item"><span>${current ? `${current.number}. ${current.item.title}` : room.meeting.title}</span></h1>
    ${context.parts("topBar")}
    <p class="top-times">${context.parts("times")}</p>
  </header>`;
}

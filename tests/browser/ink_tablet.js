/** A page in an element that fills the window, with marks in memory: the room's viewer without the room. */
import { InkLayer } from "../../static/js/ink/editor/ink_layer.js";
import { api } from "../../static/js/lib/api.js";
import { boot, root } from "../../static/js/lib/boot.js";
import { PageBytes } from "../../static/js/viewer/page_bytes.js";
import { PageSource } from "../../static/js/viewer/page_source.js";
import { PagesInMemory } from "../../static/js/viewer/page_store.js";
import { Viewer } from "../../static/js/viewer/viewer.js";
import { InkInMemory } from "./ink_in_memory.js";

export const ink = new InkInMemory(boot.user?.id ?? "-", async ({ document_id, version, page }) =>
  (await api.get(`/documents/${document_id}/versions/${version}/pages/${page}/text`)).words);

const bytes = new PageBytes({ root, store: Promise.resolve(new PagesInMemory(60e6)), gone: () => {} });
/** Swipes are counted, not followed. */
export const told = { turns: 0, opened: [], placed: [], selected: [], said: [], hovered: [] };
export const viewer = new Viewer({
  source: new PageSource(bytes),
  memory: { get: () => "width", set: () => {} },
  turn: (step) => { told.turns += step; },
  label: (_paper, page) => `trang ${page}`,
  fitted: () => {},
});
viewer.writeOn((pageElement, viewport) => new InkLayer(ink, pageElement, viewport));
Object.assign(viewer.ink.hooks, {
  opened: (annotation, box) => told.opened.push({ id: annotation.id, box }),
  placed: (shape, box) => told.placed.push({ shape, box }),
  selected: (ids, box) => told.selected.push({ ids, box }),
  say: (key) => told.said.push(key),
  hovered: (annotation) => told.hovered.push(annotation?.id ?? null),
});

const main = document.createElement("main");
main.className = "desk";
main.style.cssText = "position: fixed; inset: 0; z-index: 1000";
main.append(viewer.element);
document.body.replaceChildren(main);

/** @param {string} documentId @param {number} [page] */
export async function open(documentId, page = 1) {
  const found = await api.get(`/documents/${documentId}`);
  const version = found.versions.find((one) => one.number === found.current_version);
  viewer.show({ ...found, version }, { document_id: documentId, version: version.number, page }, null);
}

/** @returns all that is written on the page shown */
export const marks = () => {
  const { document_id, version, page } = viewer.place;
  return ink.marks(document_id, version, page);
};

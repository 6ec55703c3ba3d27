/** A simulated meeting: one server of pens and notes, tablets with annotation stores, and the events between them. */
import { reduce, reduceOwn } from "./registered_state.js";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { AnnotationStore } from "../../static/js/ink/sync/annotation_store.js";
import { nextKey } from "./ink_page.js";
import { room } from "./rooms.js";

let made = 0;
const newId = () => `mark-${String(++made).padStart(16, "0")}`;

/** One person's tablet. */
export class Tablet {
  /** @type {any} */ room = null;
  connected = true;
  /** @type {any[]} */ whispered = [];

  /** @param {import("./ink_server.js").InkServer} server @param {string} me @param {{records?: any, papers?: any}} [disk] */
  constructor(server, me, { records = new MemoryRecords(), papers = new MemoryRecords() } = {}) {
    this.server = server;
    this.me = me;
    this.disk = { records, papers };
    this.store = new AnnotationStore({
      line: this, api: server.apiOf(me), me: { user_id: me, name: me.toUpperCase() }, records, papers, newId, newKey: nextKey,
    });
    server.listen(me, (/** @type {any} */ event) => this.hear(event));
  }

  change(/** @type {(room: any) => any} */ change) {
    if (this.room) this.room = change(this.room);
  }

  emitVolatile(/** @type {string} */ event, /** @type {any} */ payload) {
    this.whispered.push({ event, ...payload });
  }

  /** A fresh snapshot. */
  join() {
    this.connected = true;
    this.room = room({}, { me: { user_id: this.me, role: "member", entitled_to_vote: true }, seq: this.server.seq, mine_seq: this.server.mineSeq(this.me) });
    this.store.joined();
    this.store.roomChanged(true, []);
  }

  hear(/** @type {any} */ event) {
    if (!this.room || !this.connected) return;
    if (event.own) {
      this.room = reduceOwn(this.room, event);
      this.store.own(event);
    } else {
      this.room = reduce(this.room, event);
      this.store.roomChanged(false, [event]);
    }
  }

  marks(page = 1) {
    return this.store.view.marks({ document_id: "d", version: 1, page });
  }

  get texts() {
    return this.marks().map(({ text }) => text);
  }
}

/** The room on this tablet: puts the line, the reading and the screen together. */
import { render } from "lit-html";
import { Connection } from "../live/connection.js";
import { samePlace } from "../live/follow.js";
import { api } from "../lib/api.js";
import { boot, root } from "../lib/boot.js";
import { toast } from "../lib/toast.js";
import { t } from "../lib/words.js";
import { PageBytes } from "../viewer/page_bytes.js";
import { PageSource } from "../viewer/page_source.js";
import { openPageStore, storeName } from "../viewer/page_store.js";
import { Viewer } from "../viewer/viewer.js";
import { InkControls } from "../ink/ink_controls.js";
import { InkLayer } from "../ink/ink_layer.js";
import { inkDeskOf } from "../ink/room_desk.js";
import { listenToPage } from "../ink/page_hooks.js";
import { PaperNotes } from "../ink/paper_notes.js";
import { WetNames } from "../ink/wet_names.js";
import { MeetingNotes } from "../notes/meeting_notes.js";
import { Chairing } from "../voting/chairing.js";
import { LogAlarm } from "../voting/log_alarm.js";
import { VotingDesk } from "../voting/voting_desk.js";
import { Actions } from "./actions.js";
import { Away } from "./away.js";
import { Announcer } from "./announcer.js";
import { announceEvents, announcePage } from "./announcements.js";
import { HallClock } from "./clock.js";
import { DocumentNews } from "./document_news.js";
import { Door } from "./door.js";
import { listenToKeys } from "./keyboard.js";
import { Memory } from "../lib/memory.js";
import { OwnAttendance } from "./own_attendance.js";
import { PageLink } from "./page_link.js";
import { openPeopleSheet } from "./people_counts.js";
import { PresenterWatch } from "./presenter_watch.js";
import { Reading } from "./reading.js";
import { RollCall } from "./roll_call.js";
import { screen } from "./screen.js";
import { Unhurried } from "./unhurried.js";
import { isOver } from "../live/meeting_state.js";
import { stateOf } from "./view_model.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("../lib/schemas.js").DocumentView} Paper */

/** What only pens and notes look at, if anybody; a hall that writes brings fifty of them a second. */
const INK_EVENTS = ["annotations_put", "annotations_removed", "hidden"];

export class RoomApp {
  ui = {
    drawer: false,
    typing: false,
    /** @type {number|null} page under the slider while it is dragged */ hover: null,
    /** @type {string|null} item whose first paper the presenter did not want */ declined: null,
    /** @type {Set<string>} items opened or closed against what the drawer would do */ flipped: new Set(),
  };
  /** What lies over the room and shows it too: drawn after it. @type {Set<() => void>} */ alsoDrawn = new Set();
  online = true;
  hall = new HallClock();
  /** Draws that can wait for a hand that writes. */
  unhurried = new Unhurried({ draw: () => this.draw(), busy: () => this.viewer.ink?.atWork ?? false });
  #drawing = 0;

  /** @param {HTMLElement} place @param {string} meetingId */
  constructor(place, meetingId) {
    this.place = place;
    this.store = openPageStore(storeName(root, boot.user?.id ?? "-"));
    this.bytes = new PageBytes({ root, store: this.store, gone: (id) => this.source.forget(id) });
    this.source = new PageSource(this.bytes);
    this.announcer = new Announcer();
    this.presenterWatch = new PresenterWatch((words) => this.announcer.say(words));
    this.door = new Door(this);
    this.connection = new Connection({ root, meetingId, protocolVersion: boot.protocol_version, listener: this.#listener() });
    this.ink = new InkControls(this, inkDeskOf(this), new Memory(() => localStorage));
    this.viewer = new Viewer({
      source: this.source,
      memory: new Memory(() => localStorage),
      turn: (step) => this.turn(step),
      label: (paper, page) => t("room.page_label", { page, count: paper.version?.page_count ?? 0, title: paper.title }),
      fitted: () => this.draw(),
      ink: (page, viewport) => new InkLayer(this.ink.port, page, viewport),
    });
    this.names = new WetNames(this);
    this.paperNotes = new PaperNotes(this.viewer.layer.element);
    listenToPage(this);
    this.reading = new Reading({
      meetingId,
      line: this.connection,
      memory: new Memory(() => sessionStorage),
      show: (shown, roomPage) => this.#show(shown, roomPage),
      refused: (answer) => toast(answer.detail ?? t(`error.${answer.code}`), { tone: "bad" }),
      changed: () => this.draw(),
      versionsOf: async (id) => (await api.get(`/documents/${encodeURIComponent(id)}`)).versions,
    });
    this.documentNews = new DocumentNews({
      open: (id) => this.openPaper(id),
      onPage: () => this.follow.place?.document_id ?? null,
      say: (words) => this.announcer.say(words),
    });
    const changed = () => this.draw();
    this.actions = new Actions({ meetingId, room: () => this.room, hall: this.hall, changed });
    this.chairing = new Chairing(this, meetingId);
    this.voting = new VotingDesk(this, meetingId);
    this.notes = new MeetingNotes(this, meetingId);
    this.link = new PageLink(this);
    this.away = new Away(this, meetingId);
    this.roll = new RollCall({ meetingId, room: () => this.room, changed });
    this.own = new OwnAttendance({
      meetingId, me: boot.user?.id ?? "-", memory: new Memory(() => sessionStorage), changed, say: (sentence) => this.announcer.say(sentence),
    });
  }

  start() {
    this.alarm = new LogAlarm(this.connection.meetingId);
    listenToKeys(this);
    window.addEventListener("resize", () => this.draw());
    window.setInterval(() => this.unhurried.soon(), 1000);
    void this.voting.start();
    void this.ink.desk.start().then(() => this.notes.start(this.ink.desk.outbox));
    void this.away.enter();
  }

  /** @returns {Room} known from the first join on; nothing is drawn before */
  get room() {
    return /** @type {Room} */ (this.connection.room);
  }

  get follow() {
    return this.reading.follow;
  }

  get shown() {
    return this.reading.shown;
  }

  /** @param {import("./reading.js").Shown|null} shown @param {number|null} roomPage */
  #show(shown, roomPage) {
    this.documentNews?.opened(shown?.paper.id ?? null);
    if (!samePlace(this.viewer.place, shown?.place ?? null)) this.ink.turned(shown?.place ?? null);
    if (shown) this.viewer.show(shown.paper, shown.place, roomPage);
    else this.viewer.clear();
  }

  /** Draws in the next frame, however often it was asked for. */
  draw() {
    if (this.#drawing || !this.connection?.room) return;
    this.#drawing = requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    if (!this.connection.room) return;
    this.entered();
    render(screen(this), this.place);
    for (const draw of this.alsoDrawn) draw();
  }

  /** The words the page came with make way for the room. */
  entered() {
    [...this.place.children].find((one) => one.matches("[data-entering]"))?.remove();
  }

  /** @returns {import("../live/connection.js").Listener} */
  #listener() {
    return {
      room: (room, why, events, serverTime) => {
        this.ink.desk.roomChanged(why === "snapshot", events);
        this.ink.roomChanged(events);
        if (events.length && events.every((event) => INK_EVENTS.includes(event.type))) return;
        if (serverTime) this.hall.set(serverTime);
        this.#forgetRemoved(events);
        this.alarm?.heard(events);
        this.reading.roomChanged(room);
        this.documentNews.roomChanged(room, events);
        this.own.roomChanged(room, events);
        this.roll.roomChanged(events);
        this.chairing.roomChanged(room, events);
        this.voting.roomChanged(room, events);
        if (why === "snapshot") document.title = room.meeting.title;
        this.link.follow();
        announceEvents(this.announcer, room, events);
        this.away.saver.soon();
        this.draw();
      },
      joined: (room) => {
        this.away.joined(room);
        this.reading.joined(room);
        this.voting.joined();
        this.ink.desk.joined();
        this.alarm?.joined();
        void this.own.send();
        this.roll.joined();
        this.notes.joined();
      },
      live: (room) => {
        this.away.saver.soon();
        this.reading.liveMoved(room);
        if (this.follow.mode === "following") announcePage(this.announcer, room);
      },
      own: (event) => {
        this.voting.own(event);
        this.ink.desk.own(event);
        this.notes.own(event);
        if (!event.type.startsWith("own_annotations_")) this.draw();
      },
      changed: (room) => {
        this.chairing.votesMoved(room);
        this.draw();
      },
      tick: (tick) => this.ink.desk.wetInk.tick(tick),
      online: (online) => this.away.lineIs(online),
      revoked: () => void this.door.revoked(),
      refused: (refusal) => this.door.refused(refusal),
    };
  }

  /** @param {import("../live/room_state.js").RoomEvent[]} events A paper taken away is not kept on the tablet. */
  #forgetRemoved(events) {
    for (const event of events) {
      if (event.type !== "document_removed") continue;
      this.source.forget(event.data.document_id);
      void this.bytes.erasePaper(event.data.document_id);
    }
  }

  /** @param {1|-1} step */
  turn(step) {
    this.reading.turn(step);
  }

  /** @param {number} page */
  goTo(page) {
    this.ui.hover = null;
    this.reading.go(page);
    this.draw();
  }

  /** @param {string} paperId */
  openPaper(paperId) {
    this.reading.open(paperId);
    if (this.ui.drawer && this.drawerCovers) this.toggleDrawer();
  }

  openRenewed() {
    this.reading.openRenewed();
  }

  back() {
    if (this.follow.mode !== "following") this.reading.back();
  }

  preview() {
    this.reading.preview();
  }

  presentThis() {
    this.reading.presentThis();
  }

  /** The presenter does not want the item's first paper now. */
  decline() {
    this.ui.declined = this.room.meeting.current_item_id;
    this.draw();
  }

  /** @param {number|null} page */
  hover(page) {
    this.ui.hover = page;
    this.draw();
  }

  /** @param {boolean} typing */
  typePage(typing) {
    this.ui.typing = typing;
    if (typing) this.#drawNow(); // The field is there before the first figure is typed.
    else this.draw();
  }

  /** Whether the drawer lies over the page instead of beside it. */
  get drawerCovers() {
    return window.innerWidth < 1000;
  }

  /** Whether everything but the drawer lies behind it. */
  get behind() {
    return this.ui.drawer && this.drawerCovers;
  }

  toggleDrawer() {
    this.ui.drawer = !this.ui.drawer;
    this.draw();
    if (!this.drawerCovers) return;
    requestAnimationFrame(() => {
      const to = this.ui.drawer ? ".drawer-close" : ".top .btn";
      /** @type {HTMLElement|null} */ (this.place.querySelector(to))?.focus();
    });
  }

  /** @param {string} itemId whether the drawer shows the papers of an item */
  isOpen(itemId) {
    const own = this.room.meeting.agenda.find((item) => item.id === itemId);
    const natural = isOver(this.room) || itemId === this.room.meeting.current_item_id
      || (own?.documents.some((paper) => paper.id === this.follow.place?.document_id) ?? false);
    return natural !== this.ui.flipped.has(itemId);
  }

  /** @param {string} itemId */
  toggleItem(itemId) {
    if (!this.ui.flipped.delete(itemId)) this.ui.flipped.add(itemId);
    this.draw();
  }

  /** The pages list opens at the page being read. */
  scrollStrip() {
    this.place.querySelector(".page-button.on")?.scrollIntoView({ block: "nearest" });
  }

  showPeople() {
    openPeopleSheet(this);
  }

  /** @param {Paper} paper @param {number} page @returns {import("../viewer/page_bytes.js").PageRef} */
  refOf(paper, page) {
    return { document_id: paper.id, version: paper.current_version, sha256: paper.version?.sha256 ?? null, page };
  }

  get state() {
    return stateOf(this);
  }
}

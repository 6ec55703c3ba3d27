/** The room application: composes the connection, the features and the screen. */
import { render } from "lit-html";
import { ServerClock } from "../live/server_clock.js";
import { Connection } from "../live/connection.js";
import { RoomState } from "../live/room_state.js";
import { boot, root } from "../lib/boot.js";
import { WebStorage } from "../lib/web_storage.js";
import { Announcer } from "./announcer.js";
import { SessionEnd } from "./session_end.js";
import { FeatureLoader } from "./feature_loader.js";
import { DrawerState } from "./drawer_state.js";
import { listenToKeys } from "./keyboard.js";
import { screen, chairBarHeight } from "./screen.js";
import { Throttle } from "./throttle.js";
import { mostUrgent, Regions } from "./regions.js";
import { Requests } from "./requests.js";

/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {import("./feature.js").Feature} Feature */
/** @typedef {import("./feature.js").FeatureInstance} FeatureInstance */
/** @typedef {import("./feature.js").Interfaces} Interfaces */
/** @typedef {import("./feature.js").RoomContext} RoomContext */

export class RoomApp {
  /** @type {FeatureInstance[]} */ instances = [];
  announcer = new Announcer();
  serverClock = new ServerClock();
  requests = new Requests(() => this.drawRoom());
  /** Draws that can wait while a stroke is in progress. */
  throttle = new Throttle({ draw: () => this.drawRoom(), busy: () => this.#busy });
  #online = true;
  /** Callbacks of dialogs and overlays, called after each draw. @type {Set<() => void>} */ #afterDraw = new Set();
  #drawing = 0;
  #wasDrawn = false;
  /** Event types for which features redraw their own parts. @type {Set<string>} */ #quiet;

  /** @param {HTMLElement} place @param {string} meetingId @param {readonly Feature[]} features */
  constructor(place, meetingId, features) {
    this.place = place;
    this.#quiet = new Set(["hidden", ...features.flatMap((feature) => feature.quietEvents ?? [])]);
    const state = new RoomState(features);
    this.connection = new Connection({ root, meetingId, protocolVersion: boot.protocol_version, state, listener: this.#listener() });
    this.drawer = new DrawerState({ redraw: () => this.drawRoom(), find: (selector) => place.querySelector(selector) });
    this.context = this.#context();
    this.featureLoader = new FeatureLoader(features, { context: this.context, instances: this.instances, added: (one) => this.#begin(one) });
    this.regions = new Regions(this.instances);
    this.sessionEnd = new SessionEnd({
      instances: this.instances,
      featureLoader: this.featureLoader,
      close: () => this.connection.close(),
      showInstead: (view) => this.#showInstead(view),
    });
  }

  start() {
    listenToKeys(this.drawer, this.instances);
    window.addEventListener("resize", () => this.drawRoom());
    window.setInterval(() => this.throttle.soon(), 1000);
    for (const instance of this.instances) instance.start?.();
    this.featureLoader.start();
  }

  /**
   * Starts a feature that was loaded later and brings it to the present state.
   * @param {FeatureInstance} instance @returns {unknown} what its `start` returned
   */
  #begin(instance) {
    this.regions = new Regions(this.instances);
    const started = instance.start?.();
    const { room } = this.connection;
    if (!room) return started;
    instance.onEveryEvent?.(room, "snapshot", []);
    instance.onRoomEvents?.(room, "snapshot", []);
    if (this.connection.connected) instance.onJoined?.(room);
    instance.onLive?.(room);
    instance.onChanged?.(room);
    instance.onConnectionChanged?.(this.#online);
    this.drawRoom();
    return started;
  }

  /** @returns {RoomContext} features add the interfaces they provide */
  #context() {
    const app = this;
    const own = {
      meetingId: app.connection.meetingId,
      // Set from the first join on; nothing is drawn before.
      get room() { return /** @type {Room} */ (app.connection.room); },
      get online() { return app.#online; },
      // Without all features the next step of the chair is not known.
      get waits() { return app.requests.busy || !app.#online || !app.featureLoader.isComplete; },
      get behind() { return app.drawer.open && app.drawer.covers; },
      get covered() { return app.instances.some((one) => one.coversPage?.()); },
      get busy() { return app.#busy; },
      get chairBarHeight() { return chairBarHeight(app.connection.room); },
      connection: app.connection,
      serverClock: app.serverClock,
      memory: new WebStorage(() => localStorage),
      tabMemory: new WebStorage(() => sessionStorage),
      requests: app.requests,
      drawer: app.drawer,
      afterDraw: app.#afterDraw,
      setOnline: (/** @type {boolean} */ online) => void (app.#online = online),
      redraw: () => app.drawRoom(),
      redrawNow: () => app.#drawNow(),
      redrawSoon: () => app.throttle.soon(),
      announce: (/** @type {string} */ sentence) => app.announcer.say(sentence),
      find: (/** @type {string} */ selector) => /** @type {HTMLElement|null} */ (app.place.querySelector(selector)),
      keepDrawn: (/** @type {import("../lib/ui/dialog.js").Opened} */ opened) => app.#keepDrawn(opened),
      parts: /** @type {import("./feature.js").PartsOf} */ ((region, ...args) => app.regions.all(region, ...args)),
      chairStep: () => mostUrgent(app.instances.map((one) => one.chairStep?.())),
      mustEndFirst: () => app.instances.map((one) => one.mustEndFirst?.()).find((words) => words) ?? null,
    };
    return Object.assign(own, /** @type {Interfaces} */ ({}));
  }

  /** Whether a stroke is in progress. */
  get #busy() {
    return this.instances.some((one) => one.isBusy?.());
  }

  /** Schedules one draw in the next frame, however many calls there are. */
  drawRoom() {
    if (this.#drawing || !this.connection?.room) return;
    this.#drawing = requestAnimationFrame(() => this.#drawNow());
  }

  #drawNow() {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    if (!this.connection.room) return;
    this.#removeLoadingMessage();
    render(screen(this), this.place);
    if (!this.#wasDrawn) void this.featureLoader.loadAfterPage();
    this.#wasDrawn = true;
    for (const drawRoom of this.#afterDraw) drawRoom();
  }

  /** Removes the loading message of the page. */
  #removeLoadingMessage() {
    [...this.place.children].find((one) => one.matches("[data-entering]"))?.remove();
  }

  /** @param {unknown} view */
  #showInstead(view) {
    this.#removeLoadingMessage();
    render(view, this.place);
  }

  /**
   * Redraws a dialog with each draw of the room until the dialog closes.
   * @param {import("../lib/ui/dialog.js").Opened} opened
   */
  #keepDrawn(opened) {
    const drawRoom = () => {
      if (opened.element.open) opened.redraw();
    };
    this.#afterDraw.add(drawRoom);
    // A long dialog opens at its top, wherever the focus is.
    opened.element.scrollTop = 0;
    void opened.closed.then(() => this.#afterDraw.delete(drawRoom));
    return opened;
  }

  /** @returns {import("../live/connection.js").Listener} */
  #listener() {
    const { instances } = this;
    return {
      room: (room, why, events, serverTime) => this.#moved(room, why, events, serverTime),
      joined: (room) => instances.forEach((one) => one.onJoined?.(room)),
      live: (room) => instances.forEach((one) => one.onLive?.(room)),
      own: (event) => {
        for (const one of instances) one.onOwnEvent?.(event);
        if (!this.#quiet.has(event.type)) this.drawRoom();
      },
      changed: (room) => {
        for (const one of instances) one.onChanged?.(room);
        this.drawRoom();
      },
      tick: (tick) => instances.forEach((one) => one.onTick?.(tick)),
      online: (online) => instances.forEach((one) => one.onConnectionChanged?.(online)),
      revoked: () => void this.sessionEnd.revoked(),
      refused: (refusal) => this.sessionEnd.refused(refusal),
    };
  }

  /** @param {Room} room @param {"snapshot"|"events"} why @param {import("../live/room_state.js").RoomEvent[]} events @param {string|null} serverTime */
  #moved(room, why, events, serverTime) {
    for (const one of this.instances) one.onEveryEvent?.(room, why, events);
    if (events.length && events.every((event) => this.#quiet.has(event.type))) return;
    if (serverTime) this.serverClock.set(serverTime);
    for (const one of this.instances) one.onRoomEvents?.(room, why, events);
    if (why === "snapshot") document.title = room.meeting.title;
    this.drawRoom();
  }
}

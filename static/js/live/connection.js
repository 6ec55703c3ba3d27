/**
 * The connection to the room: joins, applies durable events in order without gaps, requests missing events,
 * reconnects, and notifies the listener.
 */
import { io } from "socket.io-client";
import { api } from "../lib/api.js";
import { jittered } from "../lib/backoff.js";
import { ask } from "../lib/fetch_with_timeout.js";
import { later, withLive } from "./presentation.js";
import { arrival } from "./room_state.js";

/** @typedef {import("./room_state.js").Room} Room */
/** @typedef {import("./room_state.js").RoomEvent} RoomEvent */
/** @typedef {import("socket.io-client").Socket} Socket */
/** @typedef {import("../lib/schemas.js").JoinedAck} JoinedAck */
/** @typedef {Omit<JoinedAck, "events"|"mine"> & {events?: RoomEvent[], mine?: RoomEvent[]}} Joined */
/** @typedef {{code:string, detail?:string}} Refusal */
/** @typedef {{ink?: import("../ink/sync/remote_strokes.js").WetInk[]}} Tick */
/**
 * @typedef {{
 *   room: (room: Room, why: "snapshot"|"events", events: RoomEvent[], serverTime: string|null) => void,
 *   joined: (room: Room) => void,
 *   live: (room: Room) => void,
 *   own: (event: RoomEvent) => void,
 *   changed: (room: Room) => void,
 *   tick: (tick: Tick) => void,
 *   online: (online: boolean) => void,
 *   revoked: (reason: string) => void,
 *   refused: (refusal: Refusal) => void,
 * }} Listener
 */

const JOIN_WITHIN_MS = 8000;
const RESYNC_SPREAD_MS = 500;
const HIDDEN_TOO_LONG_MS = 5000;
const TRY_AGAIN_MS = 2000;
const ASK_AGAIN_MS = 5000;
const NOT_SIGNED_IN = 401;
/** Refusal codes that a retry cannot change. */
const FINAL = ["not_signed_in", "not_allowed", "not_found", "protocol_version"];

export class Connection {
  /** @type {Room|null} */ room = null;
  #joined = false;
  #joining = false;
  #again = false;
  #closed = false;
  /** The known room was stored on this device: the first join requests a snapshot. */ #kept = false;
  /** @type {RoomEvent[]} */ #early = [];
  #hiddenAt = 0;
  #askedAt = 0;

  /**
   * @param {{root:string, meetingId:string, protocolVersion:number, state:import("./room_state.js").RoomState, listener:Listener}} options
   */
  constructor({ root, meetingId, protocolVersion, state, listener }) {
    this.meetingId = meetingId;
    this.protocolVersion = protocolVersion;
    this.state = state;
    this.listener = listener;
    /** @type {Socket} */
    this.socket = io(window.location.origin, {
      path: `${root}/socket.io`,
      query: { room: meetingId },
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 3000,
      timeout: JOIN_WITHIN_MS,
      autoConnect: false,
    });
    this.#listen();
  }

  open() {
    this.socket.connect();
  }

  /** Shows the room as stored on this device until it is joined. @param {Room} room */
  resume(room) {
    this.#kept = true;
    this.room = room;
    this.listener.room(room, "snapshot", [], null);
  }

  /** Closes for good: clears the known room and does not reconnect. */
  close() {
    this.#closed = true;
    this.#joined = false;
    this.room = null;
    this.socket.disconnect();
  }

  /** Whether the room is joined and events arrive. */
  get connected() {
    return this.#joined && this.socket.connected;
  }

  /**
   * Sends a message and waits for its acknowledgement.
   * @param {string} event @param {object} payload @param {number} withinMs
   * @returns {Promise<any>} rejects on timeout
   */
  ask(event, payload, withinMs) {
    return this.socket.timeout(withinMs).emitWithAck(event, { meeting_id: this.meetingId, ...payload });
  }

  /**
   * Sends a volatile message: without an acknowledgement, dropped while the connection is busy.
   * @param {string} event @param {object} payload
   */
  emitVolatile(event, payload) {
    this.socket.volatile.emit(event, { meeting_id: this.meetingId, ...payload });
  }

  #listen() {
    const { socket } = this;
    socket.on("connect", () => void this.#join());
    socket.on("disconnect", (reason) => this.#lost(reason));
    socket.on("connect_error", (error) => this.#unreachable(error));
    socket.on("room.event", (event) => this.#arrived(event));
    socket.on("mine.event", (event) => this.#mineArrived(event));
    socket.on("room.live", (live) => this.#live(live));
    for (const [type, reducer] of Object.entries(this.state.liveReducers)) socket.on(type, (news) => this.change((room) => reducer(room, news)));
    socket.on("room.tick", (tick) => this.listener.tick(tick));
    socket.on("room.presence", (presence) => this.#presence(presence));
    socket.on("resync", () => this.#joinSoon(true));
    socket.on("session.revoked", (message) => this.#revoked(message?.reason ?? ""));
    window.addEventListener("online", () => this.#reconnectNow());
    document.addEventListener("visibilitychange", () => this.#visibility());
  }

  /** @param {string} reason Socket.IO reconnects after all losses except a disconnect by the server. */
  #lost(reason) {
    this.#joined = false;
    if (this.#closed) return;
    this.listener.online(false);
    if (reason === "io server disconnect") this.#connectLater();
  }

  /** @param {Error & {data?: {code?:string, detail?:string}}} error */
  #unreachable(error) {
    this.listener.online(false);
    // Socket.IO retries on an active socket, not on one that the server refused.
    if (this.socket.active) {
      void this.#checkSignIn();
      return;
    }
    const code = error.data?.code ?? error.message;
    if (FINAL.includes(code)) this.listener.refused({ code, detail: error.data?.detail });
    else this.#connectLater();
  }

  /** The server refuses a WebSocket without a valid sign-in as if it were not there: asks why, at times. */
  async #checkSignIn() {
    if (Date.now() - this.#askedAt < ASK_AGAIN_MS || !navigator.onLine) return;
    this.#askedAt = Date.now();
    const { trouble } = await ask((signal) => api.get("/session", { signal }));
    if (trouble?.status === NOT_SIGNED_IN && !this.#closed) this.listener.refused({ code: "not_signed_in", detail: trouble.detail });
  }

  #connectLater() {
    window.setTimeout(() => {
      if (!this.#closed) this.socket.connect();
    }, jittered(TRY_AGAIN_MS, [0.5, 1.5], Math.random));
  }

  /** @param {string} reason */
  #revoked(reason) {
    this.close();
    this.listener.revoked(reason);
  }

  /** Reconnects at once when the network returns, without waiting for the back-off. */
  #reconnectNow() {
    if (!this.#closed && !this.socket.connected) this.socket.disconnect().connect();
  }

  #visibility() {
    if (document.visibilityState === "hidden") {
      this.#hiddenAt = Date.now();
    } else if (!this.socket.connected) {
      this.#reconnectNow();
    } else if (Date.now() - this.#hiddenAt > HIDDEN_TOO_LONG_MS) {
      void this.#join();
    }
  }

  /**
   * @param {boolean} fresh whether to discard the known room
   * @param {number} [unlessAt] skips the join if this sequence number was reached meanwhile
   */
  #joinSoon(fresh = false, unlessAt = Infinity) {
    window.setTimeout(() => {
      if (this.room && this.room.seq >= unlessAt) return;
      void this.#join(fresh);
    }, Math.random() * RESYNC_SPREAD_MS);
  }

  async #join(fresh = false) {
    if (!this.socket.connected) return;
    if (this.#joining) {
      this.#again = true;
      return;
    }
    this.#joining = true;
    const known = this.room && !fresh && !this.#kept ? this.#known(this.room) : {};
    let answer = null;
    try {
      answer = await this.ask("room.join", { protocol_version: this.protocolVersion, ...known }, JOIN_WITHIN_MS);
    } catch {
      this.#again = true; // Timeout: joins once more while the connection is up.
    }
    this.#joining = false;
    if (answer) this.#joinAnswered(answer);
    if (this.#again) {
      this.#again = false;
      this.#joinSoon();
    }
  }

  /** @param {Room} room */
  #known(room) {
    return { epoch: room.epoch, seq: room.seq, mine_seq: room.mine_seq };
  }

  /** @param {({ok: true} & Joined)|({ok: false} & Refusal)} answer */
  #joinAnswered(answer) {
    if (answer.ok === false) {
      if (FINAL.includes(answer.code)) this.listener.refused(answer);
      else window.setTimeout(() => void this.#join(), TRY_AGAIN_MS);
      return;
    }
    if (answer.snapshot) {
      this.#kept = false;
      const room = { ...this.state.from(answer.snapshot), presence: this.room?.presence ?? null };
      const live = answer.live ?? room.live;
      this.room = { ...room, live: room.epoch === this.room?.epoch ? this.#latest(live) : live };
      this.#ready("snapshot", [], answer.snapshot.server_time ?? null);
    } else if (this.room) {
      /** @type {RoomEvent[]} */
      const events = answer.events ?? [];
      let room = this.room;
      for (const event of events) if (arrival(room, event) === "next") room = this.state.reduce(room, event);
      /** @type {RoomEvent[]} */
      const own = answer.mine ?? [];
      for (const event of own) if (event.seq === room.mine_seq + 1) room = this.state.reduceOwn(room, event);
      const live = answer.live ? this.#latest(answer.live) : room.live;
      this.room = { ...room, mine_seq: answer.mine_seq ?? room.mine_seq, live, votes: answer.votes ?? room.votes };
      this.#ready("events", events, null);
      for (const event of own) this.listener.own(event);
    }
  }

  /** @param {import("../lib/schemas.js").RoomLivePacket} live A turn may arrive before a join answer that is older. */
  #latest(live) {
    return this.room && later(this.room.live, live) ? this.room.live : live;
  }

  /** @param {"snapshot"|"events"} why @param {RoomEvent[]} events @param {string|null} serverTime */
  #ready(why, events, serverTime) {
    this.#joined = true;
    this.listener.online(true);
    if (this.room) {
      this.listener.joined(this.room);
      this.listener.room(this.room, why, events, serverTime);
    }
    const early = this.#early;
    this.#early = [];
    for (const event of early) this.#arrived(event);
  }

  /** @param {RoomEvent} event */
  #arrived(event) {
    if (this.#joining || !this.room) {
      this.#early.push(event);
      return;
    }
    const where = arrival(this.room, event);
    if (where === "next") {
      this.room = this.state.reduce(this.room, event);
      this.listener.room(this.room, "events", [event], null);
    } else if (where === "gap") {
      this.#joinSoon();
    }
  }

  /** @param {RoomEvent} event an event of the user stream, which has its own order */
  #mineArrived(event) {
    if (!this.room || this.#joining) return;
    if (event.seq > this.room.mine_seq + 1) return this.#joinSoon();
    if (event.seq <= this.room.mine_seq) return;
    this.room = this.state.reduceOwn(this.room, event);
    this.listener.own(event);
    // A changed or removed place here (the meeting may be deleted): the known room is outdated.
    const here = event.type === "place_in_meeting_changed" && event.data.meeting_id === this.meetingId;
    if (here) this.#joinSoon(true);
  }

  /** @param {import("../lib/schemas.js").RoomLivePacket} live */
  #live(live) {
    performance.mark("turn-event");
    if (!this.room) return;
    const room = withLive(this.room, live);
    if (room === this.room) return;
    this.room = room;
    this.listener.live(room);
  }

  /**
   * Applies this person's turn, acknowledged before its broadcast arrives.
   * @param {import("../lib/schemas.js").RoomLivePacket} live
   */
  ownTurn(live) {
    if (!this.room) return;
    this.room = withLive(this.room, live);
    this.listener.live(this.room);
  }

  /** @param {import("../lib/schemas.js").RoomPresencePacket} presence */
  #presence(presence) {
    if (this.room && presence.seq > this.room.seq && !this.#joining) this.#joinSoon(false, presence.seq);
    this.change((room) => ({ ...room, presence }));
  }

  /** @param {(room: Room) => Room} change changes the room by data that did not arrive as an event */
  change(change) {
    if (!this.room) return;
    this.room = change(this.room);
    this.listener.changed(this.room);
  }
}

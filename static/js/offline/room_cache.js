/**
 * Rooms as this device last saw them, by person, in IndexedDB: what a page loaded without a network shows.
 * Which person the server last knew here is kept beside them, and nobody else's room is ever given out.
 */
import { openDB } from "idb";

/** @typedef {import("../lib/boot.js").Boot} Boot */
/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {{userId: string, lang: string}} Person */
/** @typedef {{meetingId: string, at: number, boot: Boot, room: Room}} SeenRoom `at`: ms since 1970 when it was seen */

const STORE = "rooms";
const PERSON = "person";
const MOST_ROOMS = 3;

/** @param {string} userId @param {string} meetingId */
const keyOf = (userId, meetingId) => `${userId}/${meetingId}`;

/** @param {string} name; a browser may refuse at once, too */
const opened = async (name) => openDB(name, 1, { upgrade: (fresh) => void fresh.createObjectStore(STORE) });

export class RoomCache {
  /** @param {string} root where the product is mounted */
  constructor(root) {
    this.db = opened(`dienhong:${root}:rooms`);
    this.db.catch((error) => console.warn("no room is kept on this device:", error));
  }

  /** @returns {Promise<Person|null>} whom the server last knew on this device */
  person() {
    return this.#try(async (db) => (await db.get(STORE, PERSON)) ?? null, null);
  }

  /**
   * The server answered for this person: what is kept of anybody else goes.
   * @param {Person|null} person null: nobody is signed in
   */
  personIs(person) {
    return this.#try(async (db) => {
      const work = db.transaction(STORE, "readwrite");
      const [keys, values] = await Promise.all([work.store.getAllKeys(), work.store.getAll()]);
      /** @type {{key: string, at: number}[]} */
      const own = keys.map((key, index) => ({ key: String(key), at: values[index].at }))
        .filter(({ key }) => person && key.startsWith(keyOf(person.userId, "")));
      const stay = new Set(own.sort((a, b) => b.at - a.at).slice(0, MOST_ROOMS).map(({ key }) => key));
      for (const key of keys) if (!stay.has(String(key))) void work.store.delete(key);
      if (person) void work.store.put(person, PERSON);
      await work.done;
    }, undefined);
  }

  /** @param {SeenRoom} seen kept only while its person is the one whom the server last knew here */
  keep(seen) {
    return this.#try(async (db) => {
      const work = db.transaction(STORE, "readwrite");
      const person = await work.store.get(PERSON);
      const userId = seen.boot.user?.id;
      if (userId && person?.userId === userId) void work.store.put(seen, keyOf(userId, seen.meetingId));
      await work.done;
    }, undefined);
  }

  /** @param {string} meetingId @returns {Promise<SeenRoom|null>} */
  async of(meetingId) {
    return (await this.list()).find((seen) => seen.meetingId === meetingId) ?? null;
  }

  /** @returns {Promise<SeenRoom[]>} of the person whom the server last knew, the last one first */
  list() {
    return this.#try(async (db) => {
      const work = db.transaction(STORE);
      const [person, all] = await Promise.all([work.store.get(PERSON), work.store.getAll()]);
      /** @type {SeenRoom[]} */
      const own = person ? all.filter((one) => one.boot?.user?.id === person.userId) : [];
      return own.sort((a, b) => b.at - a.at);
    }, []);
  }

  /** @param {string} userId nothing of this person stays */
  forget(userId) {
    return this.#try(async (db) => {
      const work = db.transaction(STORE, "readwrite");
      const person = await work.store.get(PERSON);
      if (person?.userId === userId) void work.store.delete(PERSON);
      void work.store.delete(IDBKeyRange.bound(keyOf(userId, ""), keyOf(userId, "\uffff")));
      await work.done;
    }, undefined);
  }

  /** @param {string} userId @param {string} meetingId this person has no place in it any more */
  drop(userId, meetingId) {
    return this.#try((db) => db.delete(STORE, keyOf(userId, meetingId)), undefined);
  }

  /**
   * @template T
   * @param {(db: import("idb").IDBPDatabase) => Promise<T>} work
   * @param {T} otherwise where the browser keeps nothing, or its disk is full
   * @returns {Promise<T>}
   */
  async #try(work, otherwise) {
    try {
      return await work(await this.db);
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      return otherwise;
    }
  }
}

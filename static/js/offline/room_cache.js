/**
 * Cache of rooms by user, in IndexedDB; a page loaded without a network shows a cached room. The cache also
 * stores the user whom the server last authenticated here, and returns rooms of that user only.
 */
import { openDB } from "idb";

/** @typedef {import("../lib/boot.js").Boot} Boot */
/** @typedef {import("../live/room_state.js").Room} Room */
/** @typedef {{userId: string, lang: string}} Person */
/** @typedef {{meetingId: string, at: number, boot: Boot, room: Room}} SeenRoom `at`: ms since 1970 when it was saved */

const STORE = "rooms";
const PERSON = "person";
const MOST_ROOMS = 3;

/** @param {string} userId @param {string} meetingId */
const keyOf = (userId, meetingId) => `${userId}/${meetingId}`;

/** Async, so that an exception thrown by the browser also becomes a rejection. @param {string} name */
const openDatabase = async (name) => openDB(name, 1, { upgrade: (fresh) => void fresh.createObjectStore(STORE) });

export class RoomCache {
  /** @param {string} root the mount path */
  constructor(root) {
    this.db = openDatabase(`dienhong:${root}:rooms`);
    this.db.catch((error) => console.warn("no room is kept on this device:", error));
  }

  /** @returns {Promise<Person|null>} the user whom the server last authenticated on this device */
  person() {
    return this.#try(async (db) => (await db.get(STORE, PERSON)) ?? null, null);
  }

  /**
   * Stores the authenticated user and deletes the cached rooms of all other users.
   * @param {Person|null} person null: no user is signed in
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

  /** @param {SeenRoom} seen saved only when its user is the one whom the server last authenticated here */
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

  /** @returns {Promise<SeenRoom[]>} of the user whom the server last authenticated, newest first */
  list() {
    return this.#try(async (db) => {
      const work = db.transaction(STORE);
      const [person, all] = await Promise.all([work.store.get(PERSON), work.store.getAll()]);
      /** @type {SeenRoom[]} */
      const own = person ? all.filter((one) => one.boot?.user?.id === person.userId) : [];
      return own.sort((a, b) => b.at - a.at);
    }, []);
  }

  /** Deletes all cached data of a user. @param {string} userId */
  forget(userId) {
    return this.#try(async (db) => {
      const work = db.transaction(STORE, "readwrite");
      const person = await work.store.get(PERSON);
      if (person?.userId === userId) void work.store.delete(PERSON);
      void work.store.delete(IDBKeyRange.bound(keyOf(userId, ""), keyOf(userId, "\uffff")));
      await work.done;
    }, undefined);
  }

  /** Deletes the room of a meeting that the user no longer has access to. @param {string} userId @param {string} meetingId */
  drop(userId, meetingId) {
    return this.#try((db) => db.delete(STORE, keyOf(userId, meetingId)), undefined);
  }

  /**
   * @template T
   * @param {(db: import("idb").IDBPDatabase) => Promise<T>} work
   * @param {T} otherwise result where storage is refused or the disk is full
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

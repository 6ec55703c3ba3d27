/** A tablet that watches a test's vote log, and time that passes until it has its verdict. */
import { mock } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { LogWatch } from "../../static/js/voting/vote_log/log_watch.js";
import { MEETING } from "./log_server.js";

mock.timers.enable({ apis: ["setTimeout"] });

export async function settled() {
  for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {any} verdict */
export const said = (verdict) => verdict && (verdict.reason ? `${verdict.state}: ${verdict.reason}` : verdict.state);

/** @param {Promise<any>} verdict @param {number} [seconds] how long to wait at most; null if there was none by then */
async function after(verdict, seconds = 3) {
  let answered = null;
  void verdict.then((one) => (answered = one));
  for (let quarter = 0; quarter < seconds * 4 && !answered; quarter++) {
    await settled();
    mock.timers.tick(250);
  }
  await settled();
  return answered;
}

/**
 * `line.server` is the server behind it, which a test may exchange.
 * @param {import("./log_server.js").LogServer} server @param {any} [records]
 */
export function tablet(server, records = new MemoryRecords()) {
  const line = { server, get: (/** @type {string} */ path) => line.server.get(path) };
  const watch = new LogWatch({ meetingId: MEETING, records, api: line, random: () => 0.5, now: () => "now" });
  return {
    line, watch, records, after,
    look: async () => said(await after(watch.look())),
    /** @param {any} note */ offer: async (note) => said(await after(watch.offer(note))),
  };
}

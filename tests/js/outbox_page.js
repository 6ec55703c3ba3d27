/** A page of one voter for tests, with an outbox before an unreliable server, and time that tests pass. */
import { mock } from "node:test";
import { MemoryRecords } from "../../static/js/lib/idb_store.js";
import { BallotOutbox } from "../../static/js/voting/ballot/ballot_outbox.js";

mock.timers.enable({ apis: ["setTimeout"] });

export const poll = { pollId: "p1", meetingId: "m1" };
let keys = 0;

/** Lets everything happen that needs no time. */
export async function settled() {
  for (let round = 0; round < 12; round++) await new Promise((resolve) => setImmediate(resolve));
}

/** @param {number} seconds */
export async function pass(seconds) {
  for (let second = 0; second < seconds; second++) {
    await settled();
    mock.timers.tick(1000);
  }
  await settled();
}

/** @param {import("./ballot_server.js").BallotServer} server @param {any} [records] @param {() => number} [random] */
export function page(server, records = new MemoryRecords(), random = () => 0.5) {
  const outbox = new BallotOutbox({ records, api: server.api, newKey: () => `key-${keys++}`, random });
  /** @type {string[]} */
  const said = [];
  outbox.subscribe((_, view) => said.push(view?.state ?? "none"));
  return { outbox, said, records, view: () => /** @type {any} */ (outbox.view("p1")) };
}

/** Replays the entries of a meeting's logs in order and builds the resulting state. */
import { read } from "./canonical.js";
import { DATA, ENVELOPE, versionOf } from "./entry_shapes.js";
import { Fault } from "./faults.js";
import { SigningKeys } from "./key_ring.js";
import { Poll, checkOpened } from "./polls.js";
import { Rosters } from "./rosters.js";

/**
 * @typedef {{log_id: string, size: number, root: string}} Head of the log that the next one must continue
 * @typedef {[string, Record<string, unknown>]} Remark a sentence of the report, and its parameters
 */

const VERSIONS = [1, 2];
const CLOSING = new Set(["tally_recorded", "ballot_opened"]);

/** The state of a meeting according to its logs. For each log: `begin`, `apply` lines, `end`. */
export class Replay {
  /** @type {Map<string, Poll>} */
  polls = new Map();
  /** @type {any[]} the first entry of each log */
  starts = [];
  /** @type {Remark[]} remarks that are no faults */
  notices = [];
  /** @type {string[]} ids of logs whose continuation the old key did not sign */
  unsigned = [];
  /** @type {any[]} changes that belong to no poll */
  rosterChanges = [];
  ring = new SigningKeys();
  #rosters = new Rosters();
  #logIds = new Set();
  /** @type {Map<string, string>} SHA-256 by document and version */
  #papers = new Map();
  /** @type {string[]} */
  #leftOpen = [];
  /** @type {Head|null} */
  #continues = null;
  #logId = "";
  #at = "";
  #closing = "";

  /** Starts a log with these keys. @param {import("./notes.js").Key[]} keys @param {Head|null} before */
  begin(keys, before) {
    this.ring.layOut(keys);
    this.#continues = before;
    this.#logId = this.#at = this.#closing = "";
  }

  /** Finishes the log. Throws Fault. */
  end() {
    this.#checkContiguous("", "");
    this.ring.end();
  }

  /**
   * Applies the next line.
   * @param {number} index @param {Uint8Array} line @returns {string} the log's id. Throws Fault.
   */
  apply(index, line) {
    const entry = read(line);
    const wrong = ENVELOPE(entry);
    if (wrong !== null) throw new Fault("wrong_shape", -1, { field: wrong || "{}" });
    const check = this.#checkEnvelope(index, entry);
    const { type, data, at } = entry;
    const wrongData = check(data);
    if (wrongData !== null) throw new Fault("wrong_shape", -1, { field: `data.${wrongData}`.replace(/\.+$/, "") });
    const needed = versionOf(type, data);
    if (entry.v !== needed) throw new Fault("wrong_version", -1, { said: entry.v, expected: needed });
    this.#checkContiguous(type, data.poll_id ?? "");
    if (this.#at > at) this.notices.push(["clock_went_back", { index }]);
    this.#at = at;
    this.#take(index, type, data, at);
    this.#checkLeftOpen(type);
    return this.#logId;
  }

  /** @param {number} index @param {any} entry @returns {import("./shapes.js").Check} of its data */
  #checkEnvelope(index, entry) {
    if (!VERSIONS.includes(entry.v)) throw new Fault("unknown_version", -1, { said: entry.v });
    if (entry.index !== index) throw new Fault("wrong_index", -1, { said: entry.index });
    if ((entry.type === "log_started") !== (index === 0)) throw new Fault(index ? "started_elsewhere" : "not_started");
    if (index && entry.log_id !== this.#logId) throw new Fault("wrong_log", -1, { said: entry.log_id });
    const check = DATA.get(entry.type);
    if (!check) throw new Fault("unknown_type", -1, { said: entry.type });
    this.#logId = entry.log_id;
    return check;
  }

  /**
   * A poll is closed in one transaction: no other entry between first tally and result.
   * @param {string} kind @param {string} pollId
   */
  #checkContiguous(kind, pollId) {
    const goesOn = (CLOSING.has(kind) || kind === "poll_closed") && pollId === this.#closing;
    if (this.#closing && !goesOn) throw new Fault("closing_interrupted", -1, { poll: this.#closing });
    this.#closing = CLOSING.has(kind) ? pollId : "";
  }

  /** @param {number} index @param {string} kind @param {any} data @param {string} at */
  #take(index, kind, data, at) {
    if (kind === "log_started") return this.#start(data);
    if (kind === "key_rotated") return this.ring.rotate(this.#logId, data);
    if (kind === "paper_published") return this.#publish(data);
    if (kind === "poll_opened") return this.#open(data, at);
    if (kind === "roster_changed" && data.poll_id === null) {
      this.#rosters.change(data);
      this.rosterChanges.push(data);
      return undefined;
    }
    const poll = this.polls.get(data.poll_id);
    if (!poll) throw new Fault("unknown_poll", -1, { poll: data.poll_id });
    if (data.by === null && !this.#leftOpen.includes(data.poll_id)) throw new Fault("cancelled_by_nobody");
    return takeOfPoll(poll, index, kind, data, at);
  }

  /** A poll that was open at the end of an earlier log must be cancelled first. @param {string} kind */
  #checkLeftOpen(kind) {
    const [first] = this.#leftOpen;
    if (first !== undefined && kind !== "log_started" && kind !== "poll_cancelled") {
      throw new Fault("left_open", -1, { poll: first });
    }
    this.#leftOpen = this.#leftOpen.filter((name) => this.polls.get(name)?.isOpen);
  }

  /** @param {any} data */
  #start(data) {
    this.#checkContinues(data.continues);
    if (this.#logIds.has(this.#logId)) throw new Fault("log_id_twice", -1, { said: this.#logId });
    const [first] = this.starts;
    const meeting = data.meeting_id;
    if (first && meeting !== first.meeting_id) throw new Fault("another_meeting", -1, { said: meeting });
    const old = this.ring.key;
    if (!this.ring.start(this.#logId, data)) this.unsigned.push(this.#logId);
    else if (old && old.text !== this.ring.key?.text) this.notices.push(["another_key", { log: this.#logId }]);
    this.#logIds.add(this.#logId);
    this.#leftOpen = [...this.polls].filter(([, poll]) => poll.isOpen).map(([name]) => name);
    this.starts.push(data);
  }

  /** @param {any} said */
  #checkContinues(said) {
    const before = this.#continues;
    if (said === null && before !== null) throw new Fault("not_continued");
    if (said !== null && before === null) throw new Fault("earlier_log_missing");
    if (!said || !before) return;
    if (said.log_id !== before.log_id || said.size !== before.size || said.root !== before.root) {
      throw new Fault("continues_wrongly");
    }
  }

  /** @param {any} data */
  #publish(data) {
    const name = paperName(data);
    const known = this.#papers.get(name) ?? data.sha256;
    this.#papers.set(name, known);
    if (known !== data.sha256) throw new Fault("paper_differs", -1, { title: data.title });
  }

  /** @param {any} data @param {string} at */
  #open(data, at) {
    if (this.polls.has(data.poll_id)) throw new Fault("poll_twice", -1, { poll: data.poll_id });
    checkOpened(data);
    this.#rosters.check(data.roster);
    const paper = data.document;
    const known = paper && this.#papers.get(paperName(paper));
    if (paper && known === undefined) this.notices.push(["paper_not_in_log", { title: paper.title }]);
    else if (paper && known !== paper.sha256) throw new Fault("paper_differs", -1, { title: paper.title });
    const repeated = this.polls.get(data.repeats);
    if (data.repeats && (!repeated || repeated.isOpen)) throw new Fault("repeats_nothing", -1, { poll: data.repeats });
    this.polls.set(data.poll_id, new Poll(data, at));
  }
}

/** @param {any} paper */
const paperName = (paper) => JSON.stringify([paper.document_id, paper.version]);

/** @param {Poll} poll @param {number} index @param {string} kind @param {any} data @param {string} at */
function takeOfPoll(poll, index, kind, data, at) {
  if (kind === "ballot_committed") poll.commit(index, data);
  else if (kind === "roster_changed") poll.changeRoster(data);
  else if (kind === "ballot_opened") poll.openBallot(data);
  else if (kind === "tally_recorded") poll.tally(data);
  else if (kind === "poll_closed") poll.close(data, at);
  else if (kind === "poll_ruled") poll.rule(data);
  else if (kind === "poll_announced") poll.announce(data);
  else poll.cancel(data);
}

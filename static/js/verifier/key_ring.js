/** The key in use at each entry of a log, and the keys that vouch for the last log. */
import { fromHex, utf8 } from "../lib/bytes.js";
import { continuationMessage, rotationMessage } from "../voting/vote_log/checkpoints.js";
import { isSigned } from "./ed25519.js";
import { Fault } from "./faults.js";
import { readKey } from "./notes.js";

/** @typedef {import("./notes.js").Key} Key */

/** @param {Key} key @param {string} message @param {string} signature hex */
function hasSigned(key, message, signature) {
  return isSigned(key.publicKey, utf8(message), fromHex(signature) ?? new Uint8Array());
}

/** The keys of key.txt, used one after another in the order of the log. Methods throw Fault. */
export class SigningKeys {
  /** @type {Key|null} */
  key = null;
  /**
   * The keys since the last continuation that no old key signed. Each key signed the next one, and the last is in use:
   * trust in any of them extends to the last log.
   * @type {Key[]}
   */
  chain = [];
  /** @type {Key[]} */
  #coming = [];

  /** Sets the keys of the next log. @param {Key[]} keys */
  layOut(keys) {
    this.#coming = [...keys];
  }

  /**
   * Starts a log. The previous log's key vouches for it if it signed the continuation, or if the new log uses the same
   * key.
   * @param {string} logId @param {any} data @returns {boolean} whether it vouches
   */
  start(logId, data) {
    const old = this.key;
    const signature = data.continues?.signature_by_old ?? null;
    if (old && signature !== null && !hasSigned(old, continuationMessage(logId, old.text, data), signature)) {
      throw new Fault("continuation_not_signed");
    }
    this.#take(data.key);
    const vouched = !old || old.text === this.key?.text || signature !== null;
    if (!vouched) this.chain = this.chain.slice(-1);
    return vouched;
  }

  /** Replaces the key in use by the next one. @param {string} logId @param {any} data */
  rotate(logId, data) {
    const old = this.key;
    if (!old || data.old_key !== old.text) throw new Fault("rotates_another_key");
    if (!hasSigned(old, rotationMessage(logId, old.text, data.new_key), data.signature_by_old)) {
      throw new Fault("rotation_not_signed");
    }
    this.#take(data.new_key);
  }

  /** Finishes the log: every listed key must have been used. */
  end() {
    const [unused] = this.#coming;
    if (unused) throw new Fault("key_never_used", -1, { key: unused.text });
  }

  /** @param {string} said */
  #take(said) {
    const [next] = this.#coming;
    if (!next || readKey(said)?.text !== next.text) throw new Fault("key_not_listed");
    this.#coming.shift();
    this.key = next;
    this.chain.push(next);
  }
}

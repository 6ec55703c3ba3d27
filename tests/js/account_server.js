/** A server of accounts and units for tests: a request is done once for each key, and its answer may get lost. */
import assert from "node:assert/strict";
import { Problem } from "./simulated_network.js";

export class AccountServer {
  /** @type {any[]} */ users = [];
  /** @type {any[]} */ units = [];
  /** User names of accounts that stand in records. @type {Set<string>} */ used = new Set();
  /** Requests for accounts. */
  requests = 0;
  /** What happens to a request for an account. @type {(body: any) => string} */
  onPost = () => "answer";
  /** @type {Map<string, {body: string, answer: any}>} */ #answers = new Map();
  #made = 0;

  /** @param {string} path @param {any} [body] @param {{key?: string}} [options] @returns {Promise<any>} */
  async post(path, body, { key = "" } = {}) {
    if (path === "/units") return this.#once(key, body, () => this.#unit(body));
    if (path.endsWith("/password")) return { initial_password: `renewed-${path.split("/")[2]}` };
    this.requests += 1;
    const fate = this.onPost(body);
    if (fate === "offline") throw new Problem(0, "offline");
    if (fate === "refuse" && !this.#answers.has(key)) throw new Problem(422, "invalid_input");
    if (fate === "password") throw new Problem(403, "password_needed");
    if (fate === "sign in") throw new Problem(403, "not_allowed");
    const answer = this.#once(key, body, () => this.#user(body));
    if (fate === "lose") throw new Problem(0, "offline");
    return answer;
  }

  /** @param {string} path @returns {Promise<any>} */
  async del(path) {
    this.requests += 1;
    if (this.onPost(null) === "password") throw new Problem(403, "password_needed");
    const [, kind, id] = path.split("/");
    if (kind === "units") this.units = this.units.filter((unit) => unit.id !== id);
    const user = this.users.find((one) => one.id === id);
    if (kind === "users") this.users = this.users.filter((one) => one.id !== id);
    return { id, deleted: !this.used.has(user?.username) };
  }

  /** @param {string} key @param {any} body @param {() => any} run */
  #once(key, body, run) {
    const before = this.#answers.get(key);
    const text = JSON.stringify(body);
    if (before) assert.equal(before.body, text, "another request under the same key");
    // A repeated answer holds no password.
    if (before) return { ...before.answer, initial_password: null };
    const answer = run();
    this.#answers.set(key, { body: text, answer });
    return answer;
  }

  /** @param {any} body */
  #user(body) {
    if (this.users.some((user) => user.username === body.username)) throw new Problem(409, "username_taken");
    this.#made += 1;
    const user = { ...body, id: String(this.#made) };
    this.users.push(user);
    return { ...user, initial_password: `secret-${user.id}` };
  }

  /** @param {any} body */
  #unit(body) {
    const unit = { id: `unit-${this.units.length + 1}`, name: body.name };
    this.units.push(unit);
    return unit;
  }
}

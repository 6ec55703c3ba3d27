/**
 * Data of the administration page for people and units.
 *
 * @typedef {import("../../lib/schemas.js").UserView} User
 * @typedef {import("../../lib/schemas.js").UnitView} Unit
 * @typedef {import("./secrets.js").Secret} Secret
 */

import { api } from "../../lib/api.js";
import { sayProblem } from "../../lib/ui/toast.js";
import { rememberNewPeople } from "../people_list/new_people.js";

export const people = {
  /** @type {User[] | null} */
  users: null,
  /** @type {Unit[]} */
  units: [],
  query: "",
  /** @type {string | null} */
  next: null,
  /** Passwords created on this page since it was loaded. @type {Secret[]} */
  secrets: [],
};

/** @type {() => void} */
let draw = () => {};

/** @param {() => void} run */
export function onChange(run) {
  draw = run;
}

export function changed() {
  draw();
}

/** @param {string} query @param {string | null} [cursor] start of the next page */
export async function loadUsers(query, cursor = null) {
  people.query = query;
  const more = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
  try {
    const { items, next } = await api.get(`/users?q=${encodeURIComponent(query)}${more}`);
    if (query !== people.query) return;
    people.users = cursor ? [...(people.users ?? []), ...items] : items;
    people.next = next ?? null;
    draw();
  } catch (error) {
    sayProblem(error);
  }
}

export async function loadUnits() {
  try {
    people.units = (await api.get("/units")).items;
    draw();
  } catch (error) {
    sayProblem(error);
  }
}

/** @param {string | null} id */
export function unitName(id) {
  return people.units.find((unit) => unit.id === id)?.name ?? "";
}

/** @param {string} id @param {import("../../lib/schemas.js").UserChanges} facts */
export async function changeUser(id, facts) {
  await api.patch(`/users/${id}`, facts);
  await loadUsers(people.query);
}

/** @param {Record<string, unknown>} facts */
export async function createUser(facts) {
  const user = await api.post("/users", facts);
  people.secrets = [{ display_name: user.display_name, username: user.username, initial_password: user.initial_password ?? null }, ...people.secrets];
  rememberNewPeople([user.id]);
  await loadUsers(people.query);
}

/** Shows the accounts that a pasted list created or removed. @param {(Secret & {id: string})[]} made @param {Secret[]} [gone] */
export async function showList(made, gone = made) {
  const names = new Set(gone.map((one) => one.username));
  people.secrets = [...made, ...people.secrets.filter((one) => !names.has(one.username))];
  await loadUnits();
  await loadUsers(people.query);
}

/** @param {User} user */
export async function removeSecondFactor(user) {
  await api.del(`/users/${user.id}/second-factor`);
  await loadUsers(people.query);
}

/** @param {User} user @param {string} [reason] needed while the person may vote in an open poll */
export async function resetPassword(user, reason) {
  const { initial_password } = await api.post(`/users/${user.id}/password`, reason ? { reason } : {});
  const others = people.secrets.filter((one) => one.username !== user.username);
  people.secrets = [{ display_name: user.display_name, username: user.username, initial_password }, ...others];
  draw();
}

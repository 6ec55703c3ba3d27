/** A list between paste and creation: namesakes and faults; then its accounts, whatever the server and the network do. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Creation } from "../../static/js/pages/people_list/creation.js";
import { capitalRows, factsOf, missingUnits, rowsOf, sameName, writeInNormalCase } from "../../static/js/pages/people_list/draft.js";
import { readList } from "../../static/js/pages/people_list/read_list.js";
import { offeredPeople } from "../../static/js/pages/prepare/shapes.js";
import { AccountServer } from "./account_server.js";
import { chance, oneOf } from "./chance.js";

/** @param {string} text */
const listOf = (text) => rowsOf(readList(text));
/** @param {any[]} rows @param {any[]} [accounts] */
function told(rows, accounts = []) {
  const facts = factsOf(rows, accounts);
  return rows.map((row) => {
    const { fault, doubt, counted } = facts.get(row) ?? assert.fail("no facts");
    return [(fault ?? doubt?.key ?? "").replace("people_list.", ""), doubt?.params.n ?? "", counted];
  });
}

test("one name in two spellings is the same, another tone or letter is another name", () => {
  for (const [one, other] of [["Hòa", "Hoà"], ["TRẦN VĂN AN", "Trần  Văn An"], ["Thúy", "Thuý"], ["Trần Ân", "Trần Ân".normalize("NFD")]]) assert.equal(sameName(one ?? ""), sameName(other ?? ""));
  for (const [one, other] of [["An", "Ân"], ["Bé", "Bẹ"], ["Đào", "Dao"], ["Trần Văn An", "Trần An Văn"]]) assert.notEqual(sameName(one ?? ""), sameName(other ?? ""));
});

test("namesakes are marked; the first is created, the others wait for a tick", () => {
  const rows = listOf("Trần Văn An\nLê Thị Bình\nTRẦN VĂN AN, Trưởng ấp\nTrần Văn Ân");
  assert.deepEqual(told(rows), [["same_line", 3, true], ["", "", true], ["same_line", 1, false], ["", "", true]]);
  Object.assign(rows[2] ?? {}, { wanted: true });
  assert.deepEqual(told(rows)[2], ["same_line", 1, true]);
  Object.assign(rows[2] ?? {}, { wanted: false });
  assert.deepEqual(told(rows)[0], ["", "", true], "who is left out is nobody's namesake");
});

test("namesakes of accounts wait for a tick, and stop being namesakes when they are corrected", () => {
  const accounts = [{ id: "1", display_name: "Trần Văn An", username: "an.tv", position: "Chủ tịch" }];
  const rows = listOf("1. Ông Trần Văn An\n2. Lê Thị Bình");
  assert.deepEqual(told(rows, accounts), [["same_account_position", "", false], ["", "", true]]);
  Object.assign(rows[0] ?? {}, { name: "Trần Văn Anh" });
  assert.deepEqual(told(rows, accounts)[0], ["", "", true]);
});

test("faults are told in words, and only those rows are not created", () => {
  const long = "Nguyễn ".repeat(30);
  const rows = rowsOf(["", long, "李明", "An 1975", "Bé"].map((name) => ({ name, position: "", unit: "", heading: false })));
  Object.assign(rows[4] ?? {}, { position: "x".repeat(201) });
  assert.deepEqual(told(rows), [
    ["people.name_missing", "", false], ["name_too_long", "", false], ["name_without_letters", "", false], ["name_with_digits", "", true], ["position_too_long", "", false],
  ]);
});

test("headings are left out until they are ticked", () => {
  const rows = listOf("Danh sách đại biểu\n1. Nguyễn Văn An\n2. Lê Thị Bình");
  assert.deepEqual(told(rows), [["not_a_name", "", false], ["", "", true], ["", "", true]]);
});

test("capitals and units", () => {
  const rows = listOf("Họ tên\tĐơn vị\nNGUYỄN VĂN AN\tHĐND Xã\nLê Bé\tẤp 3\nTrần Cúc\tấp 3");
  assert.equal(capitalRows(rows).length, 1);
  writeInNormalCase(rows);
  assert.deepEqual(rows.map((row) => row.name), ["Nguyễn Văn An", "Lê Bé", "Trần Cúc"]);
  assert.deepEqual(missingUnits(rows, [{ name: "HĐND xã" }]), ["Ấp 3"]);
});

const HOME = { id: "home", name: "HĐND xã" };
/** @param {AccountServer} server @param {string[]} [taken] */
function creationAt(server, taken = []) {
  let keys = 0;
  return new Creation({ api: server, newKey: () => `key-${(keys += 1)}`, offline: () => "offline", changed: () => {} }, new Set(taken), [HOME]);
}
const choice = { home: HOME, makeUnits: true };

test("accounts are made in the order of the list, each with a user name of its own", async () => {
  const server = new AccountServer();
  const rows = listOf("Trần Văn An, Chủ tịch\nLê Thị Bình\nTrần Vũ An");
  await creationAt(server, ["binh.lt"]).create(rows, choice);
  assert.deepEqual(server.users.map((user) => [user.username, user.position, user.unit_id]), [["an.tv", "Chủ tịch", "home"], ["binh.lt2", null, "home"], ["an.tv2", null, "home"]]);
  assert.deepEqual(rows.map((row) => row.made?.initial_password), ["secret-1", "secret-2", "secret-3"]);
});

test("a user name that somebody took meanwhile gets the next number", async () => {
  const server = new AccountServer();
  server.users.push({ id: "x", username: "an.tv", display_name: "", position: "" });
  const rows = listOf("Trần Văn An\nTrần Vũ An");
  await creationAt(server).create(rows, choice);
  assert.deepEqual(rows.map((row) => row.made?.username), ["an.tv2", "an.tv3"]);
});

test("a refused row is told and does not stop the others; corrected, it is created", async () => {
  const server = new AccountServer();
  const rows = listOf("An Một\nAn Hai\nAn Ba");
  server.onPost = (body) => (body.display_name === "An Hai" ? "refuse" : "answer");
  const creation = creationAt(server);
  await creation.create(rows, choice);
  assert.deepEqual(rows.map((row) => [Boolean(row.made), row.trouble]), [[true, ""], [false, "in words: invalid_input"], [true, ""]]);
  Object.assign(rows[1] ?? {}, { name: "An Tư" });
  await creation.create(rows.slice(1, 2), choice);
  assert.deepEqual(server.users.map((user) => user.display_name), ["An Một", "An Ba", "An Tư"]);
});

test("an answer that got lost makes no second account, and the first password is renewed", async () => {
  const server = new AccountServer();
  const rows = listOf("An Một\nAn Hai");
  server.onPost = (body) => (body.display_name === "An Một" ? "lose" : "answer");
  const creation = creationAt(server);
  await creation.create(rows, choice);
  assert.deepEqual(rows.map((row) => [Boolean(row.made), row.trouble]), [[false, "in words: offline"], [true, ""]]);
  server.onPost = () => "answer";
  await creation.create(rows.slice(0, 1), choice);
  assert.deepEqual(server.users.map((user) => user.display_name), ["An Một", "An Hai"]);
  assert.equal(rows[0]?.made?.initial_password, "renewed-1");
});

test("without a network the rest is not tried for minutes", async () => {
  const server = new AccountServer();
  server.onPost = () => "offline";
  const rows = listOf(Array.from({ length: 27 }, (_, n) => `An ${"ABCDEFGHIJKLMNOPQRSTUVWXYZĐ"[n]}`).join("\n"));
  await creationAt(server).create(rows, choice);
  assert.equal(server.requests, 3);
  assert.ok(rows.every((row) => row.trouble === "in words: offline" && !row.made));
});

test("units that do not exist are made first, or their people belong to the body", async () => {
  const text = "Họ tên\tĐơn vị\nLê Bé\tẤp 3\nTrần Cúc\t";
  const server = new AccountServer();
  await creationAt(server).create(listOf(text), choice);
  assert.deepEqual(server.users.map((user) => user.unit_id), ["unit-1", "home"]);
  const other = new AccountServer();
  await creationAt(other).create(listOf(text), { ...choice, makeUnits: false });
  assert.deepEqual([other.users.map((user) => user.unit_id), other.units], [["home", "home"], []]);
});

test("undoing removes exactly what was made, with its units; who was used is closed and named", async () => {
  const server = new AccountServer();
  server.users.push({ id: "x", username: "cu", display_name: "Người Cũ", position: "" });
  const rows = listOf("Họ tên\tĐơn vị\nLê Bé\tẤp 3\nTrần Cúc\tẤp 3");
  const creation = creationAt(server);
  await creation.create(rows, choice);
  server.used.add("cuc.t");
  const { left, closed } = await creation.undo(rows);
  assert.deepEqual([left, closed.map((made) => made.display_name)], [[], ["Trần Cúc"]]);
  assert.deepEqual([server.users.map((user) => user.username), server.units], [["cu"], []]);
  assert.ok(rows.every((row) => !row.made && !row.attempt && !row.trouble));
});

test("whatever gets lost, in the end everybody has one account, in order where nothing failed", async () => {
  const random = chance(27);
  for (let round = 0; round < 60; round += 1) {
    const server = new AccountServer();
    const rows = listOf(Array.from({ length: 12 }, (_, n) => `Lê ${"ABCDEFGHIJKL"[n]}`).join("\n"));
    const creation = creationAt(server);
    server.onPost = () => oneOf(random, ["answer", "answer", "lose", "offline", "refuse", "sign in"]);
    for (let attempt = 0; attempt < 6; attempt += 1) await creation.create(rows.filter((row) => !row.made?.initial_password), choice);
    server.onPost = () => "answer";
    await creation.create(rows.filter((row) => !row.made?.initial_password), choice);
    assert.deepEqual(server.users.map((user) => user.display_name).sort(), rows.map((row) => row.name).sort());
    assert.ok(rows.every((row) => row.made?.initial_password && !row.trouble));
    await creation.undo(rows);
    assert.deepEqual(server.users, []);
  }
});

test("new people are offered to a meeting that has nobody else", () => {
  const meeting = (/** @type {[string, string][]} */ ...people) => /** @type {any} */ ({ participants: people.map(([user_id, role]) => ({ user_id, role })) });
  assert.deepEqual(offeredPeople(meeting(["me", "secretary"]), ["a", "b"]), ["a", "b"]);
  assert.deepEqual(offeredPeople(meeting(["me", "secretary"], ["a", "chair"]), ["a", "b"]), ["b"]);
  assert.deepEqual(offeredPeople(meeting(["a", "member"]), ["a", "b"]), ["b"], "the rest of an invitation that half failed");
  assert.deepEqual(offeredPeople(meeting(["x", "member"]), ["a", "b"]), []);
});

test("whoever does not give the own password is asked once, not for every row", async () => {
  const server = new AccountServer();
  const rows = listOf("An Một\nAn Hai\nAn Ba");
  const creation = creationAt(server);
  server.onPost = () => "password";
  await creation.create(rows, choice);
  assert.equal(server.requests, 1);
  assert.deepEqual(rows.map((row) => row.trouble), Array(3).fill("in words: password_needed"));
  server.onPost = () => "answer";
  await creation.create(rows, choice);
  assert.equal(server.users.length, 3);
  server.onPost = () => "password";
  server.requests = 0;
  assert.equal((await creation.undo(rows)).left.length, 3);
  assert.equal(server.requests, 1);
  server.onPost = () => "answer";
  assert.deepEqual((await creation.undo(rows)).left, []);
});

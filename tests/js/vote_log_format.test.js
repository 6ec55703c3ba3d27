/** Proofs, checkpoints, keys and canonical JSON against the published vectors, and tampered ones refused. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isDeepStrictEqual } from "node:util";
import { fromBase64, fromHex, toBase64, toHex, utf8 } from "../../static/js/lib/bytes.js";
import { encode, NotCanonical, read } from "../../static/js/voting/vote_log/canonical.js";
import { continuationMessage, isSignature, isSignedBy, parseNote, readKey, readNote, rotationMessage } from "../../static/js/voting/vote_log/checkpoints.js";
import { checkConsistency, checkInclusion, leafHash, rootFromInclusion } from "../../static/js/voting/vote_log/log_proofs.js";
import { chance } from "./chance.js";
import { naiveConsistency, naiveInclusion, naiveLeaf, naiveRoot, Signer } from "./naive_log.js";

const vectors = JSON.parse(readFileSync(new URL("../../docs/vote-log-vectors.json", import.meta.url), "utf8"));
const { tree, key, rotation, log } = vectors;
const leaves = tree.entries.map((/** @type {string} */ entry) => leafHash(/** @type {Uint8Array} */ (fromHex(entry))));

test("inclusion proofs of the reference tree lead to its roots, and to no other", () => {
  for (const { index, size, proof } of tree.inclusion) {
    assert.ok(checkInclusion(index, size, leaves[index], proof, tree.roots[size]));
    assert.ok(!checkInclusion(index, size, leaves[(index + 1) % 8], proof, tree.roots[size]));
    assert.ok(!checkInclusion(index, size, leaves[index], proof, tree.roots[size - 1]));
    assert.equal(rootFromInclusion(index, size, leaves[index], [...proof, leaves[0]]), null);
    if (proof.length) assert.equal(rootFromInclusion(index, size, leaves[index], proof.slice(1)), null);
  }
});

test("consistency proofs of the reference tree hold, and bent ones do not", () => {
  for (const { old, size, proof } of tree.consistency) {
    const [before, after] = [tree.roots[old], tree.roots[size]];
    assert.ok(checkConsistency(old, before, size, after, proof));
    assert.ok(!checkConsistency(old, after === before ? tree.roots[0] : after, size, after, proof));
    assert.ok(!checkConsistency(old, before, size, tree.roots[0], proof));
    assert.ok(!checkConsistency(old, before, size, after, [...proof, leaves[0]]));
    for (let at = 0; at < proof.length; at++) {
      assert.ok(!checkConsistency(old, before, size, after, proof.toSpliced(at, 1)));
      assert.ok(!checkConsistency(old, before, size, after, proof.with(at, leaves[0])));
    }
  }
});

test("proofs of random trees agree with the definition, and not with another leaf, root or size", () => {
  for (let seed = 1; seed <= 60; seed++) {
    const random = chance(seed);
    const size = 1 + Math.floor(random() * 70);
    const entries = Array.from({ length: size }, (_, at) => `${seed} ${at} ${random()}`);
    const root = naiveRoot(entries);
    const index = Math.floor(random() * size);
    const inclusion = naiveInclusion(index, entries);
    const said = `seed ${seed}`;
    assert.equal(leafHash(entries[index]), naiveLeaf(entries[index]), said);
    assert.equal(rootFromInclusion(index, size, naiveLeaf(entries[index]), inclusion), root, said);
    assert.ok(!checkInclusion(index, size, naiveLeaf("other"), inclusion, root), said);
    if (index + 1 < size) assert.ok(!checkInclusion(index + 1, size, naiveLeaf(entries[index]), inclusion, root), said);

    const old = 1 + Math.floor(random() * size);
    const before = naiveRoot(entries.slice(0, old));
    const proof = naiveConsistency(old, entries);
    assert.ok(checkConsistency(old, before, size, root, proof), said);
    if (old === size) continue;
    const fork = entries.with(Math.floor(random() * old), "another entry");
    assert.ok(!checkConsistency(old, before, size, naiveRoot(fork), naiveConsistency(old, fork)), said);
    assert.ok(!checkConsistency(old, naiveRoot(fork.slice(0, old)), size, root, proof), said);
    assert.ok(!checkConsistency(old + 1, before, size, root, proof), said);
  }
});

test("what is no proof is refused, whatever it is", () => {
  const leaf = leaves[0];
  for (const proof of [null, undefined, "", {}, [1], ["AA"], [leaf.toUpperCase()], [`${leaf}00`], [null]]) {
    assert.equal(rootFromInclusion(0, 2, leaf, proof), null);
    assert.ok(!checkConsistency(1, leaf, 2, leaf, proof));
  }
  for (const [index, size] of [[-1, 1], [1, 1], [0.5, 1], [0, 2 ** 60], [NaN, NaN]]) {
    assert.equal(rootFromInclusion(index, size, leaf, []), null);
  }
  for (const [old, size] of [[0, 1], [0, 0], [2, 1], [1.5, 2]]) assert.ok(!checkConsistency(old, leaf, size, leaf, []));
});

test("an index beyond 32 bits keeps its path", () => {
  const proof = Array.from({ length: 41 }, (_, at) => naiveLeaf(String(at)));
  const [index, size] = [2 ** 40 + 5, 2 ** 41];
  const root = rootFromInclusion(index, size, leaves[0], proof);
  assert.ok(root);
  assert.notEqual(root, rootFromInclusion(index - 2 ** 40, size, leaves[0], proof));
  assert.notEqual(root, rootFromInclusion(index - 2 ** 32, size, leaves[0], proof));
});

test("Ed25519 checks the signatures of RFC 8032 and nothing bent", () => {
  for (const one of vectors.ed25519) {
    const [publicKey, message, signature] = [one.public, one.message, one.signature].map((text) => fromHex(text));
    assert.ok(isSignature(publicKey, message, signature), one.name);
    assert.ok(!isSignature(publicKey, new Uint8Array([...message, 0]), signature), one.name);
    for (const at of [0, 31, 32, 63]) {
      const bent = signature.slice();
      bent[at] ^= 1;
      assert.ok(!isSignature(publicKey, message, bent), `${one.name}, byte ${at}`);
    }
    assert.ok(!isSignature(publicKey, message, signature.slice(1)));
    assert.ok(!isSignature(new Uint8Array(32), message, signature), "a key of small order signs nothing");
  }
});

test("a published signed note and its key are read", () => {
  const { vkey, text, signature_line } = vectors.signed_note;
  const published = readKey(vkey);
  const signed = fromBase64(signature_line.split(" ")[2]);
  assert.ok(published && signed);
  assert.equal(published.name, "PeterNeumann");
  assert.equal(toHex(signed.slice(0, 4)), toHex(published.id));
  assert.ok(isSignature(published.publicKey, utf8(text), signed.slice(4)));
});

test("the key and the rotation of the document", () => {
  const read = readKey(key.vkey);
  assert.ok(read);
  assert.deepEqual([read.name, toHex(read.id), toHex(read.publicKey)], [key.name, key.id, key.public]);
  const [, newKey] = log.keys;
  const message = rotationMessage("b7RkW3xTqLmN9pVz5sYcHd", key.vkey, newKey);
  assert.equal(message, rotation.message);
  assert.ok(isSignature(read.publicKey, utf8(message), fromHex(rotation.signature)));
});

test("a key that is bent anywhere is none", () => {
  for (let at = 0; at < key.vkey.length; at++) {
    const bent = key.vkey.slice(0, at) + (key.vkey[at] === "x" ? "y" : "x") + key.vkey.slice(at + 1);
    assert.equal(readKey(bent), null, bent);
  }
  for (const text of [null, "", `${key.vkey} `, `${key.vkey}\n`, ` ${key.vkey}`]) assert.equal(readKey(text), null);
});

test("every checkpoint of the log is by the key in force, with the root of its lines", () => {
  for (const text of log.checkpoints) {
    const size = Number(text.split("\n")[1]);
    const [inForce, other] = size > 13 ? [log.keys[1], log.keys[0]] : log.keys;
    const note = readNote(text, inForce);
    const root = naiveRoot(log.lines.slice(0, size));
    assert.deepEqual(note, { origin: "dienhong/b7RkW3xTqLmN9pVz5sYcHd", logId: "b7RkW3xTqLmN9pVz5sYcHd", size, root });
    assert.equal(readNote(text, other), null);
  }
  assert.deepEqual(log.lines.map(leafHash), log.leaves);
});

test("the continuation of the vectors, and its checkpoints that are right or wrong", () => {
  const { lines } = vectors.logs["restored under key 2, signed"];
  const { message, signature } = vectors.continuation;
  assert.equal(continuationMessage("Restored", key.vkey, read(lines[0]).data), message);
  const publicKey = /** @type {Uint8Array} */ (fromHex(key.public));
  assert.ok(isSignature(publicKey, utf8(message), /** @type {Uint8Array} */ (fromHex(signature))));
  const whole = { logId: "Plain", size: 2, root: naiveRoot(vectors.logs.plain.lines.slice(0, 2)), origin: "dienhong/Plain" };
  for (const { name, checkpoints, exit } of vectors.archives) {
    if (checkpoints === undefined) continue;
    const note = readNote(checkpoints.split("--\n")[1], key.vkey);
    assert.equal(isDeepStrictEqual({ ...note }, whole), exit === 0, name);
  }
  for (const log of Object.values(vectors.logs)) {
    for (const line of /** @type {any} */ (log).lines) assert.equal(encode(read(line)), line);
  }
});

test("a checkpoint that is bent anywhere is refused", () => {
  const text = log.checkpoints[2];
  for (let at = 0; at < text.length; at++) {
    for (const letter of ["1", "A", " ", "\n", ""]) {
      if (letter === text[at]) continue;
      const bent = text.slice(0, at) + letter + text.slice(at + 1);
      assert.equal(readNote(bent, log.keys[0]), null, JSON.stringify(bent));
    }
  }
  for (const bent of [`${text}\n`, ` ${text}`, text.slice(0, -1), text.replace("\n3\n", "\n03\n"), null, 3]) {
    assert.equal(readNote(bent, log.keys[0]), null);
  }
});

test("lines of unknown keys are ignored, up to sixteen lines; one by the key in force must be there", () => {
  const [signer, stranger] = [new Signer(key.seed), new Signer("22".repeat(32), "somebody")];
  assert.equal(signer.vkey, key.vkey);
  const whole = signer.note("log", ["a"]);
  const text = whole.slice(0, whole.indexOf("\n\n") + 1);
  const strange = stranger.line(text);
  assert.ok(readNote(`${text}\n${strange}${signer.line(text)}`, key.vkey));
  assert.ok(readNote(`${text}\n${strange.repeat(15)}${signer.line(text)}`, key.vkey));
  assert.equal(readNote(`${text}\n${strange.repeat(16)}${signer.line(text)}`, key.vkey), null);
  assert.equal(readNote(`${text}\n${strange}`, key.vkey), null);
  assert.equal(readNote(`${text}\n`, key.vkey), null);
  assert.equal(readNote(`${text}an extension\n\n${signer.line(`${text}an extension\n`)}`, key.vkey), null);
  const nothing = `dienhong/log\n0\n${Buffer.from(naiveRoot([]), "hex").toString("base64")}\n`;
  assert.equal(readNote(`${nothing}\n${signer.line(nothing)}`, key.vkey), null, "a size of none");
  const note = parseNote(whole);
  const name = readKey(new Signer(key.seed, "another-name").vkey);
  assert.ok(note && name && !isSignedBy(note, name), "the same key under another name is another key");
});

test("canonical forms are written as RFC 8785 has them, and what lies outside is refused", () => {
  for (const { name, json, canonical } of vectors.canonical) {
    assert.equal(encode(JSON.parse(json)), canonical, name);
    assert.deepEqual(read(canonical), JSON.parse(json), name);
    if (json !== canonical) assert.equal(read(json), undefined, name);
  }
  for (const { name, json } of vectors.refused) assert.equal(read(json), undefined, name);
  for (const value of [-1, 0.5, 2 ** 53, NaN, undefined, "\ud800", "A\u030a", [undefined], { a: () => 0 }]) {
    assert.throws(() => encode(value), NotCanonical);
  }
  for (const line of ['{"a":1,"a":1}', "-0", '{"a": 1}', '"\\u0061"', '"\\/"', "", "[", "[".repeat(300) + "]".repeat(300)]) {
    assert.equal(read(line), undefined, line);
  }
  assert.deepEqual(Object.keys(read('{"__proto__":1}')), ["__proto__"]);
  assert.equal(encode("a\n\u0301\u007f\u2028"), '"a\\n\u0301\u007f\u2028"');
});

test("every line of the log is canonical, and the ballot of the document fits its commitment", () => {
  for (const line of log.lines) assert.equal(encode(read(line)), line);
  const { salt, canonical, commitment } = vectors.ballot;
  const bytes = Buffer.concat([Buffer.from(salt, "hex"), Buffer.from(encode(JSON.parse(canonical)))]);
  assert.equal(createHash("sha256").update(bytes).digest("hex"), commitment);
});

test("hex and base64 have one right form each", () => {
  const random = chance(7);
  for (let length = 0; length < 40; length++) {
    const bytes = Uint8Array.from({ length }, () => Math.floor(random() * 256));
    assert.equal(toHex(bytes), Buffer.from(bytes).toString("hex"));
    assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
    assert.deepEqual(fromHex(toHex(bytes), length), bytes);
    assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
  }
  for (const text of ["A0", "0", "0g", "00\n", " 00", 7]) assert.equal(fromHex(text), null);
  for (const text of ["QQ", "QR==", "QQ==\n", "Q Q=", "Q===", "====", "QQ=A", "-_8=", 7]) assert.equal(fromBase64(text), null);
});

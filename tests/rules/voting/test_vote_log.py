"""The server's vote log: one canonical form, proofs that hold, notes that nobody else can make."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from meetings.voting.rules.tally_rules import Channel
from meetings.voting.vote_log import commitments, entries, jcs, merkle
from meetings.voting.vote_log.checkpoint import BadNote, Checkpoint, Signer, key_name, read
from meetings.voting.vote_log.entries import BallotCommitted, Entry, KeyRotated
from meetings.voting.vote_log.parts import Ballot, Person
from tests.rules.voting.vote_meetings import Sitting
from verifier import canonical, ed25519, notes, tree

TEXT = st.text(st.characters(exclude_categories=["Cs"])).map(
    lambda text: unicodedata.normalize("NFC", text)
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(TEXT, inner, max_size=5),
    max_leaves=20,
)
LEAVES = st.lists(st.binary(max_size=4), min_size=1, max_size=70)
SIGNER = Signer("dienhong-test", Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=timezone(timedelta(hours=7)))


@given(VALUES)
def test_the_verifier_writes_the_same_canonical_form(value):
    line = jcs.encode(value)
    assert json.loads(line) == value
    assert canonical.read(line) == value
    assert canonical.encode(value) == line


@pytest.mark.parametrize(
    "value",
    [1.0, float("nan"), -1, 2**53, "a\u030a", "\ud800", b"x", {"a\u030a": 0}, [[{"x": 0.5}]], {1}],
    ids=repr,
)
def test_values_outside_the_set_are_refused(value):
    with pytest.raises(jcs.NotCanonical):
        jcs.encode(value)


def root_at_once(leaves: list[bytes]) -> bytes:
    """The definition of RFC 6962, section 2.1, word for word."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return merkle.leaf_hash(leaves[0])
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return merkle.node_hash(root_at_once(leaves[:half]), root_at_once(leaves[half:]))


def grown(leaves: list[bytes]) -> merkle.NodesInMemory:
    nodes, size = merkle.NodesInMemory(), 0
    for leaf in leaves:
        size = merkle.append(nodes, size, merkle.leaf_hash(leaf))
    return nodes


@given(LEAVES)
def test_appending_one_by_one_gives_the_root_of_all_at_once(leaves):
    nodes, sizes = grown(leaves), range(len(leaves) + 1)
    whole = [root_at_once(leaves[:size]) for size in sizes]
    assert [merkle.root(nodes, size) for size in sizes] == whole
    found = tree.roots([tree.leaf_hash(leaf) for leaf in leaves], sizes)
    assert [found[size] for size in sizes] == whole


@given(LEAVES, st.data())
def test_inclusion_is_proved_and_nothing_else_is(leaves, data):
    nodes = grown(leaves)
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    leaf, root = merkle.leaf_hash(leaves[index]), merkle.root(nodes, size)
    proof = merkle.inclusion_proof(nodes, index, size)
    assert len(proof) <= (size - 1).bit_length()
    assert tree.is_included(leaf, index, size, proof, root)
    assert not tree.is_included(b"\x00" * 32, index, size, proof, root)
    assert not tree.is_included(leaf, index, size, proof, b"\x00" * 32)
    assert not tree.is_included(leaf, index, size, [*proof, leaf], root)
    assert not tree.is_included(leaf, size, size, proof, root)
    for place in range(len(proof)):
        changed = [*proof[:place], b"\x00" * 32, *proof[place + 1 :]]
        assert not tree.is_included(leaf, index, size, changed, root)
        assert not tree.is_included(leaf, index, size, proof[:place], root)


@given(LEAVES, st.data())
def test_consistency_is_proved_and_a_fork_never_is(leaves, data):
    nodes = grown(leaves)
    size = data.draw(st.integers(1, len(leaves)))
    old = data.draw(st.integers(1, size))
    before, after = merkle.root(nodes, old), merkle.root(nodes, size)
    proof = merkle.consistency_proof(nodes, old, size)
    assert len(proof) <= (size - 1).bit_length() + 1
    assert tree.is_consistent(old, size, before, after, proof)
    forked = [*leaves[: old - 1], b"fork!", *leaves[old:]]
    other = merkle.root(grown(forked), old)
    assert not tree.is_consistent(old, size, other, after, proof)
    assert not tree.is_consistent(old, size, before, b"\x00" * 32, proof)
    assert not tree.is_consistent(old, size, before, after, [*proof, before])
    for place in range(len(proof)):
        assert not tree.is_consistent(old, size, before, after, proof[:place])


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_what_is_not_there(index, size):
    nodes = grown([b"a", b"b", b"c"])
    with pytest.raises(ValueError, match="no"):
        merkle.inclusion_proof(nodes, index, size)
    with pytest.raises(ValueError, match="no proof"):
        merkle.consistency_proof(nodes, size + 1, size)


class CountedNodes(merkle.NodesInMemory):
    """Counts what is read and written."""

    used = 0

    def get(self, level: int, index: int) -> bytes:
        self.used += 1
        return super().get(level, index)

    def put(self, level: int, index: int, node: bytes) -> None:
        self.used += 1
        super().put(level, index, node)


def test_work_grows_with_the_logarithm():
    nodes, most = CountedNodes(), 0
    for size in range(5000):
        nodes.used = 0
        merkle.append(nodes, size, merkle.leaf_hash(b"%d" % size))
        most = max(most, nodes.used)
    assert most <= 2 * 13
    for size in (4999, 4096, 4097, 3333):
        for index in (0, 1, size // 2, size - 1):
            nodes.used = 0
            merkle.inclusion_proof(nodes, index, size)
            merkle.consistency_proof(nodes, index + 1, size)
            assert nodes.used <= 4 * 13


@given(st.binary(max_size=100), st.binary(min_size=32, max_size=32), st.integers(0, 511))
def test_signatures_are_checked_by_hand_as_by_the_library(message, seed, bit):
    private = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = private.public_key().public_bytes_raw(), private.sign(message)
    for is_signed in (ed25519.is_signed, ed25519.is_signed_by_hand):
        assert is_signed(public, message, signature)
        assert not is_signed(public, message + b"x", signature)
        changed = bytearray(signature)
        changed[bit // 8] ^= 1 << bit % 8
        assert not is_signed(public, message, bytes(changed))


@pytest.mark.parametrize(
    ("public", "signature"),
    [
        (b"\xff" * 32, b"\x00" * 64),  # not below the prime
        (b"\x02" + b"\x00" * 31, b"\x00" * 64),  # not on the curve
        (b"\x01" + b"\x00" * 30 + b"\x80", b"\x00" * 64),  # zero with a sign
        (b"\x01", b"\x00" * 64),
        (b"\x01" + b"\x00" * 31, b"\x00" * 63),
        (b"\x01" + b"\x00" * 31, b"\x00" * 32 + b"\xff" * 32),  # S not below the order
    ],
)
def test_malformed_keys_and_signatures_are_no_signatures(public, signature):
    assert not ed25519.is_signed(public, b"", signature)
    assert not ed25519.is_signed_by_hand(public, b"", signature)


def test_a_note_is_read_by_server_and_verifier_and_changed_by_nobody():
    head = Checkpoint("log-1", 17, merkle.leaf_hash(b"x"))
    note = SIGNER.sign(head)
    key = notes.read_key(SIGNER.vkey)
    assert read(note, SIGNER.vkey) == head
    seen = notes.read_note(note)
    assert seen
    assert key
    assert seen.is_by(key)
    assert (seen.log_id, seen.size, seen.root) == (head.log_id, head.size, head.root)
    for place in range(len(note)):
        changed = f"{note[:place]}{chr(ord(note[place]) ^ 1)}{note[place + 1 :]}"
        with pytest.raises(BadNote):
            read(changed, SIGNER.vkey)
        other = notes.read_note(changed)
        assert other is None or not other.is_by(key)


@pytest.mark.parametrize("text", ["", "x", "a+b", "a+00000000+AAAA", f"{SIGNER.vkey}=", "a++"])
def test_what_is_no_key_is_refused(text):
    assert notes.read_key(text) is None
    with pytest.raises(BadNote):
        read(SIGNER.sign(Checkpoint("l", 1, b"\x00" * 32)), text)


def test_key_names_are_what_notes_allow():
    name = key_name("8kQ2mZ7pRt5WxYvB3nLcFd")
    assert name == "dienhong-8kQ2mZ7p"
    assert notes.read_key(Signer(name, Ed25519PrivateKey.generate()).vkey)


BALLOT = Ballot(
    "p", "u", "for", Channel.RECORDED, Person("c", "Vũ"), "Hết pin", Person("d", "Ngô"), 1
)


def test_a_commitment_opens_to_its_ballot_only():
    salt = commitments.new_salt()
    sealed = commitments.commit(salt, BALLOT)
    assert commitments.opens(sealed, salt, BALLOT)
    assert not commitments.opens(sealed, commitments.new_salt(), BALLOT)
    other = Ballot("p", "u", "for", Channel.TABLET, None, None, None, 1)
    assert not commitments.opens(sealed, salt, other)
    with pytest.raises(ValueError, match="32 bytes"):
        commitments.commit(b"short", BALLOT)


def test_every_choice_makes_an_entry_of_the_same_length():
    lengths = set()
    for choice in ("for", "against", "abstain"):
        ballot = Ballot("p", "u", choice, Channel.TABLET, None, None, None, 1)
        data = BallotCommitted("p", commitments.commit(commitments.new_salt(), ballot))
        lengths.add(len(entries.encode(Entry("log", 9, NOW, data))))
    assert len(lengths) == 1


def test_entries_come_back_as_they_were_written():
    seen = set()
    for seed in range(30):
        held = Sitting(seed)
        for log in held.play(4):
            for index, line in enumerate(log.lines):
                entry = entries.decode(line)
                assert entry.index == index
                assert entries.encode(entry) == line
                seen.add(entry.data.type)
    assert seen == entries.SHAPES.keys()


def test_times_are_written_in_utc_to_the_millisecond():
    assert entries.moment(NOW.replace(microsecond=1999)) == "2026-11-24T02:00:00.001Z"
    whole = Entry("log", 0, NOW, KeyRotated("a", "b", "c"))
    assert entries.decode(entries.encode(whole)).at == NOW.astimezone(UTC)


def test_types_are_named_once():
    assert len(entries.SHAPES) == len(entries.EntryData.__subclasses__()) == 12
    ordered = sorted(entries.SHAPES)
    assert all(one != other for one, other in pairwise(ordered))
    assert entries.SHAPES.keys() > entries.WITHOUT_PUBLIC_CHECKPOINT

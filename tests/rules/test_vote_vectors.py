"""The published vectors hold for the server's log and for the verifier, which share no code."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from meetings.attendance.quorum_rules import Comparison, Share, least
from meetings.voting.log import checkpoint, commitments, entries, jcs, merkle
from meetings.voting.log.parts import Ballot
from tests.rules import published_vectors as published
from tests.rules.make_vote_vectors import SEEDS, vectors
from verifier import canonical, counting, ed25519, notes, tree
from verifier.archive import open_archive
from verifier.check import check
from verifier.faults import Fault

DOCS = Path(__file__).resolve().parents[2] / "docs"
FILE: dict[str, Any] = json.loads((DOCS / "vote-log-vectors.json").read_text())
LOG = FILE["log"]


def archive(lines: list[str]) -> io.BytesIO:
    """The archive of the vectors, with these lines in the log."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("log.jsonl", "".join(f"{line}\n" for line in lines))
        made.writestr("leaves.txt", "".join(f"{leaf}\n" for leaf in LOG["leaves"]))
        made.writestr("checkpoints.txt", "--\n".join(LOG["checkpoints"]))
        made.writestr("key.txt", "".join(f"{key}\n" for key in LOG["keys"]))
    return out


def test_the_file_is_what_the_script_makes():
    assert vectors() == FILE


@pytest.mark.parametrize("case", FILE["canonical"], ids=lambda case: case["name"])
def test_canonical_forms(case):
    wanted = case["canonical"].encode()
    assert jcs.encode(json.loads(case["json"])) == wanted
    assert canonical.encode(json.loads(case["json"])) == wanted
    assert canonical.read(wanted) == json.loads(case["json"])


@pytest.mark.parametrize("case", FILE["refused"], ids=lambda case: case["name"])
def test_refused_values(case):
    with pytest.raises(jcs.NotCanonical):
        jcs.encode(json.loads(case["json"]))
    with pytest.raises(Fault):
        canonical.read(case["json"].encode())


@pytest.mark.parametrize("case", FILE["ed25519"], ids=lambda case: case["name"])
def test_ed25519(case):
    public, message, signature = (
        bytes.fromhex(case[name]) for name in ("public", "message", "signature")
    )
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(case["seed"]))
    assert private.public_key().public_bytes_raw() == public
    assert private.sign(message) == signature
    assert ed25519.is_signed(public, message, signature)
    assert ed25519.is_signed_by_hand(public, message, signature)


def test_the_signed_note_of_others():
    case = FILE["signed_note"]
    key = notes.read_key(case["vkey"])
    assert key
    name, _, encoded = case["signature_line"].removeprefix("— ").partition(" ")
    note = notes.Note("", 1, b"", case["text"].encode(), ((name, notes._decoded(encoded) or b""),))
    assert note.is_by(key)
    assert checkpoint.vkey(key.name, key.public) == case["vkey"]


def test_tree():
    case = FILE["tree"]
    leaves = [merkle.leaf_hash(bytes.fromhex(entry)) for entry in case["entries"]]
    nodes = merkle.NodesInMemory()
    for size, leaf in enumerate(leaves):
        merkle.append(nodes, size, leaf)
    wanted = [bytes.fromhex(root) for root in case["roots"]]
    assert [merkle.root(nodes, size) for size in range(9)] == wanted
    assert [tree.roots(leaves, range(9))[size] for size in range(9)] == wanted
    for one in [*case["inclusion"], published.CT_INCLUSION]:
        index, size, proof = one["index"], one["size"], list(map(bytes.fromhex, one["proof"]))
        assert merkle.inclusion_proof(nodes, index, size) == proof
        assert tree.is_included(leaves[index], index, size, proof, wanted[size])
    for one in [*case["consistency"], *published.CT_CONSISTENCY]:
        old, size, proof = one["old"], one["size"], list(map(bytes.fromhex, one["proof"]))
        assert merkle.consistency_proof(nodes, old, size) == proof
        assert tree.is_consistent(old, size, wanted[old], wanted[size], proof)


def test_key_ballot_and_rotation():
    case, public = FILE["key"], bytes.fromhex(FILE["key"]["public"])
    private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(case["seed"]))
    assert bytes.fromhex(case["seed"]) == SEEDS[0]
    signer = checkpoint.Signer(case["name"], private)
    assert signer.vkey == case["vkey"]
    key = notes.read_key(case["vkey"])
    assert key
    assert (key.public, key.id.hex()) == (public, case["id"])
    ballot = FILE["ballot"]
    opening = json.loads(LOG["lines"][7])["data"]
    whole = entries.decode(LOG["lines"][7].encode()).data
    assert isinstance(whole, entries.BallotOpened)
    assert isinstance(whole.ballot, Ballot)
    assert opening["salt"] == ballot["salt"]
    assert entries.encode_ballot(whole.ballot) == canonical.encode(opening["ballot"])
    assert entries.encode_ballot(whole.ballot).decode() == ballot["canonical"]
    assert commitments.commit(bytes.fromhex(ballot["salt"]), whole.ballot) == ballot["commitment"]
    rotation, message = FILE["rotation"], FILE["rotation"]["message"].encode()
    assert notes.rotation_message(json.loads(LOG["lines"][0])["log_id"], *LOG["keys"]) == message
    assert ed25519.is_signed_by_hand(public, message, bytes.fromhex(rotation["signature"]))


@pytest.mark.parametrize("case", FILE["required"], ids=lambda case: str(case["required"]))
def test_required_numbers(case):
    share = {name: case[name] for name in ("numerator", "denominator", "comparison")}
    assert counting.required(share, case["base"]) == case["required"]
    whole = Share(**{**share, "comparison": Comparison(case["comparison"])})
    assert least(whole, case["base"]) == case["required"]


def test_the_log():
    leaves = [merkle.leaf_hash(line.encode()).hex() for line in LOG["lines"]]
    assert leaves == LOG["leaves"]
    for note in LOG["checkpoints"]:
        size = int(note.split("\n")[1])
        signed_by = LOG["keys"][size > 13]
        head = checkpoint.read(note, signed_by)
        assert head.root == tree.roots(list(map(bytes.fromhex, leaves)), [size])[size]
    story = check(open_archive(archive(LOG["lines"])))
    verdicts = {
        name: None if poll.cancelled else poll.verdict for name, poll in story.replay.polls.items()
    }
    assert verdicts == LOG["verdicts"]


@pytest.mark.parametrize("case", FILE["broken"], ids=lambda case: str(case["index"]))
def test_broken_logs(case):
    lines = [*LOG["lines"]]
    lines[case["index"]] = case["line"]
    with pytest.raises(Fault) as found:
        check(open_archive(archive(lines)))
    assert found.value.index == case["index"]


def test_the_document_quotes_the_vectors_byte_for_byte():
    text = (DOCS / "vote-log.md").read_text()
    quoted = [
        LOG["lines"][3],
        LOG["leaves"][3],
        LOG["checkpoints"][2],
        *FILE["ballot"].values(),
        *FILE["key"].values(),
        FILE["rotation"]["message"],
        FILE["rotation"]["signature"],
    ]
    assert [one for one in quoted if one not in text] == []
    for kind in entries.SHAPES:
        assert f"### `{kind}`" in text

"""The published vectors hold for the server's log and for the verifier, which share no code."""

import base64
import io
import json
import zipfile
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from core.paths import ROOT
from meetings.shared.shares import Comparison, Share, least
from meetings.voting.vote_log import checkpoint, commitments, entries, jcs, merkle
from meetings.voting.vote_log.parts import Ballot
from tests.rules.voting import published_vectors as published
from tests.rules.voting.make_vote_vectors import SEEDS, vectors
from tests.server.voting import vote_proofs
from verifier import canonical, counting, ed25519, notes, tree
from verifier.__main__ import main
from verifier.archive import open_archive
from verifier.check import check
from verifier.faults import Fault
from verifier.notes import read_note
from verifier.receipts import read_receipt

DOCS = ROOT / "docs"
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


def test_the_printed_receipt():
    case = FILE["slip"]
    found = read_receipt(case["text"])
    assert (found.index, found.leaf.hex()) == (case["index"], case["leaf"])
    assert found.note == notes.read_note(case["note"])
    check(open_archive(archive(LOG["lines"])), receipts=[found], key=FILE["key"]["vkey"])


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
        FILE["continuation"]["message"],
        FILE["continuation"]["signature"],
        FILE["slip"]["text"],
    ]
    assert [one for one in quoted if one not in text] == []
    for kind in entries.SHAPES:
        assert f"### `{kind}`" in text


def archive_of_case(case: dict[str, Any]) -> bytes:
    """The archive that a case names the logs of, oldest first."""
    out = io.BytesIO()
    *earlier, last = [FILE["logs"][name] for name in case["logs"]]
    places = [*((f"earlier/{n}/", log) for n, log in enumerate(earlier, 1)), ("", last)]
    with zipfile.ZipFile(out, "w") as made:
        for folder, log in places:
            notes = "--\n".join(log["checkpoints"])
            if log is last:
                notes = case.get("checkpoints", notes)
            made.writestr(f"{folder}log.jsonl", "".join(f"{line}\n" for line in log["lines"]))
            made.writestr(f"{folder}checkpoints.txt", notes)
            made.writestr(f"{folder}key.txt", "".join(f"{key}\n" for key in log["keys"]))
    return out.getvalue()


@pytest.mark.parametrize("case", FILE["archives"], ids=lambda case: case["name"])
def test_whole_archives(case, tmp_path):
    path, kept = tmp_path / "archive.zip", tmp_path / "kept.txt"
    path.write_bytes(archive_of_case(case))
    words = ["--key", case["key"]] if "key" in case else []
    if "kept" in case:
        kept.write_text(case["kept"])
        words += ["--kept", str(kept)]
    assert main([str(path), *words]) == case["exit"]
    notes_kept = [note for part in case.get("kept", "").split("--\n") if (note := read_note(part))]
    if case["exit"] == 1:
        with pytest.raises(Fault) as found:
            check(open_archive(path), notes_kept, key=case.get("key"))
        log = int(found.value.log.partition("/")[0] or 1)
        assert (log, found.value.index) == (case["log"], case["index"])
    for poll_id, verdict in case.get("verdicts", {}).items():
        assert check(open_archive(path)).replay.polls[poll_id].verdict == verdict


@pytest.mark.parametrize("case", FILE["zips"], ids=lambda case: case["name"])
def test_zip_files(case, tmp_path):
    path = tmp_path / "archive.zip"
    path.write_bytes(base64.b64decode(case["zip"]))
    assert main([str(path)]) == case["exit"]


def test_the_continuation_is_read_alike_by_three():
    case, line = FILE["continuation"], FILE["logs"]["restored under key 2, signed"]["lines"][0]
    old, entry = FILE["key"]["vkey"], json.loads(line)
    message = case["message"].encode()
    start = entries.decode(line.encode()).data
    assert isinstance(start, entries.LogStarted)
    assert entries.continuation_message("Restored", old, start) == message
    assert notes.continuation_message("Restored", old, entry["data"]) == message
    assert entry["data"]["continues"]["signature_by_old"] == case["signature"]
    vote_proofs.continued("Restored", old, entry["data"])
    with pytest.raises(InvalidSignature):
        vote_proofs.continued("Other", old, entry["data"])


def test_logs_keep_their_bytes():
    for log in FILE["logs"].values():
        for line in log["lines"]:
            entry = entries.decode(line.encode())
            assert entries.encode(entry) == line.encode()
            version = 2 if "signature_by_old" in line or "roster_changed" in line else 1
            assert json.loads(line)["v"] == version

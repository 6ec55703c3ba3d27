"""The log by the API: entries, heads, receipts, proofs, held against a second reading of it."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.factories import ROOT
from tests.server.conftest import Room
from tests.server.real_server import Person
from tests.server.voting import vote_proofs
from tests.server.voting.vote_steps import (
    closed,
    done,
    here,
    log_of,
    opened,
    record,
    verified,
    vote,
)

pytestmark = pytest.mark.slow


def hold_a_vote(room: Room, **more: Any) -> tuple[str, list[dict[str, Any]]]:
    """A vote with a ballot of each kind, closed and announced; its id and the ballots."""
    poll = opened(room, **more)
    ballots = vote(poll, {"for": [room.member]})
    entered = record(room.secretary, poll, room.other, "against")
    ballots.append(done(room.chair.post(f"/ballots/{entered}/confirm")))
    closed(room, poll)
    done(room.chair.post(f"/polls/{poll}/announce"))
    return poll, ballots


@pytest.fixture
def logged(room: Room) -> Room:
    """A room with a paper published and two votes held."""
    here(room, room.member, room.other)
    hold_a_vote(room, document_id=room.document, agenda_item_id=room.items[1])
    hold_a_vote(room)
    return room


def get(person: Person, room: Room, path: str, **query: Any) -> Any:
    return done(person.get(f"/meetings/{room.id}/vote-log/{path}", params=query))


def leaves_of(room: Room) -> list[bytes]:
    return [vote_proofs.leaf(line["entry"]) for line in log_of(room.member, room.id)]


def test_every_entry_is_canonical_and_its_leaf_is_right(logged: Room):
    lines = log_of(logged.member, logged.id)
    head = get(logged.member, logged, "checkpoint")
    assert [line["index"] for line in lines] == list(range(len(lines)))
    for line in lines:
        assert bytes.fromhex(line["leaf_hash"]) == vote_proofs.leaf(line["entry"])
        entry = json.loads(line["entry"])
        assert vote_proofs.canonical(entry).decode() == line["entry"]
        assert (entry["index"], entry["log_id"]) == (line["index"], head["log_id"])


def test_a_log_is_read_in_pages(logged: Room):
    whole = log_of(logged.member, logged.id)
    path = f"/meetings/{logged.id}/vote-log"
    found: list[dict[str, Any]] = []
    start: int | None = 0
    while start is not None:
        page = done(logged.member.get(path, params={"from": start, "limit": 3}))
        assert page["size"] == len(whole)
        found += page["entries"]
        start = page["next"]
    assert found == whole
    past = done(logged.member.get(path, params={"from": len(whole)}))
    assert (past["entries"], past["next"]) == ([], None)


def test_the_head_is_signed_and_is_the_root_of_the_entries(logged: Room):
    head = get(logged.guest, logged, "checkpoint")
    note = vote_proofs.signed(head["note"], head["vkey"])
    leaves = leaves_of(logged)
    assert (note.log_id, note.size) == (head["log_id"], len(leaves))
    assert note.root == vote_proofs.root(leaves) == bytes.fromhex(head["root"])


def test_every_inclusion_proof_leads_to_the_root(logged: Room):
    leaves = leaves_of(logged)
    for size in range(1, len(leaves) + 1):
        for index in {0, size // 2, size - 1}:
            proof = get(logged.guest, logged, "proof", index=index, size=size)
            path = [bytes.fromhex(node) for node in proof["proof"]]
            assert bytes.fromhex(proof["leaf_hash"]) == leaves[index]
            reached = vote_proofs.included(leaves[index], index, size, path)
            assert reached == vote_proofs.root(leaves[:size]) == bytes.fromhex(proof["root"])


def test_every_consistency_proof_leads_to_both_roots(logged: Room):
    leaves = leaves_of(logged)
    for second in range(1, len(leaves) + 1):
        for first in {1, second // 2, second - 1, second} - {0}:
            query = {"from": first, "to": second}
            proof = get(logged.guest, logged, "consistency", **query)
            path = [bytes.fromhex(node) for node in proof["proof"]]
            old, new = vote_proofs.root(leaves[:first]), vote_proofs.root(leaves[:second])
            if first == second:
                assert path == []
            else:
                assert vote_proofs.consistent(first, second, old, path) == (old, new)


def test_receipts_are_in_the_log_and_open_to_what_was_cast(room: Room, tmp_path: Path):
    here(room, room.member, room.other)
    _, ballots = hold_a_vote(room)
    entries = [json.loads(line["entry"]) for line in log_of(room.member, room.id)]
    openings = {
        entry["data"]["committed_index"]: entry["data"]
        for entry in entries
        if entry["type"] == "ballot_opened"
    }
    words = []
    for own in ballots:
        index, leaf = own["receipt"]["log_index"], own["receipt"]["leaf_hash"]
        committed = entries[index]
        assert vote_proofs.sha256(b"\x00", vote_proofs.canonical(committed)).hex() == leaf
        opening = openings[index]
        assert opening["ballot"]["choice"] == own["choice"]
        assert vote_proofs.commitment(opening) == committed["data"]["commitment"]
        words += ["--receipt", f"{index}:{leaf}"]
    verified(room, tmp_path, *words)


def test_a_result_names_its_entry(logged: Room):
    polls = done(logged.member.get(f"/meetings/{logged.id}/polls"))["items"]
    lines = log_of(logged.member, logged.id)
    for poll in polls:
        result = done(logged.member.get(f"/polls/{poll['id']}/result"))
        line = lines[result["log_index"]]
        assert line["leaf_hash"] == result["leaf_hash"]
        entry = json.loads(line["entry"])
        assert (entry["type"], entry["data"]["poll_id"]) == ("poll_closed", poll["id"])
        assert entry["data"]["counts"] == result["counts"]


def test_checkpoints_come_with_the_events_and_fit_each_other(room: Room, tmp_path: Path):
    tablet = room.tablet(room.guest)
    here(room, room.member, room.other)
    hold_a_vote(room)
    told = [
        tablet.next("room.event", type=kind)["data"]["checkpoint"]
        for kind in ("poll_opened", "poll_closed", "poll_announced")
    ]
    vkey = get(room.guest, room, "checkpoint")["vkey"]
    leaves = leaves_of(room)
    for text in told:
        note = vote_proofs.signed(text, vkey)
        assert note.root == vote_proofs.root(leaves[: note.size])
    kept = tmp_path / "kept.txt"
    kept.write_text("--\n".join(told))
    verified(room, tmp_path, "--kept", str(kept), "--key", vkey)


def test_after_a_change_of_key_everything_still_fits(logged: Room, tmp_path: Path):
    before = get(logged.member, logged, "checkpoint")
    words = [sys.executable, "app.py", "rotate-vote-key", "--data", str(logged.server.made.data)]
    subprocess.run(words, check=True, cwd=ROOT, capture_output=True, timeout=60)
    hold_a_vote(logged)
    head = get(logged.member, logged, "checkpoint")
    (change,) = head["previous_vkeys"]
    assert (change["old_key"], change["new_key"]) == (before["vkey"], head["vkey"])
    keys = change["old_key"], change["new_key"]
    vote_proofs.handed_over(head["log_id"], *keys, change["signature_by_old"])
    leaves = leaves_of(logged)
    assert vote_proofs.signed(head["note"], head["vkey"]).root == vote_proofs.root(leaves)
    kept = tmp_path / "kept.txt"
    kept.write_text(before["note"])
    verified(logged, tmp_path, "--kept", str(kept), "--key", before["vkey"])

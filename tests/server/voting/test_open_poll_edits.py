"""Edits of ballots while their poll is open, by whoever can write the database: none is counted.

Without the key the server refuses to go on. With the key, which lies on the same disk, everything
fits, but the witness file or a voter's receipt contradicts it.
"""

import json
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetings.voting.vote_log import merkle
from meetings.voting.vote_log.checkpoint import Checkpoint
from tests.server.real_server import Person, RealServer
from tests.server.stopped_database import StoppedLog, key_of, stopped, tree, witness_file
from tests.server.voting import vote_proofs
from tests.server.voting.vote_steps import (
    Council,
    closed,
    code,
    done,
    make_council,
    opened,
    send,
    verified,
    verify,
    vote,
)

pytestmark = [pytest.mark.slow, pytest.mark.own_server("web")]
DAMAGED, BEHIND = (503, "vote_log_damaged"), (503, "vote_log_behind_witness")
ALREADY_VOTED = (409, "already_voted")
Rows = sqlite3.Connection


class OpenPoll:
    """An open poll in which two of three deputies voted against; their ballots as they had them."""

    def __init__(self, council: Council) -> None:
        self.council = council
        self.poll = opened(council)
        self.ballots = vote(self.poll, {"against": council.deputies[:2]})

    def close(self) -> Any:
        return self.council.chair.post(f"/polls/{self.poll}/close")


def put_ballot(rows: Rows, log: StoppedLog, lines: list[bytes], poll: str, index: int) -> None:
    """Write a ballot for "for" at this place of the log, in the row of its voter too."""
    user_id, *_ = rows.execute(
        "SELECT user_id FROM ballot WHERE poll_id = ? AND log_index = ?", (poll, index)
    ).fetchone()
    entry, salt = json.loads(lines[index]), secrets.token_bytes(32)
    entry["data"]["commitment"] = vote_proofs.commitment(
        {"salt": salt.hex(), "ballot": ballot_for(poll, user_id)}
    )
    lines[index] = vote_proofs.canonical(entry)
    row = ("for", salt, merkle.leaf_hash(lines[index]).hex(), poll, index)
    rows.execute(
        "UPDATE ballot SET choice = ?, salt = ?, leaf_hash = ? WHERE poll_id = ? AND log_index = ?",
        row,
    )


def ballot_for(poll: str, user_id: str) -> dict[str, Any]:
    whole: dict[str, Any] = dict.fromkeys(("confirmed_by", "entered_by", "reason"))
    whole.update(channel="tablet", choice="for", poll_id=poll, revision=1, user_id=user_id)
    return whole


# What is done to an open poll.


def swap(rows: Rows, log: StoppedLog, held: OpenPoll, server: RealServer) -> list[bytes]:
    """Both ballots say the opposite; tree and rows fit."""
    lines = list(log.lines)
    for ballot in held.ballots:
        put_ballot(rows, log, lines, held.poll, ballot["receipt"]["log_index"])
    log.put_lines(lines, careful=True)
    return lines


def stuff(rows: Rows, log: StoppedLog, held: OpenPoll, server: RealServer) -> None:
    """A ballot of the deputy who has not voted is put behind the others."""
    entry = json.loads(log.lines[-1])
    entry["index"] += 1
    lines = [*log.lines, vote_proofs.canonical(entry)]
    rows.execute(
        "INSERT INTO ballot (id, poll_id, user_id, choice, channel, at, revision, log_index)"
        " SELECT 'x' || poll_id, poll_id, ?, 'for', channel, at, 1, ? FROM ballot"
        " WHERE log_index = ? AND poll_id = ?",
        (held.council.deputies[2].id, len(log.lines), len(log.lines) - 1, held.poll),
    )
    put_ballot(rows, log, lines, held.poll, len(log.lines))
    log.put_lines(lines, careful=True)


def roll_back(rows: Rows, log: StoppedLog, held: OpenPoll, server: RealServer) -> None:
    """The last ballot was never cast; the log ends with the checkpoint of the one before."""
    log.put_lines(log.lines[:-1], careful=True)
    log.put_end(held.ballots[0]["receipt"]["note"])
    rows.execute(
        "DELETE FROM ballot WHERE poll_id = ? AND log_index = ?", (held.poll, len(log.lines) - 1)
    )


def forge_note(rows: Rows, log: StoppedLog, held: OpenPoll, server: RealServer) -> None:
    """Swapped, and the last checkpoint says so, under the old signature."""
    lines = swap(rows, log, held, server)
    head = Checkpoint(log.log_id, len(lines), merkle.root(tree(lines), len(lines)))
    signature = held.ballots[-1]["receipt"]["note"].partition("\n\n")[2]
    log.put_end(f"{head.text}\n{signature}")


def swap_with_key(rows: Rows, log: StoppedLog, held: OpenPoll, server: RealServer) -> list[str]:
    """Swapped, and signed again with the installation's key."""
    lines, own = swap(rows, log, held, server), key_of(server)
    notes = []
    for ballot in held.ballots:
        size = ballot["receipt"]["log_index"] + 1
        notes.append(own.sign(Checkpoint(log.log_id, size, merkle.root(tree(lines), size))))
        rows.execute("UPDATE ballot SET note = ? WHERE log_index = ?", (notes[-1], size - 1))
    log.put_end(notes[-1])
    return notes


def swap_everything(rows: Rows, log: StoppedLog, held: OpenPoll, server: RealServer) -> None:
    """As with the key, and the witness file too."""
    notes, file = swap_with_key(rows, log, held, server), witness_file(server, log)
    before = file.read_text().split("--\n")[: -1 - len(notes)]
    file.write_text("".join(f"{note}--\n" for note in [*before, *notes]))


Edit = Callable[[Rows, StoppedLog, OpenPoll, RealServer], object]
REFUSED: dict[Edit, tuple[int, str]] = {
    swap: DAMAGED,
    stuff: DAMAGED,
    forge_note: DAMAGED,
    roll_back: BEHIND,
    swap_with_key: BEHIND,
}
EDITS: list[Edit] = [*REFUSED, swap_everything]


@pytest.fixture(scope="module")
def held(server: RealServer, people: dict[str, Person]) -> dict[str, OpenPoll]:
    """An open poll for each edit, which is done; "untouched" is one more."""
    deputies = [people[one] for one in ("daibieu1", "daibieu2", "khachmoi")]
    made = {
        name: OpenPoll(make_council(people["thuky"], people["chutoa"], deputies))
        for name in ("untouched", *(edit.__name__ for edit in EDITS))
    }
    with stopped(server, "web") as rows:
        for edit in EDITS:
            one = made[edit.__name__]
            edit(rows, StoppedLog(rows, one.council.id), one, server)
    return made


@pytest.mark.parametrize("edit", REFUSED)
def test_an_edited_open_poll_is_neither_continued_nor_closed(held, edit):
    one = held[edit.__name__]
    assert code(one.close()) == REFUSED[edit]
    ballot = send(one.council.deputies[2], one.poll, "against")
    assert code(ballot) == (ALREADY_VOTED if edit is stuff else REFUSED[edit])
    assert done(one.council.chair.get(f"/polls/{one.poll}"))["status"] == "open"


def test_with_the_key_and_the_witness_file_a_receipt_still_contradicts(held, tmp_path):
    one = held["swap_everything"]
    result = closed(one.council, one.poll)
    assert result["counts"]["for"] == 2
    done(one.council.chair.post(f"/polls/{one.poll}/announce"))
    verified(one.council, tmp_path)
    checked = verify(one.council, tmp_path, "--receipt", str(receipt_file(one, tmp_path)))
    assert checked.returncode == 1, checked.stdout


def test_an_untouched_poll_goes_on_and_its_receipts_stand(held, tmp_path):
    one = held["untouched"]
    vote(one.poll, {"for": one.council.deputies[2:]})
    assert closed(one.council, one.poll)["counts"] == {"for": 1, "against": 2, "abstain": 0}
    done(one.council.chair.post(f"/polls/{one.poll}/announce"))
    verified(one.council, tmp_path, "--receipt", str(receipt_file(one, tmp_path)))
    ballot = {**one.ballots[0], "choice": "for"}
    claimed = tmp_path / "claimed.json"
    claimed.write_text(json.dumps(ballot))
    checked = verify(one.council, tmp_path, "--receipt", str(claimed), "--lang", "en")
    assert checked.returncode == 1
    assert "another choice" in checked.stdout


def test_a_receipt_proves_its_ballot_to_anybody_offline(held, server):
    one = held["untouched"]
    vkey = key_of(server).vkey
    for ballot in one.ballots:
        receipt = ballot["receipt"]
        head = vote_proofs.signed(receipt["note"], vkey)
        proof = [bytes.fromhex(node) for node in receipt["proof"]]
        leaf = bytes.fromhex(receipt["leaf_hash"])
        assert (head.log_id, head.size) == (receipt["log_id"], receipt["log_index"] + 1)
        assert vote_proofs.included(leaf, receipt["log_index"], head.size, proof) == head.root


def test_a_database_behind_its_witness_opens_no_vote(held, people):
    """Restored or rolled back: in every meeting, until somebody has looked."""
    one = held["untouched"]
    body = {"question": "Thông qua?"}
    poll = done(one.council.secretary.post(f"/meetings/{one.council.id}/polls", **body), 201)
    assert code(one.council.chair.post(f"/polls/{poll['id']}/open")) == BEHIND


def receipt_file(one: OpenPoll, folder: Path) -> Path:
    """The first voter's ballot, as a tablet saves it."""
    file = folder / "receipt.json"
    file.write_text(json.dumps(one.ballots[0], ensure_ascii=False))
    return file

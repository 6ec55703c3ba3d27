"""A log cut off, forked or damaged in the database: kept checkpoints, proofs, refusals."""

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
    log_of,
    make_council,
    opened,
    question,
    verified,
    verify,
    vote,
)

pytestmark = [pytest.mark.slow, pytest.mark.own_server("web")]
DAMAGED = (503, "vote_log_damaged")


def hold_a_vote(council: Council) -> None:
    poll = opened(council)
    vote(poll, {"for": council.deputies})
    closed(council, poll)


def head(council: Council) -> dict[str, Any]:
    found: dict[str, Any] = done(council.chair.get(f"/meetings/{council.id}/vote-log/checkpoint"))
    return found


# What is done to a log. Each is given two votes.


def cut_off(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    """As if the second vote had never been held: everything fits, the witness file is gone."""
    size = sorted(log.notes)[1]
    log.put_notes({one: note for one, note in log.notes.items() if one <= size})
    log.put_lines(log.lines[:size], careful=True)
    log.put_end(log.notes[size])
    witness_file(server, log).unlink()


def forked(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    """By somebody who has the key and removes the witness file: the second vote was held a
    century later."""
    own = key_of(server)
    first = sorted(log.notes)[1]
    other = [line.replace(b'"at":"20', b'"at":"21') for line in log.lines[first:]]
    lines = [*log.lines[:first], *other]
    log.put_lines(lines, careful=True)
    nodes = tree(lines)
    notes = {
        size: own.sign(Checkpoint(log.log_id, size, merkle.root(nodes, size)))
        if size > first
        else note
        for size, note in log.notes.items()
    }
    log.put_notes(notes)
    log.put_end(notes[max(notes)])
    witness_file(server, log).unlink()


def one_checkpoint_less(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    sizes = sorted(log.notes)
    log.put_notes({size: log.notes[size] for size in sizes if size != sizes[1]})


def last_checkpoint_lost(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    log.put_notes({size: note for size, note in log.notes.items() if size < max(log.notes)})


def node_changed(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    change = "UPDATE vote_log_node SET node = zeroblob(32) WHERE log = ? AND level = 1"
    assert rows.execute(f'{change} AND "index" = 0', (log.number,)).rowcount == 1


def nodes_lost(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    rows.execute("DELETE FROM vote_log_node WHERE log = ? AND level > 0", (log.number,))


def peaks_changed(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    change = "UPDATE vote_log SET peaks = zeroblob(length(peaks)) WHERE number = ?"
    rows.execute(change, (log.number,))


def peaks_lost(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    rows.execute("UPDATE vote_log SET peaks = x'' WHERE number = ?", (log.number,))


def shorter(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    """Said to be shorter than it is, with the peaks of that size."""
    size = len(log.lines) - 1
    peaks = b"".join(tree(log.lines[:size]).get(*place) for place in vote_places(size))
    rows.execute(
        "UPDATE vote_log SET size = ?, peaks = ? WHERE number = ?", (size, peaks, log.number)
    )


def vote_places(size: int) -> list[tuple[int, int]]:
    levels = reversed(range(size.bit_length()))
    return [(level, (size >> level) - 1) for level in levels if size >> level & 1]


def longer(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    """Somebody put an entry behind the end."""
    rows.execute(
        "INSERT INTO vote_log_entry VALUES (?, ?, ?)", (log.number, len(log.lines), log.lines[-1])
    )


def checkpoint_unreadable(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    log.put_notes({**log.notes, max(log.notes): "x"})


def key_changed(rows: sqlite3.Connection, log: StoppedLog, server: RealServer) -> None:
    change = "UPDATE vote_log SET keys = replace(keys, 'dienhong-', 'dienhong_') WHERE number = ?"
    rows.execute(change, (log.number,))


Change = Callable[[sqlite3.Connection, StoppedLog, RealServer], None]
CHANGES: list[Change] = [
    cut_off,
    forked,
    one_checkpoint_less,
    last_checkpoint_lost,
    node_changed,
    nodes_lost,
    peaks_changed,
    peaks_lost,
    shorter,
    longer,
    checkpoint_unreadable,
    key_changed,
]


class Damaged:
    """A meeting for each change; `kept`: the head that a tablet had seen before."""

    def __init__(self, server: RealServer) -> None:
        self.server = server
        self.councils: dict[str, Council] = {}
        self.kept: dict[str, dict[str, Any]] = {}

    def of(self, change: Change) -> Council:
        return self.councils[change.__name__]

    def kept_file(self, change: Change, folder: Path) -> list[str]:
        """The words that let the verifier compare with what the tablet kept."""
        file = folder / "kept.txt"
        file.write_text(self.kept[change.__name__]["note"])
        return ["--kept", str(file), "--lang", "en"]


@pytest.fixture(scope="module")
def damaged(server: RealServer, people: dict[str, Person]) -> Damaged:
    """Every change done, each to a meeting of its own, and the server started again."""
    made = Damaged(server)
    deputies = [people[one] for one in ("daibieu1", "daibieu2", "khachmoi")]
    for change in CHANGES:
        council = make_council(people["thuky"], people["chutoa"], deputies)
        for _ in range(2):
            hold_a_vote(council)
        made.councils[change.__name__] = council
        made.kept[change.__name__] = head(council)
    with stopped(server, "web") as rows:
        for change in CHANGES:
            change(rows, StoppedLog(rows, made.of(change).id), server)
    return made


@pytest.mark.parametrize("change", [cut_off, forked])
def test_what_an_archive_cannot_tell_a_kept_checkpoint_does(damaged, tmp_path, change):
    council = damaged.of(change)
    verified(council, tmp_path)
    checked = verify(council, tmp_path, *damaged.kept_file(change, tmp_path))
    assert checked.returncode == 1, checked.stdout


def test_after_a_cut_the_server_cannot_prove_that_it_went_on(damaged):
    council, kept = damaged.of(cut_off), damaged.kept["cut_off"]
    path = f"/meetings/{council.id}/vote-log/consistency"
    answer = council.deputies[0].get(path, params={"from": kept["size"]})
    assert code(answer) == (422, "no_such_size")


def test_a_fork_is_not_consistent_with_what_was_kept(damaged):
    council, kept = damaged.of(forked), damaged.kept["forked"]
    hold_a_vote(council)
    now = head(council)
    answer = done(
        council.deputies[0].get(
            f"/meetings/{council.id}/vote-log/consistency",
            params={"from": kept["size"], "to": now["size"]},
        )
    )
    path = [bytes.fromhex(node) for node in answer["proof"]]
    old, new = vote_proofs.consistent(kept["size"], now["size"], bytes.fromhex(kept["root"]), path)
    assert (old, new) != (bytes.fromhex(kept["root"]), bytes.fromhex(now["root"]))


def test_a_checkpoint_less_between_others_takes_nothing_away(damaged, tmp_path):
    council = damaged.of(one_checkpoint_less)
    verified(council, tmp_path, *damaged.kept_file(one_checkpoint_less, tmp_path))
    hold_a_vote(council)
    verified(council, tmp_path)


def test_the_last_checkpoint_lost_is_signed_again_by_the_next(damaged, tmp_path):
    council = damaged.of(last_checkpoint_lost)
    kept = damaged.kept_file(last_checkpoint_lost, tmp_path)
    assert verify(council, tmp_path, *kept).returncode == 1
    hold_a_vote(council)
    verified(council, tmp_path, *kept)


@pytest.mark.parametrize("change", [node_changed, nodes_lost])
def test_without_its_nodes_a_log_proves_nothing_wrong(damaged, tmp_path, change):
    """Who checks a proof finds out; the entries and their archive are as good as before."""
    council = damaged.of(change)
    leaves = [vote_proofs.leaf(line["entry"]) for line in log_of(council.chair, council.id)]
    size, wrong = len(leaves), 0
    for index in range(size):
        path = f"/meetings/{council.id}/vote-log/proof"
        answer = council.deputies[0].get(path, params={"index": index})
        if not answer.ok:
            wrong += 1
            assert code(answer) == DAMAGED
            continue
        proof = [bytes.fromhex(node) for node in answer.json()["proof"]]
        reached = vote_proofs.included(leaves[index], index, size, proof)
        wrong += reached != vote_proofs.root(leaves)
    assert wrong
    verified(council, tmp_path)
    hold_a_vote(council)
    verified(council, tmp_path)


@pytest.mark.parametrize(
    "change", [peaks_changed, peaks_lost, shorter, longer, checkpoint_unreadable]
)
def test_a_damaged_log_is_not_signed_for_again(damaged, tmp_path, change):
    council = damaged.of(change)
    poll = question(council)
    refused = council.chair.post(f"/polls/{poll}/open")
    assert code(refused) == DAMAGED
    assert "nhật ký" in refused.json()["detail"].lower()
    assert done(council.chair.get(f"/polls/{poll}"))["status"] == "draft"
    checked = verify(council, tmp_path)
    assert checked.returncode == (1 if change is checkpoint_unreadable else 0), checked.stdout


def test_a_changed_key_is_found(damaged, tmp_path):
    checked = verify(damaged.of(key_changed), tmp_path)
    assert checked.returncode == 1, checked.stdout


def test_the_server_lives_through_it_all(damaged):
    for council in damaged.councils.values():
        for path in ("snapshot", "vote-log", "vote-log/checkpoint", "vote-log/proof?index=0"):
            answer = council.deputies[0].get(f"/meetings/{council.id}/{path}")
            assert answer.ok or code(answer) == DAMAGED, answer.text
        assert council.deputies[0].get(f"/meetings/{council.id}/snapshot").ok
    assert damaged.server.processes["web"].poll() is None

"""Edits of the database that try to get past the witness file or the signature, without the key."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from meetings.voting.vote_log import merkle
from tests.factories import prepared
from tests.server.conftest import PEOPLE
from tests.server.real_server import RealServer
from tests.server.stopped_database import FILE, StoppedLog, stopped, witness_file
from tests.server.voting.test_open_poll_edits import OpenPoll, put_ballot, roll_back
from tests.server.voting.vote_proofs import canonical
from tests.server.voting.vote_steps import Council, closed, code, make_council, send, vote

pytestmark = pytest.mark.slow
DAMAGED, BEHIND = (503, "vote_log_damaged"), (503, "vote_log_behind_witness")


@pytest.fixture
def council(tmp_path: Path) -> Iterator[Council]:
    server = RealServer(prepared(tmp_path / "data", *PEOPLE), tmp_path / "server.log").start("web")
    people = {name: server.sign_in(name) for name in PEOPLE}
    deputies = [people[one] for one in ("daibieu1", "daibieu2", "khachmoi")]
    yield make_council(people["thuky"], people["chutoa"], deputies)
    server.stop()


def test_another_name_of_the_installation_gives_no_empty_witness_folder(council: Council):
    held = OpenPoll(council)
    with stopped(council.server, "web") as rows:
        roll_back(rows, StoppedLog(rows, council.id), held, council.server)
        (text,) = rows.execute("SELECT keys FROM installation_keys").fetchone()
        keys = json.loads(text)
        keys["first"] = f"dienhong-zzzzzzzz+{keys['first'].partition('+')[2]}"
        rows.execute("UPDATE installation_keys SET keys = ?", (json.dumps(keys),))
    assert code(send(council.deputies[2], held.poll, "for")) == BEHIND
    assert code(held.close()) == BEHIND


@pytest.mark.parametrize("log_id", ["zzz", "../x", None])
def test_a_start_appends_nothing_that_was_not_signed(council: Council, log_id: str | None):
    """Else the file would end with what somebody wrote into the database."""
    held = OpenPoll(council)
    with stopped(council.server, "web") as rows:
        log = StoppedLog(rows, council.id)
        file = witness_file(council.server, log)
        before = file.read_text()
        root = base64.b64encode(bytes(32)).decode()
        log.put_end(f"dienhong/{log_id or log.log_id}\n1\n{root}\n\n")
    assert file.read_text() == before
    assert not file.parent.joinpath("zzz.txt").exists()
    assert not file.parent.with_name("x.txt").exists()
    assert code(send(council.deputies[2], held.poll, "for")) == DAMAGED


def test_a_result_that_contradicts_the_signature_is_neither_announced_nor_shown(council: Council):
    """Ballots, their entries, the closing and its entry agree: only the signed tree does not."""
    held = OpenPoll(council)
    vote(held.poll, {"against": council.deputies[2:]})
    assert closed(council, held.poll)["counts"] == {"for": 0, "against": 3, "abstain": 0}
    database = council.server.made.data / FILE
    with closing(sqlite3.connect(database, timeout=10)) as rows:
        log = StoppedLog(rows, council.id)
        lines = list(log.lines)
        places = "SELECT log_index FROM ballot WHERE poll_id = ?"
        for (index,) in rows.execute(places, (held.poll,)).fetchall():
            put_ballot(rows, log, lines, held.poll, index)
        (text,) = rows.execute("SELECT closing FROM poll WHERE id = ?", (held.poll,)).fetchone()
        closing_facts = json.loads(text)
        reverse(closing_facts, lines)
        log.put_lines(lines, careful=False)
        row = (json.dumps(closing_facts), held.poll)
        rows.execute("UPDATE poll SET closing = ? WHERE id = ?", row)
        rows.commit()
    refused = council.chair.post(f"/polls/{held.poll}/announce")
    assert code(refused) == (409, "vote_contradicts_log")
    assert code(council.chair.get(f"/polls/{held.poll}/result")) == (409, "vote_contradicts_log")


def reverse(facts: dict[str, dict[str, object]], lines: list[bytes]) -> None:
    """Three votes for instead of against, in the closing and in its entry."""
    counts = {"for": 3, "against": 0, "abstain": 0}
    index = facts["place"]["index"]
    assert isinstance(index, int)
    entry = json.loads(lines[index])
    entry["data"] |= {"counts": counts, "verdict": "adopted"}
    lines[index] = canonical(entry)
    facts["place"]["leaf_hash"] = merkle.leaf_hash(lines[index]).hex()
    facts["count"]["counts"] = counts
    required = facts["outcome"]["required"]
    assert isinstance(required, int)
    facts["outcome"] |= {
        "verdict": "adopted",
        "reached": 3,
        "missing": max(0, required - 3),
        "surplus": max(0, 3 - required),
    }


def test_a_deletion_that_a_crash_undid_is_no_alarm(council: Council):
    """The removal is in the file before the COMMIT, so that the log may still be there."""
    held = OpenPoll(council)
    with stopped(council.server, "web") as rows:
        log = StoppedLog(rows, council.id)
        file = witness_file(council.server, log)
        before = file.read_text()
        file.write_text(f"{before}dienhong/{log.log_id}\nremoved\n--\n")
    assert file.read_text().split("--\n")[-2] == before.split("--\n")[-2]
    assert closed(council, held.poll)["counts"]["against"] == 2

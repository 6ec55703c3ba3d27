"""Witness files: every checkpoint is in them before its request is answered."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import ROOT
from tests.server.real_server import Person
from tests.server.stopped_database import StoppedLog, stopped, witness_file, witness_folder
from tests.server.voting.vote_steps import (
    Council,
    closed,
    code,
    done,
    make_council,
    opened,
    question,
    send,
    verified,
    vote,
)

pytestmark = [pytest.mark.slow, pytest.mark.own_server("web")]


@pytest.fixture
def council(people: dict[str, Person]) -> Council:
    deputies = [people[one] for one in ("daibieu1", "daibieu2", "khachmoi")]
    return make_council(people["thuky"], people["chutoa"], deputies)


def notes_in(file: Path) -> list[str]:
    *notes, rest = file.read_text().split("--\n")
    assert rest == ""
    return notes


def the_file(council: Council) -> Path:
    head = done(council.chair.get(f"/meetings/{council.id}/vote-log/checkpoint"))
    return witness_folder(council.server.made.data) / f"{head['log_id']}.txt"


def test_each_ballot_is_witnessed_when_it_is_answered_and_the_verifier_reads_the_file(
    council, tmp_path
):
    poll = opened(council)
    file = the_file(council)
    for deputy in council.deputies:
        (ballot,) = vote(poll, {"for": [deputy]})
        assert notes_in(file)[-1] == ballot["receipt"]["note"]
    closed(council, poll)
    done(council.chair.post(f"/polls/{poll}/announce"))
    assert len(notes_in(file)) == 6
    verified(council, tmp_path, "--kept", str(file))


def test_what_a_crash_kept_from_the_file_is_appended_at_the_start(server, council):
    poll = opened(council)
    vote(poll, {"for": council.deputies[:2]})
    file = the_file(council)
    whole = file.read_text()
    with stopped(server, "web"):
        file.write_text("".join(f"{note}--\n" for note in notes_in(file)[:-2]) + "dienhong/to")
    assert notes_in(file)[-1] == whole.split("--\n")[-2]
    vote(poll, {"for": council.deputies[2:]})
    assert closed(council, poll)["counts"]["for"] == 3


def test_without_a_file_to_write_to_nothing_is_answered_and_nothing_lost(server, council):
    poll = opened(council)
    file = the_file(council)
    kept = file.rename(file.with_suffix(".kept"))
    file.symlink_to("/dev/full")
    first, second, third = council.deputies
    assert code(send(first, poll, "for", "key-1")) == (503, "witness_unusable")
    assert code(send(second, poll, "for", "key-2")) == (503, "witness_unusable")
    file.unlink()
    kept.rename(file)
    vote(poll, {"for": [third]})
    ballot = done(send(first, poll, "for", "key-1"), 201)
    notes = notes_in(file)
    assert ballot["receipt"]["note"] in notes
    assert len(notes) == 4
    assert closed(council, poll)["counts"]["for"] == 3


def test_a_file_of_another_history_stops_the_log(server, council):
    """Also a file that is longer, or that nobody can read."""
    hold = opened(council)
    vote(hold, {"for": council.deputies[:1]})
    file = the_file(council)
    whole = file.read_text()
    try:
        file.write_text(f"{whole}something else\n--\n")
        refused = council.chair.post(f"/polls/{hold}/close")
        assert code(refused) == (503, "vote_log_behind_witness")
        assert "./run restore" in refused.json()["detail"]
    finally:
        file.write_text(whole)
    closed(council, hold)


def test_a_log_that_is_missing_is_noticed_and_a_deleted_meeting_is_not(server, people, council):
    secretary = people["thuky"]
    made = make_council(secretary, people["chutoa"], [people["daibieu1"]])
    opened(made)
    with stopped(server, "web") as rows:
        found = witness_file(server, StoppedLog(rows, made.id))
        stray = found.with_name("aNother.txt")
        stray.write_text(found.read_text())
    poll = question(council)
    assert code(council.chair.post(f"/polls/{poll}/open")) == (503, "vote_log_behind_witness")
    with stopped(server, "web"):
        stray.write_text("dienhong/aNother\nremoved\n--\n")
    done(council.chair.post(f"/polls/{poll}/open"))


def test_a_folder_that_is_not_there_is_told_at_the_start(server, tmp_path):
    words = [sys.executable, "app.py", "web", "--data", str(server.made.data)]
    started = subprocess.run(
        words,
        check=False,
        cwd=ROOT,
        env={"DIENHONG_WITNESS": str(tmp_path / "stick"), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (started.returncode, started.stdout) == (2, "")
    assert "DIENHONG_WITNESS" in started.stderr

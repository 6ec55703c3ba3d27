"""The key of the vote log: its file, changing it while the server runs, and losing it."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import ROOT
from tests.server.conftest import Room
from tests.server.voting.vote_steps import here, question, verify

pytestmark = pytest.mark.slow


def key_file(room: Room) -> Path:
    """Where the key lies."""
    return room.server.made.data / "keys" / "vote-log.key"


def hold_a_vote(room: Room) -> None:
    """One vote, from question to result."""
    poll = question(room)
    assert room.chair.post(f"/polls/{poll}/open").status_code == 200
    assert room.member.post(f"/polls/{poll}/ballots", choice="for").status_code == 201
    assert room.chair.post(f"/polls/{poll}/close").status_code == 200


def rotate(room: Room) -> "subprocess.CompletedProcess[str]":
    """The command, as ./run gives it."""
    return subprocess.run(
        [sys.executable, "app.py", "rotate-vote-key", "--data", str(room.server.made.data)],
        check=False,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_nobody_else_may_read_the_key(room: Room):
    assert stat.S_IMODE(key_file(room).stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file(room).parent.stat().st_mode) == 0o700


def test_a_new_key_is_handed_over_while_the_server_runs(room: Room, tmp_path: Path):
    here(room, room.member, room.other)
    hold_a_vote(room)
    before = room.member.get(f"/meetings/{room.id}/vote-log/checkpoint").json()
    done = rotate(room)
    assert done.returncode == 0, done.stderr
    head = room.member.get(f"/meetings/{room.id}/vote-log/checkpoint").json()
    assert head["vkey"] != before["vkey"]
    assert head["vkey"] in done.stdout
    assert [one["new_key"] for one in head["previous_vkeys"]] == [head["vkey"]]
    assert head["size"] == before["size"] + 1
    hold_a_vote(room)
    checked = verify(room, tmp_path)
    assert checked.returncode == 0, checked.stdout
    assert head["vkey"].split("+")[0] == before["vkey"].split("+")[0]


def test_a_change_that_was_interrupted_is_finished_by_the_next(room: Room, tmp_path: Path):
    here(room, room.member, room.other)
    hold_a_vote(room)
    old = key_file(room).read_bytes()
    assert rotate(room).returncode == 0
    # As if the machine had died before the new key took the old one's place.
    new = key_file(room)
    new.rename(new.with_name("vote-log.key.next"))
    new.write_bytes(old)
    new.chmod(0o600)
    hold_a_vote(room)
    assert rotate(room).returncode == 0
    assert key_file(room).read_bytes() != old
    assert not new.with_name("vote-log.key.next").exists()
    hold_a_vote(room)
    assert verify(room, tmp_path).returncode == 0


def test_the_set_up_makes_the_key_once_and_nothing_that_others_may_read(tmp_path: Path):
    data = tmp_path / "data"
    words = [sys.executable, "app.py", "prepare", "--data", str(data)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True, umask=0o022)
    assert [path for path in data.rglob("*") if path.stat().st_mode & 0o077] == []
    key = data / "keys" / "vote-log.key"
    assert key.exists()
    key.unlink()
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    assert not key.exists()


def test_without_its_key_a_log_is_not_continued(room: Room):
    here(room, room.member, room.other)
    hold_a_vote(room)
    key, kept = key_file(room), key_file(room).read_bytes()
    poll = question(room)
    key.unlink()
    refused = room.chair.post(f"/polls/{poll}/open")
    assert (refused.status_code, refused.json()["code"]) == (503, "vote_key_unusable")
    key.write_bytes(kept)
    key.chmod(0o644)
    assert room.chair.post(f"/polls/{poll}/open").json()["code"] == "vote_key_unusable"
    key.chmod(0o600)
    assert room.chair.post(f"/polls/{poll}/open").status_code == 200

"""Small transactions under one COMMIT: each ends alone, all become durable together or none does.

The scenes are played in a process of their own, once as web runs (eventlet) and once with threads.
"""

import json
import subprocess
import sys
from typing import Any

import pytest

from core.transactions.group_commit import MOST_AT_ONCE
from tests.factories import ROOT

Played = dict[str, tuple[Any, dict[str, Any]]]
MODES = ("eventlet", "threading")
LOST = "database or disk is full"


@pytest.fixture(scope="module", params=MODES)
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Played:
    """What came of every scene, and what was in its database afterwards."""
    folder = tmp_path_factory.mktemp("scenes")
    words = [sys.executable, "-m", "tests.server.core.group_commit_app", request.param, str(folder)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    found: Played = json.loads(done.stdout)
    return found


def test_a_refusal_undoes_its_own_piece_alone(played):
    result, kept = played["refusals"]
    even = [["done", {"n": n}] if n % 2 == 0 else ["OddNumber", "odd_number"] for n in range(20)]
    assert result == even
    assert kept["pieces"] == list(range(0, 20, 2))
    assert kept["rung"] == 10


def test_a_fault_undoes_its_own_piece_alone(played):
    result, kept = played["faults"]
    assert [name for name, _ in result] == ["done", "IntegrityError", "done"]
    assert kept["pieces"] == [1, 3]


def test_events_are_numbered_in_the_order_of_the_pieces(played):
    _, kept = played["refusals"]
    assert kept["events"] == [[seq, n] for seq, n in enumerate(kept["pieces"], start=1)]
    assert kept["seq"] == len(kept["pieces"])


def test_a_request_that_came_several_times_is_done_once(played):
    result, kept = played["repeats"]
    again = ["replayed", {"n": 1}]
    assert result == [["done", {"n": 1}], *[again] * 4, ["done", {"n": 2}], again]
    assert kept["pieces"] == [1, 2]
    assert (kept["remembered"], kept["rung"]) == (2, 2)


def test_a_commit_that_fails_acknowledges_nobody(played):
    """Not even who only saw what another piece had done: that never came to be."""
    (first, between, second), kept = played["broken_commit"]
    assert [name for name, _ in first] == ["IntegrityError"] * 5
    assert between == {"pieces": [], "events": [], "seq": 0, "remembered": 0, "rung": 0}
    assert second == [
        ["done", {"n": 1}],
        ["replayed", {"n": 1}],
        ["already", {"n": 1}],
        ["OddNumber", "odd_number"],
    ]
    assert kept["pieces"] == [1]


def test_a_transaction_that_the_disk_ended_acknowledges_nobody(played):
    (result, pieces), kept = played["full"]
    assert result[0] == result[1]
    assert LOST in result[0][1]
    # The third came after the lost batch, into one of its own.
    assert result[2] == ["done", {"n": 3}]
    assert pieces == kept["pieces"] == [3]


def test_who_waits_for_the_lock_in_vain_gives_up_with_all_others(played):
    (results, patiences, afterwards), kept = played["locked"]
    assert [name for name, _ in results] == ["WriteLockTimeout"] * 30
    assert patiences < 10, "one after the other they would have waited thirty times"
    assert afterwards == [["done", {"n": 0}], ["done", {"n": 1}]]
    assert kept["pieces"] == [0, 1]


def test_a_crowd_needs_few_commits(played):
    (results, commits), kept = played["crowd"]
    assert results == [["done", {"n": n}] for n in range(500)]
    assert commits == -(-500 // MOST_AT_ONCE)
    assert kept["pieces"] == list(range(500))
    assert kept["events"] == [[seq, seq - 1] for seq in range(1, 501)]

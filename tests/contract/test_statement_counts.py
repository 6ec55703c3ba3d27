"""Each GET route of the API runs a fixed number of queries, whatever the number of rows."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from core.http.openapi_document import PREFIX
from tests.contract.statement_counts import Counted
from tests.factories import ROOT

QUERIES: dict[str, tuple[int, int]] = {
    "annotations": (8, 8),
    "annotations/papers": (6, 6),
    "audit": (3, 3),
    "audit/days": (3, 3),
    "ballots/<ballot_id>": (2, 2),
    "documents/<document_id>": (8, 3),
    "documents/<document_id>/annotations": (7, 7),
    "documents/<document_id>/versions/<int:number>/pages/<int:page>": (5, 5),
    "meeting-templates": (1, 1),
    "meetings": (2, 2),
    "meetings/<meeting_id>": (13, 2),
    "meetings/<meeting_id>/attendance": (5, 5),
    "meetings/<meeting_id>/events": (2, 2),
    "meetings/<meeting_id>/polls": (6, 6),
    "meetings/<meeting_id>/search": (4, 4),
    "meetings/<meeting_id>/snapshot": (17, 4),
    "meetings/<meeting_id>/vote-log": (5, 5),
    "meetings/<meeting_id>/vote-log/checkpoint": (6, 6),
    "meetings/<meeting_id>/vote-log/consistency": (5, 5),
    "meetings/<meeting_id>/vote-log/proof": (7, 7),
    "notes": (2, 2),
    "openapi.json": (1, 1),
    "people": (2, 2),
    "polls/<poll_id>": (6, 6),
    "polls/<poll_id>/ballots/mine": (2, 2),
    "polls/<poll_id>/result": (16, 16),
    "rule-packs": (4, 4),
    "rule-packs/<pack_id>": (2, 2),
    "search": (4, 4),
    "session": (1, 1),
    "session/passkeys": (2, 2),
    "session/second-factor": (2, 2),
    "sessions": (2, 2),
    "units": (3, 3),
    "users": (2, 2),
    "vote-rules": (3, 3),
}
"""Queries of each route, with those of the sign-in: while no view is cached, and then again."""


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Counted]:
    target: Path = tmp_path_factory.mktemp("counts") / "counts.json"
    words = [sys.executable, "-m", "tests.contract.statement_counts", str(target)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return msgspec.json.decode(target.read_bytes(), type=dict[str, Counted])


def test_more_rows_need_no_more_queries(counted: dict[str, Counted]):
    grown = {
        rule: (one.few, one.many) for rule, one in counted.items() if len(one.few) < len(one.many)
    }
    assert not grown


def test_every_route_runs_the_number_of_queries_stated_here(counted: dict[str, Counted]):
    found = {
        rule.removeprefix(PREFIX): (len(one.many), len(one.again)) for rule, one in counted.items()
    }
    assert found == QUERIES


def test_every_route_answers(counted: dict[str, Counted]):
    others = {rule: one.status for rule, one in counted.items() if one.status != 200}
    assert others == {
        f"{PREFIX}ballots/<ballot_id>": 404,
        f"{PREFIX}rule-packs/<pack_id>": 404,
        f"{PREFIX}meetings/<meeting_id>/events": 409,
    }


def test_most_routes_run_three_queries_at_most(counted: dict[str, Counted]):
    few = [rule for rule, one in counted.items() if len(one.again) <= 3]
    assert 2 * len(few) > len(counted)

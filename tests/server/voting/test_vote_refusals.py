"""Every way in which a vote says no: with its code and status, in words, and nothing is lost."""

import importlib
from typing import Any

import pytest

import app  # noqa: F401 - every refusal is known
from core.errors import Refusal, known
from tests.server.conftest import Room, make_room
from tests.server.real_server import Person, RealServer
from tests.server.voting import refused_questions, refused_votes
from tests.server.voting.vote_steps import code, log_of

pytestmark = pytest.mark.slow
CASES = {**refused_questions.CASES, **refused_votes.CASES}
MODULES = ("declares", "rules.poll_rules", "rules.question_rules", "rules.tally_rules")
ELSEWHERE = {"vote_contradicts_log"}
"""Reached by changing a stopped server's database: see test_vote_contradictions."""
MOVES = ("server_time", "live")


@pytest.fixture
def plain(server: RealServer, people: dict[str, Person]) -> Room:
    """A meeting of its own, in session, without papers."""
    return make_room(server, people, papers=False)


def all_of(room: Room) -> dict[str, Any]:
    """What the secretary's screen shows, what the member's does, and the whole log."""
    found: dict[str, Any] = {}
    for person in (room.secretary, room.member):
        snapshot = person.get(f"/meetings/{room.id}/snapshot").json()
        found[person.username] = {k: v for k, v in snapshot.items() if k not in MOVES}
    head = room.secretary.get(f"/meetings/{room.id}/vote-log/checkpoint").json()
    return {**found, "log": log_of(room.secretary, room.id) if head["size"] else []}


@pytest.mark.parametrize("name", CASES)
def test_refused(plain: Room, name: str):
    expected, arrange = CASES[name]
    ask = arrange(plain)
    before = all_of(plain)
    answer = ask()
    assert code(answer) == (known[expected].status, expected), answer.text
    detail = answer.json()["detail"]
    assert " " in detail
    assert not {"{", "}"} & set(detail)
    assert all_of(plain) == before
    assert code(ask()) == code(answer)


def test_every_refusal_of_votes_stands_here():
    declared = {
        kind.code
        for module in MODULES
        for kind in vars(importlib.import_module(f"meetings.voting.{module}")).values()
        if isinstance(kind, type) and issubclass(kind, Refusal) and kind.__module__.endswith(module)
    }
    assert declared - ELSEWHERE <= {expected for expected, _ in CASES.values()}
    assert len(declared) >= 26

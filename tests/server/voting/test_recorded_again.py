"""A ballot recorded for a member, entered anew: the second person confirms what they saw."""

from typing import Any

import pytest

from tests.server.conftest import Room
from tests.server.voting.vote_steps import here, question

pytestmark = pytest.mark.slow


def entered(room: Room, poll: str, choice: str) -> dict[str, Any]:
    """The secretary enters a ballot for a member."""
    body = {"user_id": room.member.id, "choice": choice, "reason": "Máy hết pin"}
    answer = room.secretary.post(f"/polls/{poll}/ballots/for-member", **body)
    assert answer.status_code == 201, answer.text
    ballot: dict[str, Any] = answer.json()
    return ballot


def test_what_was_entered_anew_is_looked_at_anew(room: Room):
    here(room, room.member, room.other)
    poll = question(room)
    assert room.chair.post(f"/polls/{poll}/open").status_code == 200
    first = entered(room, poll, "for")
    second = entered(room, poll, "against")
    assert second["id"] != first["id"]
    stale = room.chair.post(f"/ballots/{first['id']}/confirm")
    assert (stale.status_code, stale.json()["code"]) == (404, "not_found")
    assert room.chair.get(f"/ballots/{second['id']}").json()["choice"] == "against"
    assert room.chair.post(f"/ballots/{second['id']}/confirm").status_code == 200
    result = room.chair.post(f"/polls/{poll}/close").json()
    assert result["counts"] == {"for": 0, "against": 1, "abstain": 0}

"""A vote from the question to the checked archive, through the API of a real server."""

from pathlib import Path

import pytest

from tests.server.conftest import Room
from tests.server.voting.vote_steps import here, question, verify

pytestmark = pytest.mark.slow


def test_a_vote_from_question_to_archive(room: Room, tmp_path: Path):
    here(room, room.member, room.other)
    poll = question(room, document_id=room.document, agenda_item_id=room.items[1])
    tablet = room.tablet(room.member)
    opened = room.chair.post(f"/polls/{poll}/open")
    assert opened.status_code == 200, opened.text
    assert opened.json()["opened"]["n"] == 2
    tablet.next("room.event", type="poll_opened")

    first = room.member.post(f"/polls/{poll}/ballots", choice="for")
    assert first.status_code == 201, first.text
    again = room.member.post(f"/polls/{poll}/ballots", choice="for")
    assert (again.status_code, again.json()["receipt"]) == (200, first.json()["receipt"])
    other = room.member.post(f"/polls/{poll}/ballots", choice="against")
    assert (other.status_code, other.json()["code"]) == (409, "already_voted")
    assert room.guest.post(f"/polls/{poll}/ballots", choice="for").json()["code"] == "not_a_voter"
    assert room.member.get(f"/polls/{poll}/result").json()["code"] == "poll_open"
    assert room.other.post(f"/polls/{poll}/ballots", choice="against").status_code == 201

    closed = room.chair.post(f"/polls/{poll}/close")
    assert closed.status_code == 200, closed.text
    result = closed.json()
    assert (result["n"], result["voted"], result["counts"]) == (
        2,
        2,
        {"for": 1, "against": 1, "abstain": 0},
    )
    assert result["verdict"] == "not_adopted"
    assert room.chair.post(f"/polls/{poll}/announce").status_code == 200
    checked = verify(room, tmp_path)
    assert checked.returncode == 0, checked.stdout

"""What a meeting may not be made of: roles, people, units and times that make none."""

import base64
from typing import Any

import pytest
import requests

from tests.factories import PASSWORD, today_at
from tests.server.conftest import Room
from tests.server.real_server import Person

pytestmark = pytest.mark.slow


def made(room: Room, **more: Any) -> requests.Response:
    """A new meeting of the secretary's."""
    return room.secretary.post("/meetings", **{"title": "Họp", "starts_at": today_at(2), **more})


def code(answer: requests.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


@pytest.mark.parametrize("role", ["admin", "person", "owner", ""])
def test_only_roles_of_a_meeting_are_given_in_one(room: Room, role: str) -> None:
    path = f"/meetings/{room.id}/participants/{room.stranger.id}"
    assert code(room.secretary.put(path, role=role)) == (422, "invalid_input")
    assert room.stranger.get(f"/meetings/{room.id}").status_code == 403


def test_who_makes_a_meeting_may_be_its_chair(room: Room) -> None:
    answer = made(room, chair_ids=[room.secretary.id, room.secretary.id])
    assert answer.status_code == 201, answer.text
    people = [(one["user_id"], one["role"]) for one in answer.json()["participants"]]
    assert people == [(room.secretary.id, "chair")]


def test_a_meeting_has_somebody_who_runs_it(room: Room) -> None:
    assert code(made(room, chair_ids=[], secretary_ids=[])) == (409, "last_organiser")


def test_a_unit_that_does_not_exist_is_refused(room: Room) -> None:
    assert code(made(room, unit_id="none")) == (422, "unknown_unit")


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00Z", "1999-12-31T00:00:00Z"]
)
def test_times_at_the_ends_of_the_calendar_spoil_nobodys_list(room: Room, at: str) -> None:
    answer = made(room, starts_at=at, chair_ids=[room.other.id])
    assert code(answer) == (422, "invalid_input")
    mine = made(room).json()["id"]
    assert code(room.secretary.patch(f"/meetings/{mine}", starts_at=at)) == (422, "invalid_input")
    paused = room.secretary.post(f"/meetings/{room.id}/status", status="paused", resumes_at=at)
    assert code(paused) == (422, "invalid_input")
    for person in (room.secretary, room.other):
        assert person.get(f"{room.server.url}/").status_code == 200
        assert person.get("/meetings").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "from=2026-11-24T09:00:00",
        "to=2026-11-24T09:00:00",
        "cursor=" + base64.urlsafe_b64encode(b"2026-11-24T09:00:00|x").decode(),
    ],
)
def test_a_filter_without_an_offset_is_refused(room: Room, query: str) -> None:
    assert code(room.secretary.get(f"/meetings?{query}")) == (422, "invalid_input")


def test_a_cursor_that_is_none_is_refused(room: Room) -> None:
    for packed in (b"\x92\xc4\x01a\xa2\xff\xfe", b"\xff", b""):
        cursor = base64.urlsafe_b64encode(packed).decode() or "!"
        assert code(room.admin.get(f"/users?cursor={cursor}")) == (422, "invalid_input")


def test_an_account_creates_meetings_once_an_administrator_allows_it(room: Room) -> None:
    username = f"moi.{room.id[:8].lower()}"
    new = {"username": username, "display_name": "Người mới", "password": PASSWORD}
    account = room.admin.post("/users", **new).json()
    assert account["may_create_meetings"] is False
    person = Person(room.server, username).sign_in()
    facts = {"title": "Họp", "starts_at": today_at(2)}
    page = f"{room.server.url}/meetings/new"
    assert code(person.post("/meetings", **facts)) == (403, "not_allowed")
    assert person.get(page).status_code == 403
    assert person.patch(f"/users/{account['id']}", may_create_meetings=True).status_code == 403

    path = f"/users/{account['id']}"
    assert room.admin.patch(path, may_create_meetings=True).json()["may_create_meetings"] is True
    assert person.post("/meetings", **facts).status_code == 201
    assert person.get(page).status_code == 200
    room.admin.patch(path, may_create_meetings=False)
    assert person.post("/meetings", **facts).status_code == 403
    assert room.admin.post("/meetings", **facts).status_code == 201

"""The roster that was frozen at opening decides: nobody on it is removed or replaced meanwhile."""

import pytest

from tests.server.conftest import Room
from tests.server.real_server import Person
from tests.server.voting.vote_steps import (
    closed,
    code,
    done,
    here,
    log_of,
    opened,
    question,
    send,
    verified,
)

REFUSED = (409, "poll_open_for_person")


@pytest.fixture
def admin(people: dict[str, Person]) -> Person:
    return people["quantri"]


def test_nobody_on_the_roster_of_an_open_poll_is_removed_or_taken_over(room: Room, admin: Person):
    here(room, room.member, room.other)
    poll = opened(room)
    seat = f"/meetings/{room.id}/participants/{room.member.id}"
    for change in (
        room.secretary.call("DELETE", seat),
        room.secretary.put(seat, role="guest"),
        room.secretary.put(seat, role="member", entitled_to_vote=False),
        admin.call("PATCH", f"/users/{room.member.id}", json={"active": False}),
        admin.call("DELETE", f"/users/{room.member.id}"),
        admin.post(f"/users/{room.member.id}/password"),
    ):
        assert code(change) == REFUSED
        assert "Thông qua Nghị quyết" in change.json()["detail"]
    # What takes no vote away is possible: another seat, another position.
    done(room.secretary.put(seat, role="member", seat="12"))
    done(admin.call("PATCH", f"/users/{room.member.id}", json={"position": "Phó Trưởng ban"}))
    done(send(room.member, poll, "for"), 201)
    result = closed(room, poll)
    assert (result["n"], result["voted"]) == (2, 1)
    done(room.secretary.put(seat, role="guest"))
    done(room.secretary.put(seat, role="member"))


def test_a_new_password_for_a_lost_tablet_is_logged_and_stands_on_the_result(
    room: Room, admin: Person, tmp_path
):
    here(room, room.member, room.other)
    poll = opened(room)
    set_to = {"password": "giấy-bút-mực-2026", "reason": "Mất máy tính bảng"}
    done(admin.post(f"/users/{room.other.id}/password", **set_to))
    again = Person(room.other.server, room.other.username)
    again.id = room.other.id
    room.other.http.cookies.update(again.sign_in().http.cookies)
    room.other.http.headers["X-CSRF-Token"] = again.http.headers["X-CSRF-Token"]
    done(send(again, poll, "against"), 201)
    closed(room, poll)
    done(room.chair.post(f"/polls/{poll}/announce"))
    (change,) = done(room.member.get(f"/polls/{poll}"))["ending"]["roster_changes"]
    assert change["person"]["user_id"] == room.other.id
    assert (change["reason"], change["by"]["user_id"]) == ("Mất máy tính bảng", admin.id)
    entries = [line for line in log_of(room.chair, room.id) if "roster_changed" in line["entry"]]
    assert [line["index"] for line in entries] == [change["log_index"], change["log_index"] + 1]
    assert "Mất máy tính bảng" in verified(room, tmp_path)
    page = room.member.http.get(f"{room.member.server.url}/meetings/{room.id}/polls/{poll}").text
    assert "lý do: Mất máy tính bảng" in page


def test_only_the_draft_that_was_seen_is_opened(room: Room):
    here(room, room.member, room.other)
    poll = question(room)
    seen = done(room.chair.get(f"/polls/{poll}"))["revision"]
    changed = done(room.secretary.call("PATCH", f"/polls/{poll}", json={"question": "Khác hẳn?"}))
    assert changed["revision"] == seen + 1
    assert code(room.chair.post(f"/polls/{poll}/open", revision=seen)) == (409, "draft_changed")
    assert done(room.chair.get(f"/polls/{poll}"))["status"] == "draft"
    assert done(room.chair.post(f"/polls/{poll}/open", revision=seen + 1))["status"] == "open"

"""Writing for the whole room: off for members until it is allowed, lifted and muted at once."""

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.server.annotations.ink_steps import (
    audit,
    batch,
    change,
    changed,
    delete,
    heads,
    ids,
    note,
    post,
    seen,
    stroke,
    told,
    written,
)
from tests.server.annotations.test_live_ink import Drawing, arrives, line
from tests.server.conftest import Room, make_room
from tests.server.real_server import Person, RealServer
from tests.server.voting.vote_steps import code, done

pytestmark = pytest.mark.slow
OFF = (409, "writing_off")
ROOM = {"audience": "meeting"}


def allow(room: Room, member_writing: bool, by: Person | None = None) -> dict[str, Any]:
    """Switch writing of members for the room on or off."""
    person = by or room.secretary
    made: dict[str, Any] = done(person.patch(f"/meetings/{room.id}", member_writing=member_writing))
    return made


def mute(room: Room, by: Person, whom: Person, muted: bool = True) -> requests.Response:
    """Ask for somebody to be muted, or for the end of it."""
    return by.put(f"/meetings/{room.id}/writing/{whom.id}", muted=muted)


def present(room: Room, person: Person) -> None:
    """Give somebody the presentation."""
    done(room.secretary.put(f"/meetings/{room.id}/presenter", user_id=person.id))


def test_a_new_meeting_is_closed_to_members(server: RealServer, people: dict[str, Person]) -> None:
    room = make_room(server, people, papers=False, member_writing=False)
    assert done(room.member.get(f"/meetings/{room.id}"))["member_writing"] is False
    made = room.secretary.post("/meetings", title="Họp", starts_at="2026-11-24T01:00:00Z")
    assert done(made, 201)["member_writing"] is False


def by_creating(room: Room, private: dict[str, Any], shared: dict[str, Any]) -> requests.Response:
    return post(room.member, room.document, stroke(**ROOM))


def by_batch(room: Room, private: dict[str, Any], shared: dict[str, Any]) -> requests.Response:
    return batch(room.member, room.document, [stroke(), stroke(**ROOM)])


def by_showing(room: Room, private: dict[str, Any], shared: dict[str, Any]) -> requests.Response:
    return change(room.member, private, **ROOM)


def by_redrawing(room: Room, private: dict[str, Any], shared: dict[str, Any]) -> requests.Response:
    return change(room.member, shared, geometry={"strokes": [[[0.9, 0.9, 1.0]]]})


def by_rewriting(room: Room, private: dict[str, Any], shared: dict[str, Any]) -> requests.Response:
    return change(room.member, shared, text="Khác")


def off(room: Room) -> None:
    allow(room, member_writing=False)


def muted(room: Room) -> None:
    done(mute(room, room.chair, room.member))


Way = Callable[[Room, dict[str, Any], dict[str, Any]], requests.Response]
WAYS: list[Way] = [by_creating, by_batch, by_showing, by_redrawing, by_rewriting]


@pytest.mark.parametrize("closed", [off, muted])
def test_a_member_is_refused_by_every_way_and_nobody_hears_of_it(
    room: Room, closed: Callable[[Room], None]
) -> None:
    private = written(room.member, room.document, note("Riêng"))
    shared = written(room.member, room.document, note("Chung", **ROOM))
    member, chair, other = (room.tablet(one) for one in (room.member, room.chair, room.other))
    closed(room)
    refused, after = Drawing(room, member), Drawing(room, chair)
    since = {person.username: heads(person, room) for person in (room.member, room.other)}
    assert refused.asked(line(5))["code"] == "writing_off"
    assert refused.asked([], gone=True)["code"] == "writing_off"
    for way in WAYS:
        assert code(way(room, private, shared)) == OFF, way.__name__
    # What the room is told next has nothing of it before.
    after.render_page(line(5))
    arrives(other, after)
    assert refused.id not in str(other.seen) + str(chair.seen)
    assert told(room.other, room, since[room.other.username], "events") == []
    assert told(room.member, room, since[room.member.username], "mine") == []
    assert ids(seen(room.other, room.document)) == [shared["id"]]
    assert {one["id"]: one["revision"] for one in seen(room.member, room.document)} == {
        private["id"]: 1,
        shared["id"]: 1,
    }


@pytest.mark.parametrize("closed", [off, muted])
def test_what_is_private_or_for_one_and_taking_back_are_not_affected(
    room: Room, closed: Callable[[Room], None]
) -> None:
    shared, second = (written(room.member, room.document, stroke(**ROOM)) for _ in range(2))
    closed(room)
    written(room.member, room.document, stroke())
    to_one = stroke(audience="person", user_id=room.other.id)
    sent = written(room.member, room.document, to_one)
    changed(room.member, sent, text="Đã sửa")
    changed(room.member, shared, audience="private")
    assert delete(room.member, second).status_code == 204
    # The answer to a repeated request is what it was.
    assert post(room.member, room.document, to_one).status_code == 200


def test_chair_secretary_and_the_presenter_always_write(room: Room) -> None:
    allow(room, member_writing=False)
    for person in (room.chair, room.secretary):
        written(person, room.document, stroke(**ROOM))
        assert Drawing(room, room.tablet(person)).asked(line(3))["ok"]
    present(room, room.member)
    tablet = room.tablet(room.member)
    one = written(room.member, room.document, stroke(**ROOM))
    assert Drawing(room, tablet).asked(line(3))["ok"]
    present(room, room.chair)
    assert code(change(room.member, one, text="Khác")) == OFF
    assert Drawing(room, tablet).asked(line(3))["code"] == "writing_off"


def test_the_switch_is_told_to_the_room_and_counts_at_once(room: Room) -> None:
    member = room.tablet(room.member)
    for wanted in (False, True, False):
        assert allow(room, wanted, by=room.chair)["member_writing"] is wanted
        drawing = Drawing(room, member)
        assert drawing.asked(line(2))["ok"] is wanted
        facts = member.next("room.event", type="meeting_changed")["data"]
        assert facts["member_writing"] is wanted
        snapshot = room.member.get(f"/meetings/{room.id}/snapshot").json()
        assert snapshot["meeting"]["member_writing"] is wanted
    assert code(room.member.patch(f"/meetings/{room.id}", member_writing=True)) == (
        403,
        "not_allowed",
    )
    wrong = room.secretary.patch(f"/meetings/{room.id}", member_writing="perhaps")
    assert code(wrong) == (422, "invalid_input")
    done(room.secretary.post(f"/meetings/{room.id}/status", status="closed"))
    over = room.secretary.patch(f"/meetings/{room.id}", member_writing=True)
    assert code(over) == (409, "wrong_status")


def test_muting_lasts_until_it_is_lifted(room: Room) -> None:
    other = room.tablet(room.other)
    assert done(mute(room, room.secretary, room.member)) == {
        "user_id": room.member.id,
        "muted": True,
    }
    assert other.next("room.event", type="writer_muted")["data"]["muted"] is True
    allow(room, member_writing=False)
    allow(room, member_writing=True)
    assert code(post(room.member, room.document, stroke(**ROOM))) == OFF
    snapshot = room.member.get(f"/meetings/{room.id}/snapshot").json()
    flags = {one["user_id"]: one["writing_muted"] for one in snapshot["meeting"]["participants"]}
    assert [user_id for user_id, flag in flags.items() if flag] == [room.member.id]
    # The room is told once, however often it is asked for.
    since = heads(room.other, room)["after"]
    done(mute(room, room.chair, room.member))
    assert heads(room.other, room)["after"] == since
    done(mute(room, room.chair, room.member, muted=False))
    written(room.member, room.document, stroke(**ROOM))
    said = [(who, facts) for who, action, facts in audit(room.server, room.id) if "mute" in action]
    assert said == [
        (room.secretary.id, {"user_id": room.member.id, "muted": True}),
        (room.chair.id, {"user_id": room.member.id, "muted": False}),
    ]


def test_the_presenter_mutes_and_clears_and_other_members_do_not(room: Room) -> None:
    mark = written(room.other, room.document, stroke(**ROOM))
    forbidden = (403, "not_allowed")
    assert code(mute(room, room.member, room.other)) == forbidden
    assert code(delete(room.member, mark)) == forbidden
    present(room, room.member)
    done(mute(room, room.member, room.other))
    assert delete(room.member, mark).status_code == 204
    assert ids(seen(room.other, room.document)) == []
    kept = written(room.other, room.document, stroke())
    assert code(delete(room.member, kept)) == (404, "not_found")


def test_who_cannot_be_muted(room: Room) -> None:
    for person in (room.chair, room.secretary):
        assert code(mute(room, room.secretary, person)) == (422, "invalid_input")
        assert mute(room, room.secretary, person, muted=False).status_code == 200
    assert code(mute(room, room.secretary, room.stranger)) == (404, "not_found")
    wrong = room.secretary.put(f"/meetings/{room.id}/writing/{room.member.id}")
    assert code(wrong) == (422, "invalid_input")
    done(room.secretary.post(f"/meetings/{room.id}/status", status="closed"))
    assert code(mute(room, room.secretary, room.member)) == (409, "wrong_status")

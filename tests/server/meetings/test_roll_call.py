"""The roll call: who may say what of whom, what the room hears, and who reads the reasons."""

from typing import Any

import pytest
import requests

from tests.factories import today_at
from tests.server.conftest import Room, make_room
from tests.server.real_server import Person, RealServer

pytestmark = pytest.mark.slow

REASON = "Đi công tác tại Hà Nội"


def roll(room: Room, person: Person) -> requests.Response:
    return person.get(f"/meetings/{room.id}/attendance")


def line(room: Room, person: Person) -> dict[str, Any]:
    """What the roll sheet says of a person."""
    items = roll(room, room.secretary).json()["items"]
    found: dict[str, Any] = next(one for one in items if one["user_id"] == person.id)
    return found


def say(
    room: Room, speaker: Person, of: Person, status: str, **more: str | None
) -> requests.Response:
    return speaker.put(f"/meetings/{room.id}/attendance/{of.id}", status=status, **more)


def seen(room: Room, person: Person) -> dict[str, str | None]:
    """What a person's screen says of everybody, by user id."""
    snapshot = person.get(f"/meetings/{room.id}/snapshot").json()
    return {one["user_id"]: one["attendance"] for one in snapshot["meeting"]["participants"]}


def test_a_member_confirms_and_everybody_sees_it(room: Room) -> None:
    guest, secretary = room.tablet(room.guest), room.tablet(room.secretary)
    answer = say(room, room.member, room.member, "present")
    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "present"
    for tablet in (guest, secretary):
        event = tablet.next("room.event", type="attendance_changed")
        assert event["data"] == {"user_id": room.member.id, "attendance": "present"}
        assert event["actor"] == room.member.id
    assert seen(room, room.guest)[room.member.id] == "present"
    told = line(room, room.member)
    assert (told["by"], told["by_name"]) == (room.member.id, "Daibieu1")
    assert told["at"] == answer.json()["at"]


def test_nobody_is_asked_to_come_in_anew(room: Room) -> None:
    member = room.tablet(room.member)
    say(room, room.secretary, room.member, "late")
    say(room, room.member, room.member, "present")
    say(room, room.secretary, room.member, "left")
    member.next("room.event", type="attendance_changed")
    assert not [name for name, _ in member.seen if name == "resync"]
    have = {key: member.joined[key] for key in ("epoch", "seq", "mine_seq")}
    assert "events" in member.call("room.join", protocol_version=1, **have)


def test_a_member_says_nothing_else(room: Room) -> None:
    for status in ("excused", "absent", "late", "left"):
        assert say(room, room.member, room.member, status).json()["code"] == "not_allowed"
    for answer in (
        say(room, room.member, room.other, "present"),
        say(room, room.guest, room.member, "present"),
        say(room, room.member, room.member, "present", reason="Tôi đã đến"),
        room.member.delete(f"/meetings/{room.id}/attendance/{room.member.id}"),
        room.member.put(f"/meetings/{room.id}/attendance", user_ids=[], status="present"),
        say(room, room.stranger, room.stranger, "present"),
        roll(room, room.member),
        roll(room, room.guest),
        roll(room, room.stranger),
    ):
        assert answer.status_code == 403, answer.text
    assert seen(room, room.secretary)[room.member.id] is None


def test_the_secretary_says_why_and_only_who_runs_the_meeting_reads_it(room: Room) -> None:
    tablets = [room.tablet(person) for person in (room.member, room.guest, room.secretary)]
    assert say(room, room.secretary, room.other, "excused", reason=REASON).ok
    for tablet in tablets:
        event = tablet.next("room.event", type="attendance_changed")
        assert event["data"] == {"user_id": room.other.id, "attendance": "excused"}
        assert REASON not in repr(tablet.seen)
    for person in (room.secretary, room.chair, room.admin):
        assert REASON in roll(room, person).text
    for path in ("", "/snapshot"):
        for person in (room.member, room.guest, room.secretary):
            assert REASON not in person.get(f"/meetings/{room.id}{path}").text


def test_a_reason_belongs_to_what_it_was_given_for(room: Room) -> None:
    say(room, room.secretary, room.other, "excused", reason=REASON)
    at = line(room, room.other)["at"]
    say(room, room.chair, room.other, "excused")
    assert line(room, room.other)["reason"] == REASON
    say(room, room.chair, room.other, "excused", reason="Ốm")
    told = line(room, room.other)
    assert (told["reason"], told["at"], told["by"]) == ("Ốm", at, room.secretary.id)
    say(room, room.chair, room.other, "excused", reason="")
    assert line(room, room.other)["reason"] is None
    say(room, room.secretary, room.other, "late", reason="Kẹt xe")
    say(room, room.secretary, room.other, "left")
    assert line(room, room.other)["reason"] is None
    say(room, room.secretary, room.other, "left", reason="Ốm")
    say(room, room.other, room.other, "present")
    told = line(room, room.other)
    assert (told["status"], told["reason"], told["by"]) == ("present", None, room.other.id)


def test_who_came_late_and_confirms_stays_late(room: Room) -> None:
    say(room, room.secretary, room.member, "late", reason="Kẹt xe")
    answer = say(room, room.member, room.member, "present")
    assert answer.json()["status"] == "late"
    assert "Kẹt xe" not in answer.text
    assert line(room, room.member)["reason"] == "Kẹt xe"


def test_saying_the_same_again_changes_nothing(room: Room) -> None:
    first = say(room, room.member, room.member, "present").json()
    seq = room.secretary.get(f"/meetings/{room.id}/snapshot").json()["seq"]
    assert say(room, room.member, room.member, "present").json() == first
    assert say(room, room.secretary, room.member, "present").json() == first
    assert room.secretary.get(f"/meetings/{room.id}/snapshot").json()["seq"] == seq
    assert line(room, room.member)["by"] == room.member.id


def test_a_word_can_be_taken_back(room: Room) -> None:
    say(room, room.secretary, room.member, "excused", reason=REASON)
    member = room.tablet(room.member)
    answer = room.secretary.delete(f"/meetings/{room.id}/attendance/{room.member.id}")
    assert answer.json() == {"user_id": room.member.id, "status": None, "at": None}
    event = member.next("room.event", type="attendance_changed")
    assert event["data"] == {"user_id": room.member.id, "attendance": None}
    told = line(room, room.member)
    assert {told[key] for key in ("status", "reason", "at", "by", "by_name")} == {None}


def test_several_at_once_leave_what_was_said(room: Room) -> None:
    say(room, room.secretary, room.other, "excused", reason=REASON)
    guest = room.tablet(room.guest)
    path = f"/meetings/{room.id}/attendance"
    everybody = [room.member.id, room.other.id, room.chair.id, "nobody-of-this-meeting"]
    done = room.secretary.put(path, user_ids=everybody, status="present").json()
    assert sorted(done["user_ids"]) == sorted([room.member.id, room.chair.id])
    event = guest.next("room.event", type="roll_called")
    assert event["data"] == {"user_ids": done["user_ids"], "attendance": "present"}
    assert line(room, room.other)["reason"] == REASON
    again = room.secretary.put(path, user_ids=everybody, status="present").json()
    assert again["user_ids"] == []
    undone = room.secretary.put(path, user_ids=done["user_ids"], status=None).json()
    assert undone["user_ids"] == done["user_ids"]
    assert seen(room, room.guest)[room.member.id] is None
    assert line(room, room.other)["status"] == "excused"


def test_the_quorum_counts_who_is_here_of_those_entitled(room: Room) -> None:
    people = f"/meetings/{room.id}/participants"
    room.secretary.put(f"{people}/{room.chair.id}", role="chair", entitled_to_vote=True)
    nobody = {"present": 0, "entitled": 3, "required": 2, "met": False, "missing": 2}
    assert roll(room, room.secretary).json()["quorum"] == nobody
    say(room, room.secretary, room.guest, "present")
    say(room, room.secretary, room.secretary, "present")
    assert roll(room, room.secretary).json()["quorum"] == nobody
    say(room, room.secretary, room.chair, "late")
    say(room, room.secretary, room.member, "left")
    assert roll(room, room.secretary).json()["quorum"]["missing"] == 1
    say(room, room.other, room.other, "present")
    quorum = roll(room, room.secretary).json()["quorum"]
    assert quorum == {"present": 2, "entitled": 3, "required": 2, "met": True, "missing": 0}


def test_another_seat_keeps_what_the_roll_says(room: Room) -> None:
    say(room, room.secretary, room.other, "excused", reason=REASON)
    guest = room.tablet(room.guest)
    path = f"/meetings/{room.id}/participants/{room.other.id}"
    assert room.secretary.put(path, role="member", seat="B7").json()["attendance"] == "excused"
    event = guest.next("room.event", type="participant_put")
    assert event["data"]["participant"]["attendance"] == "excused"
    assert line(room, room.other)["reason"] == REASON


def test_the_roll_is_called_from_publication_to_the_end(
    server: RealServer, people: dict[str, Person]
) -> None:
    room = make_room(server, people, papers=False, status="published")
    path = f"/meetings/{room.id}/status"
    assert say(room, room.member, room.member, "present").ok
    for status in ("in_session", "paused"):
        assert room.secretary.post(path, status=status).ok
        assert say(room, room.secretary, room.other, "late").ok
        assert room.secretary.delete(f"/meetings/{room.id}/attendance/{room.other.id}").ok
        assert say(room, room.other, room.other, "present").ok
    assert room.secretary.post(path, status="closed").ok
    for answer in (
        say(room, room.member, room.member, "present"),
        say(room, room.secretary, room.member, "left"),
        room.secretary.delete(f"/meetings/{room.id}/attendance/{room.member.id}"),
        room.secretary.put(f"/meetings/{room.id}/attendance", user_ids=[], status="present"),
    ):
        assert answer.json()["code"] == "wrong_status", answer.text
    assert line(room, room.member)["status"] == "present"


def test_a_draft_has_no_roll_call(people: dict[str, Person]) -> None:
    secretary = people["thuky"]
    made = secretary.post("/meetings", title="Họp", starts_at=today_at(1)).json()
    answer = secretary.put(f"/meetings/{made['id']}/attendance/{secretary.id}", status="present")
    assert answer.json()["code"] == "wrong_status"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({}, "invalid_input"),
        ({"status": "here"}, "invalid_input"),
        ({"status": None}, "invalid_input"),
        ({"status": "excused", "reason": "x" * 301}, "invalid_input"),
        ({"status": "excused", "reason": 7}, "invalid_input"),
    ],
)
def test_wrong_words_are_refused(room: Room, body: dict[str, Any], code: str) -> None:
    path = f"/meetings/{room.id}/attendance/{room.member.id}"
    assert room.secretary.put(path, **body).json()["code"] == code
    assert say(room, room.secretary, room.stranger, "present").status_code == 404


def test_a_request_that_came_twice_is_one(room: Room) -> None:
    path = f"/meetings/{room.id}/attendance/{room.member.id}"
    headers = {"Idempotency-Key": "once"}
    first = room.member.call("PUT", path, json={"status": "present"}, headers=headers)
    room.secretary.delete(path)
    again = room.member.call("PUT", path, json={"status": "present"}, headers=headers)
    assert again.json() == first.json()
    assert line(room, room.member)["status"] is None


def test_the_rule_of_the_quorum_goes_with_the_kind(room: Room) -> None:
    member = room.tablet(room.member)
    before = member.joined["snapshot"]["meeting"]["quorum_rule"]
    assert (before["numerator"], before["denominator"], before["comparison"]) == (1, 2, ">")
    assert before["voters"]["vi"] == "thành viên"
    assert room.secretary.patch(f"/meetings/{room.id}", kind="hdnd_session").ok
    rule = member.next("room.event", type="meeting_changed")["data"]["quorum_rule"]
    assert (rule["numerator"], rule["denominator"], rule["comparison"]) == (2, 3, ">=")
    assert rule["voters"] == {"vi": "đại biểu", "en": "deputies"}
    assert rule["confirmed"] is False
    assert rule == room.member.get(f"/meetings/{room.id}").json()["quorum_rule"]


def test_a_renamed_person_is_told_once(room: Room) -> None:
    guest = room.tablet(room.guest)
    say(room, room.secretary, room.other, "late")
    assert room.admin.patch(f"/users/{room.other.id}", position="Ủy viên").ok
    assert room.secretary.put(f"/meetings/{room.id}/current-item", agenda_item_id=room.items[0]).ok
    guest.next("room.event", type="current_item_changed")
    told = [data for name, data in guest.seen if name == "room.event"]
    assert [one["type"] for one in told] == [
        "attendance_changed",
        "participant_put",
        "current_item_changed",
    ]
    assert told[1]["data"]["participant"]["attendance"] == "late"
    assert told[1]["data"]["participant"]["position"] == "Ủy viên"

"""Guests without an account: on the list, the roll and its paper, and nowhere else."""

from pathlib import Path

import pytest

from tests.server.annotations.pdf_reader import Reader
from tests.server.conftest import Room

pytestmark = pytest.mark.slow

FACTS = {"name": "Bà Sơn Thị Hường", "position": "Phó Giám đốc", "organisation": "Sở Tài chính"}


def test_a_guest_is_invited_told_to_the_room_called_and_taken_off(room: Room) -> None:
    here = f"/meetings/{room.id}/guests"
    member = room.tablet(room.member)
    made = room.secretary.post(here, **FACTS)
    assert made.status_code == 201, made.text
    guest = made.json()
    assert guest == {"id": guest["id"], **FACTS, "attendance": None}
    assert member.next("room.event", type="guest_put")["data"] == {"guest": guest}

    one = f"{here}/{guest['id']}"
    changed = room.secretary.patch(one, position="Giám đốc").json()
    assert changed == {**guest, "position": "Giám đốc"}
    before = room.secretary.get(f"/meetings/{room.id}/attendance").json()
    called = room.chair.put(f"{one}/attendance", status="present").json()
    assert called["attendance"] == "present"
    after = room.secretary.get(f"/meetings/{room.id}/attendance").json()
    assert after["quorum"] == before["quorum"]
    seen = room.member.get(f"/meetings/{room.id}").json()
    assert seen["guests"] == [called]
    assert guest["id"] not in {person["user_id"] for person in seen["participants"]}

    assert room.secretary.delete(one).status_code == 204
    assert member.next("room.event", type="guest_removed")["data"] == {"guest_id": guest["id"]}
    assert room.secretary.delete(one).status_code == 404


def test_a_guest_of_one_meeting_is_none_of_another_and_stays_as_it_was_at_the_end(
    room: Room, tmp_path: Path
) -> None:
    other = room.secretary.post("/meetings", title="Họp", starts_at="2026-11-25T01:00:00Z").json()
    made = room.secretary.post(f"/meetings/{room.id}/guests", **FACTS).json()
    strange = f"/meetings/{other['id']}/guests/{made['id']}"
    assert room.secretary.patch(strange, name="Ai").status_code == 404
    assert room.secretary.post(f"/meetings/{other['id']}/guests", name="  ").status_code == 422
    assert room.secretary.post(f"/meetings/{other['id']}/guests", name="Ai").status_code == 201
    assert room.secretary.delete(f"/meetings/{other['id']}").status_code == 204

    room.secretary.post(f"/meetings/{room.id}/status", status="closed")
    refused = room.secretary.post(f"/meetings/{room.id}/guests", name="Ai")
    assert refused.json()["code"] == "wrong_status"
    paper = room.secretary.get(f"/meetings/{room.id}/attendance.pdf")
    target = tmp_path / "attendance.pdf"
    target.write_bytes(paper.content)
    text = Reader(target).joined
    assert FACTS["name"].replace(" ", "") in text
    assert "Danhsáchcó6người" in text
    assert "PhóGiámđốc,SởTàichính" in text

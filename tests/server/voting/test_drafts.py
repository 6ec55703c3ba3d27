"""A draft is there for its staff only: nobody else hears of it before it is published."""

import pytest

from tests.factories import today_at
from tests.server.conftest import Room

pytestmark = pytest.mark.slow


def test_a_member_hears_of_a_draft_when_it_is_published(room: Room) -> None:
    tablet = room.tablet(room.member)
    draft = room.secretary.post("/meetings", title="Nhân sự", starts_at=today_at(3)).json()["id"]
    place = f"/meetings/{draft}/participants/{room.member.id}"
    for role in ("guest", "member"):
        assert room.secretary.put(place, role=role).status_code == 200
    assert room.secretary.delete(place).status_code == 204
    assert room.secretary.put(place, role="member").status_code == 200
    assert room.member.get(f"/meetings/{draft}").status_code == 403
    published = room.secretary.post(f"/meetings/{draft}/status", status="published")
    assert published.status_code == 200, published.text
    first = tablet.next("mine.event")
    assert first["seq"] == tablet.joined["mine_seq"] + 1
    assert first["data"] == {"meeting_id": draft, "title": "Nhân sự", "role": "member"}


def test_who_prepares_a_draft_hears_of_it_at_once(room: Room) -> None:
    tablet = room.tablet(room.other)
    draft = room.secretary.post("/meetings", title="Nhân sự", starts_at=today_at(3)).json()["id"]
    place = f"/meetings/{draft}/participants/{room.other.id}"
    for role, told in (("secretary", "secretary"), ("member", "member")):
        assert room.secretary.put(place, role=role).status_code == 200
        assert tablet.next("mine.event")["data"]["role"] == told
    assert room.other.get(f"/meetings/{draft}").status_code == 403

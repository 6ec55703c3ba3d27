"""What the end of a meeting leaves behind."""

import pytest

from tests.server.conftest import Room

pytestmark = pytest.mark.slow


def test_an_ended_meeting_has_no_current_item_until_it_is_taken_up_again(room: Room) -> None:
    here = f"/meetings/{room.id}"
    room.chair.put(f"{here}/current-item", agenda_item_id=room.items[0])
    member = room.tablet(room.member)
    ended = room.chair.post(f"{here}/status", status="closed")
    assert ended.json()["current_item_id"] is None
    member.next("room.event", type="meeting_status_changed")
    left = member.next("room.event", type="current_item_changed")["data"]
    assert left == {"agenda_item_id": None, "since": None}
    refused = room.chair.put(f"{here}/current-item", agenda_item_id=room.items[0])
    assert refused.json()["code"] == "wrong_status"

    room.chair.post(f"{here}/status", status="in_session")
    chosen = room.chair.put(f"{here}/current-item", agenda_item_id=room.items[0])
    assert chosen.json()["current_item_id"] == room.items[0]

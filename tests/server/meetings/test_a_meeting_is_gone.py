"""A meeting that is deleted while people sit in its room: they are told, others go on."""

import pytest

from tests.server.conftest import Room, make_room
from tests.server.real_server import Person, RealServer

pytestmark = pytest.mark.slow


def test_its_room_is_closed_in_words(server: RealServer, people: dict[str, Person]) -> None:
    room = make_room(server, people, status="published")
    other = make_room(server, people)
    tablet, elsewhere = room.tablet(room.secretary), other.tablet(other.secretary)
    gone = room.secretary.delete(f"/meetings/{room.id}")
    assert gone.status_code == 204, gone.text
    told = tablet.next("mine.event", type="place_in_meeting_changed")
    assert told["data"] == {"meeting_id": room.id, "title": "Kỳ họp thứ Hai", "role": None}
    assert tablet.turn(room.document, 1)["code"] == "no_such_page"
    assert tablet.call("room.join", protocol_version=1)["code"] == "not_found"
    assert elsewhere.turn(other.document, 2)["ok"]
    for one in (room, other):
        close(one)


def close(room: Room) -> None:
    """Close the tablets of a room that no fixture made."""
    for tablet in room.open:
        tablet.close()

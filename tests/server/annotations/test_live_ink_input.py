"""Wrong wet ink: refused with a code, and nobody else notices."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from core.ids import new_id
from tests.server.conftest import Room, make_room
from tests.server.real_server import Person, RealServer, Tablet

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def room(server: RealServer, people: dict[str, Person]) -> Iterator[Room]:
    """One meeting for all."""
    made = make_room(server, people)
    yield made
    for tablet in made.open:
        tablet.close()


@pytest.fixture(scope="module")
def bystander(room: Room) -> Tablet:
    """Somebody who looks on."""
    return room.tablet(room.other)


def wet(room: Room, **more: Any) -> dict[str, Any]:
    """A packet of wet ink."""
    return {
        "meeting_id": room.id,
        "document_id": room.document,
        "version": 1,
        "page": 1,
        "id": new_id(),
        "from": 0,
        "points": [[0.1, 0.1, 0.5]],
        **more,
    }


WET: list[tuple[dict[str, Any], str]] = [
    ({"points": None}, "invalid_input"),
    ({"points": "0.1,0.1"}, "invalid_input"),
    ({"points": [[0.1, 0.1]]}, "invalid_input"),
    ({"points": [[0.1, 0.1, 0.5, 0.5]]}, "invalid_input"),
    ({"points": [[1.1, 0.1, 0.5]]}, "invalid_input"),
    ({"points": [[0.1, -0.1, 0.5]]}, "invalid_input"),
    ({"points": [[0.1, 0.1, 2]]}, "invalid_input"),
    ({"points": [["0.1", 0.1, 0.5]]}, "invalid_input"),
    ({"points": [[0.1, 0.1, 0.5]] * 501}, "invalid_input"),
    ({"points": [[0.123456789, 0.123456789, 0.5]] * 5_000}, "payload_too_large"),
    ({"id": "short"}, "invalid_input"),
    ({"id": None}, "invalid_input"),
    ({"from": -1}, "invalid_input"),
    ({"from": "0"}, "invalid_input"),
    ({"page": "1"}, "invalid_input"),
    ({"page": 10**30}, "no_such_page"),
    ({"version": 0}, "invalid_input"),
    ({"version": 10**30}, "invalid_input"),
    ({"document_id": 5}, "invalid_input"),
    ({"document_id": "x" * 65}, "invalid_input"),
    ({"meeting_id": None}, "invalid_input"),
    ({"style": "red"}, "invalid_input"),
    ({"style": {"color": "red", "width": 2, "opacity": 1}}, "invalid_input"),
    ({"style": {"color": "#b3261e", "width": 101, "opacity": 1}}, "invalid_input"),
    ({"style": {"color": "#b3261e", "width": 2, "opacity": 0}}, "invalid_input"),
    ({"gone": "yes"}, "invalid_input"),
]


@pytest.fixture(scope="module")
def tablet(room: Room) -> Tablet:
    """The member's."""
    return room.tablet(room.member)


@pytest.mark.parametrize(("wrong", "expected"), WET, ids=[f"{n}" for n in range(len(WET))])
def test_wet_ink_that_is_none(
    room: Room, tablet: Tablet, bystander: Tablet, wrong: dict[str, Any], expected: str
) -> None:
    packet = wet(room, **wrong)
    ack = tablet.client.call("ink.wet", packet, timeout=10)
    assert (ack["ok"], ack["code"]) == (False, expected)
    assert len(ack["detail"]) > 15
    good = wet(room)
    assert tablet.client.call("ink.wet", good, timeout=10)["ok"]
    while good["id"] not in json.dumps(bystander.next("room.tick")):
        pass
    assert str(packet["id"]) not in json.dumps(bystander.seen) or packet["id"] is None


def test_a_frame_with_a_nan_costs_its_sender_at_most(room: Room, bystander: Tablet) -> None:
    own = room.tablet(room.member)
    packet = wet(room)
    text = json.dumps(["ink.wet", packet]).replace("[0.1, 0.1, 0.5]", "[NaN, 0.1, 0.5]")
    own.client.eio.send("2" + text)
    other = room.tablet(room.chair)
    good = wet(room)
    assert other.client.call("ink.wet", good, timeout=10)["ok"]
    while good["id"] not in json.dumps(bystander.next("room.tick")):
        pass
    assert packet["id"] not in json.dumps(bystander.seen)

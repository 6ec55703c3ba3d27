"""How the socket events are tried by somebody of a kind, over a real connection."""

from http import HTTPStatus
from typing import Any

import socketio

from core.ids import new_id
from tests.contract.matrix_annotations import hear_of_ink
from tests.contract.matrix_votes import hear_of_a_vote
from tests.contract.matrix_world import SPARE, World
from tests.server.real_server import Tablet

LETTERS = {"not_allowed": "x", "not_in_room": "o", "not_presenter": "p"}


def answers(world: World, kind: str) -> dict[str, str]:
    """Event → what became of it, in the letters of the tables."""
    payloads: dict[str, dict[str, Any]] = {
        "room.join": {"protocol_version": 1},
        "page.turn": {"document_id": world.room.document, "version": 1, "page": 2},
        "pointer.move": {"at": [0.5, 0.5]},
        "presence.at": {"following": True},
        "ink.wet": {
            "document_id": world.room.document,
            "version": 1,
            "page": 1,
            "id": new_id(),
            "points": [[0.5, 0.5, 0.5]],
        },
        "room.leave": {},
    }
    try:
        tablet = Tablet(world.people[kind], world.room.id)
    except socketio.exceptions.ConnectionError:
        person = world.people[kind]
        address = f"{person.server.url}/socket.io/?EIO=4&transport=polling"
        status = person.http.get(address, timeout=10).status_code
        return dict.fromkeys(payloads, "s" if status == HTTPStatus.UNAUTHORIZED else str(status))
    try:
        return {event: _letter(tablet.call(event, **sent)) for event, sent in payloads.items()}
    finally:
        tablet.close()


def everything_sent(world: World) -> list[tuple[str, str, Any]]:
    """What tablets of several roles got while everything that is told to a room happened."""
    room, newcomer = world.room, world.server.sign_in(SPARE)
    place = f"/meetings/{room.id}/participants/{newcomer.id}"
    assert world.secretary.put(place, role="guest").ok
    tablets = [Tablet(person, room.id) for person in (world.secretary, newcomer)]
    secretary, guest = tablets
    acks = [("ack", "room.join", tablet.join()) for tablet in tablets]
    heads = {key: secretary.joined[key] for key in ("epoch", "seq", "mine_seq")}
    item = world.new_item()
    acks.append(("ack", "room.join", secretary.join(**heads)))
    acks.append(("ack", "page.turn", secretary.turn(room.document, 3)))
    guest.next("room.live", hidden=True)
    assert secretary.call("pointer.move", at=[0.25, 0.75])["ok"]
    secretary.next("room.tick", pointer=[0.25, 0.75])
    hear_of_ink(world, secretary)
    world.new_paper()
    for name in ("room.progress", "room.presence"):
        secretary.next(name)
    guest.next("room.event", type="hidden")
    hear_of_a_vote(world, secretary, guest)
    assert world.secretary.delete(f"/agenda-items/{item}").ok
    assert world.secretary.put(place, role="member").ok
    guest.next("resync")
    guest.next("mine.event", type="place_in_meeting_changed")
    assert newcomer.delete("/session").ok
    guest.next("session.revoked")
    secretary.close()
    return acks + [("packet", name, data) for tablet in tablets for name, data in tablet.seen]


def _letter(ack: dict[str, Any]) -> str:
    return "+" if ack["ok"] else LETTERS.get(ack["code"], str(ack["code"]))

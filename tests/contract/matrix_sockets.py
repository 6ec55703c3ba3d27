"""How the socket events are tried by somebody of a kind, over a real connection."""

from typing import Any

import socketio

from tests.contract.matrix_world import World
from tests.server.real_server import Tablet

LETTERS = {"not_allowed": "x", "not_in_room": "o", "not_presenter": "p"}


def answers(world: World, kind: str) -> dict[str, str]:
    """Event → what became of it, in the letters of the tables."""
    payloads: dict[str, dict[str, Any]] = {
        "room.join": {"protocol_version": 1},
        "page.turn": {"document_id": world.room.document, "version": 1, "page": 2},
        "pointer.move": {"at": [0.5, 0.5]},
        "presence.at": {"following": True},
        "room.leave": {},
    }
    try:
        tablet = Tablet(world.people[kind], world.room.id)
    except socketio.exceptions.ConnectionError as refused:
        reached = "namespaces failed to connect" in str(refused)
        return dict.fromkeys(payloads, "s" if reached else str(refused))
    try:
        return {event: _letter(tablet.call(event, **sent)) for event, sent in payloads.items()}
    finally:
        tablet.close()


def _letter(ack: dict[str, Any]) -> str:
    return "+" if ack["ok"] else LETTERS.get(ack["code"], str(ack["code"]))

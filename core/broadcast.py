"""The one way out to the tablets of a room.

Each socket sits in the group of its room and role, so a packet is encoded once for each audience
and not once for each tablet.
"""

from collections.abc import Iterable
from typing import Any, Protocol

from core.permissions import Role


class Emitter(Protocol):
    """What is needed of the Socket.IO server."""

    def emit(self, event: str, *args: Any, to: Any = None) -> Any: ...


_emitter: Emitter | None = None


def install(emitter: Emitter) -> None:
    """Give the Socket.IO server of this process."""
    global _emitter  # noqa: PLW0603 - one for the process
    _emitter = emitter


def group(room_id: str, role: Role) -> str:
    """The socket group of a role in a room."""
    return f"{room_id}/{role.value}"


def person_group(user_id: str) -> str:
    """The socket group of one person's tablets."""
    return f"person/{user_id}"


def sign_in_group(sign_in_id: str) -> str:
    """The socket group of one sign-in."""
    return f"sign-in/{sign_in_id}"


def broadcast(room_id: str, audience: Iterable[Role], event: str, packet: object) -> None:
    """Send one packet to everyone in the room whose role is in the audience."""
    groups = [group(room_id, role) for role in sorted(audience)]
    if _emitter is not None and groups:
        _emitter.emit(event, packet, to=groups)


def to_person(user_id: str, event: str, packet: object) -> None:
    """Send one packet to all tablets of one person."""
    if _emitter is not None:
        _emitter.emit(event, packet, to=person_group(user_id))


def to_sign_in(sign_in_id: str, event: str, packet: object) -> None:
    """Send one packet to the tablets of one sign-in."""
    if _emitter is not None:
        _emitter.emit(event, packet, to=sign_in_group(sign_in_id))


def to_socket(sid: str, event: str, packet: object) -> None:
    """Send one packet to one socket."""
    if _emitter is not None:
        _emitter.emit(event, packet, to=sid)

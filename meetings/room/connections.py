"""The connected sockets of this server, with their people, rooms and roles."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from core.actor import Actor
from core.errors import NotSignedIn
from core.offload import yield_control
from core.permissions import Role

CHECKED_AT_ONCE = 20
TRUSTED_FOR = 1.0
"""Seconds for which a sign-in that was found valid is not checked again."""


@dataclass
class Socket:
    """One connected socket. `room_id`, `role`: None until it has joined a room."""

    sid: str
    actor: Actor
    room_id: str | None = None
    role: Role | None = None


class Connections:
    """All sockets by id. `still_valid(sign_in_id)`: whether a sign-in is valid."""

    def __init__(self, still_valid: Callable[[str], bool]) -> None:
        self._sockets: dict[str, Socket] = {}
        self._still_valid = still_valid
        self._checked: dict[str, float] = {}

    def add_socket(self, sid: str, actor: Actor) -> None:
        """Register the socket of a signed-in person."""
        self._sockets[sid] = Socket(sid, actor)
        self._checked[actor.sign_in_id] = time.monotonic()

    def drop(self, sid: str) -> Socket | None:
        """Remove a socket. Returns it, or None if it is unknown."""
        socket = self._sockets.pop(sid, None)
        if socket and not any(
            other.actor.sign_in_id == socket.actor.sign_in_id for other in self._sockets.values()
        ):
            self._checked.pop(socket.actor.sign_in_id, None)
        return socket

    def of(self, sid: str) -> Socket:
        """The socket of an event, after a check of its sign-in. Raises NotSignedIn."""
        socket = self._sockets.get(sid)
        if socket is None:
            raise NotSignedIn()
        sign_in_id, now = socket.actor.sign_in_id, time.monotonic()
        if now - self._checked.get(sign_in_id, 0.0) > TRUSTED_FOR:
            if not self._still_valid(sign_in_id):
                raise NotSignedIn()
            self._checked[sign_in_id] = now
        return socket

    def no_longer_valid(self) -> list[str]:
        """The sign-ins (ids) of sockets that have expired; control is yielded meanwhile."""
        ended = []
        for number, sign_in_id in enumerate({s.actor.sign_in_id for s in self._sockets.values()}):
            if number % CHECKED_AT_ONCE == 0:
                yield_control()
            if not self._still_valid(sign_in_id):
                ended.append(sign_in_id)
        return ended

    def of_person(self, user_id: str) -> list[Socket]:
        """Every socket of a person."""
        return [s for s in self._sockets.values() if s.actor.user_id == user_id]

    def of_sign_in(self, sign_in_id: str) -> list[Socket]:
        """Every socket of a sign-in."""
        return [s for s in self._sockets.values() if s.actor.sign_in_id == sign_in_id]

    def in_room(self, room_id: str) -> list[Socket]:
        """Every socket that has joined a room."""
        return [s for s in self._sockets.values() if s.room_id == room_id]

    def rooms(self) -> list[str]:
        """Every room that a socket has joined."""
        return sorted({s.room_id for s in self._sockets.values() if s.room_id is not None})

    def count(self) -> int:
        """The number of connected sockets."""
        return len(self._sockets)

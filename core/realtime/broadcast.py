"""Sends packets to the clients of a room.

Each socket joins the group of its room and role, so a packet is encoded once per audience
instead of once per client and, where the server can write directly, framed once.
"""

import threading
import time
from collections.abc import Iterable
from typing import Any, Protocol

import engineio
import msgspec
import socketio

from core.permissions import Role

ROOT_NAMESPACE = "/"
Packet = msgspec.Struct | dict[str, Any]
"""A typed packet, or the packet of a durable event (`core.db.room_events`)."""


class Emitter(Protocol):
    """The part of the Socket.IO server that this module uses."""

    def emit(self, event: str, *args: Any, to: Any = None) -> Any: ...


class Direct(Protocol):
    """A server's direct write to a client, past its queue. session: an Engine.IO socket."""

    def prepare(self, engine: Any) -> None:
        """Called once with the Engine.IO server."""

    def frame(self, text: str) -> bytes:
        """Return a text as a WebSocket frame, the same for every client."""

    def write(self, session: Any, frame: bytes) -> bool:
        """Write a frame now and return True; False when the packet must go through the queue."""

    def cut_off_when_overfull(self, session: Any) -> None:
        """After a packet was queued: close the connection when its queue is too long."""

    def waiting(self) -> int:
        """Return the characters and bytes that wait to be sent, or are being sent, to clients."""


MOST_WAITING = 6_000_000
"""Characters and bytes in all queues above which another large packet waits."""
WAIT = 0.01
LONGEST_WAIT = 3.0
"""Seconds after which it no longer waits: clients that do not read must not stop others."""


class Broadcaster(socketio.Manager):
    """Socket.IO's manager of groups, with direct writes to many sockets.

    direct: None where the server has no direct write.
    """

    def __init__(self, direct: Direct | None = None) -> None:
        super().__init__()
        self._direct = direct
        self._waiting_for_queues = threading.Lock()

    def set_server(self, server: Any) -> None:
        """Called by a new Socket.IO server, before any client connects."""
        super().set_server(server)
        if self._direct is not None:
            self._direct.prepare(server.eio)

    def wait_for_queues(self) -> None:
        """Wait until the clients have received most of what was sent to them.

        Call it before making a large packet for one client: when a whole room joins, a packet for
        each of them would wait in memory at once.
        """
        if self._direct is None:
            return
        ends = time.monotonic() + LONGEST_WAIT
        # One caller at a time looks at the queues; the others wait for it.
        if not self._waiting_for_queues.acquire(timeout=LONGEST_WAIT):
            return
        try:
            while self._direct.waiting() > MOST_WAITING and time.monotonic() < ends:
                time.sleep(WAIT)
        finally:
            self._waiting_for_queues.release()

    def emit(
        self,
        event: str,
        data: Any,
        namespace: str,
        room: Any = None,
        skip_sid: Any = None,
        callback: Any = None,
        to: Any = None,
        **options: Any,
    ) -> None:
        """Send an event to a group. Packets with a callback or binary data use the base class."""
        plain = isinstance(data, msgspec.Struct) or (
            isinstance(data, dict) and not any(map(_is_binary, data.values()))
        )
        if self._direct is None or callback or skip_sid or namespace != ROOT_NAMESPACE or not plain:
            super().emit(event, data, namespace, room, skip_sid, callback, to, **options)
        else:
            self._write_to_all(self._direct, event, data, to or room)

    def _write_to_all(self, direct: Direct, event: str, data: Any, groups: Any) -> None:
        kind = self.server.packet_class
        text = f"{socketio.packet.EVENT}{kind.json.dumps([event, data], separators=(',', ':'))}"
        packet = engineio.packet.Packet(engineio.packet.MESSAGE, text)
        frame = direct.frame(packet.encode())
        sessions = self.server.eio.sockets
        for _, eio_sid in self.get_participants(ROOT_NAMESPACE, groups):
            session = sessions.get(eio_sid)
            if session is None or direct.write(session, frame):
                continue
            self.server._send_eio_packet(eio_sid, packet)
            direct.cut_off_when_overfull(session)


def _is_binary(value: object) -> bool:
    return isinstance(value, bytes | bytearray)


_emitter: Emitter | None = None


def install(emitter: Emitter) -> None:
    """Set the Socket.IO server of this process."""
    global _emitter  # noqa: PLW0603 - one for the process
    _emitter = emitter


def group(room_id: str, role: Role) -> str:
    """Return the name of the socket group of a role in a room."""
    return f"{room_id}/{role.value}"


def person_group(user_id: str) -> str:
    """Return the name of the socket group of a user's clients."""
    return f"person/{user_id}"


def sign_in_group(sign_in_id: str) -> str:
    """Return the name of the socket group of one sign-in."""
    return f"sign-in/{sign_in_id}"


def broadcast(room_id: str, audience: Iterable[Role], event: str, packet: Packet) -> None:
    """Send a packet to every client in the room whose role is in the audience."""
    groups = [group(room_id, role) for role in sorted(audience)]
    if _emitter is not None and groups:
        _emitter.emit(event, packet, to=groups)


def to_person(user_id: str, event: str, packet: Packet) -> None:
    """Send a packet to all clients of a user."""
    if _emitter is not None:
        _emitter.emit(event, packet, to=person_group(user_id))


def to_sign_in(sign_in_id: str, event: str, packet: Packet) -> None:
    """Send a packet to the clients of one sign-in."""
    if _emitter is not None:
        _emitter.emit(event, packet, to=sign_in_group(sign_in_id))


def to_socket(sid: str, event: str, packet: Packet) -> None:
    """Send a packet to one socket."""
    if _emitter is not None:
        _emitter.emit(event, packet, to=sid)

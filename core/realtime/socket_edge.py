"""The edge of Socket.IO: who may open a connection, and which packets are read at all.

A connection needs a valid sign-in before its WebSocket is accepted, has to take its place in
Socket.IO soon, and is one of a bounded number of its sign-in, person and address. A packet that no
client of ours sends is one line in the log and the end of its connection.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import structlog
from flask_socketio import SocketIO
from socketio.packet import BINARY_ACK, BINARY_EVENT, Packet

from core.actor import Actor
from core.networks import network_of
from core.periodic import PeriodicTask

MOST_OF_SIGN_IN = 32
"""Connections of one sign-in: tabs of one browser, and those that a bad network left behind."""
MOST_OF_USER = 128
"""Connections of one person on all devices: a password makes any number of sign-ins."""
MOST_OF_ADDRESS = 3_000
"""An address may be that of a whole hall behind one router."""
CONNECT_WITHIN = 10.0
"""Seconds from the WebSocket to the CONNECT packet of Socket.IO."""
SWEEP_EVERY = 2.0
PACKET_TYPES = frozenset("0123456")
"""First characters of Engine.IO's packets."""

log = structlog.get_logger()
Environ = dict[str, Any]


class PacketRefused(ValueError):
    """A packet that no client of ours sends."""


class TextPacket(Packet):
    """Socket.IO's packet without binary attachments, which this protocol does not have."""

    uses_binary_events = False

    def decode(self, encoded_packet: Any) -> int:
        """Decode text. Raises: PacketRefused."""
        if not isinstance(encoded_packet, str):
            raise PacketRefused("bytes")
        try:
            attachments: int = super().decode(encoded_packet)
        except (ValueError, RecursionError) as error:  # msgspec's errors are ValueErrors
            raise PacketRefused("unreadable") from error
        if attachments or self.packet_type in (BINARY_EVENT, BINARY_ACK):
            raise PacketRefused("attachments")
        return 0


@dataclass(frozen=True)
class _Opened:
    """An open connection. at: monotonic seconds."""

    sign_in_id: str
    user_id: str
    address: str
    at: float

    def counted(self) -> dict[tuple[str, str], int]:
        """What it counts for, with the most connections of each."""
        return {
            ("sign-in", self.sign_in_id): MOST_OF_SIGN_IN,
            ("user", self.user_id): MOST_OF_USER,
            ("address", self.address): MOST_OF_ADDRESS,
        }


class _CheckedWebSocket:
    """The WebSocket that Engine.IO reads from; a packet of no known type ends it.

    Engine.IO itself raises an error then, which the server answers as a failed request.
    """

    def __init__(self, websocket: Any) -> None:
        self._websocket = websocket
        self.send = websocket.send
        self.close = websocket.close

    def __getattr__(self, name: str) -> Any:
        return getattr(self._websocket, name)

    def wait(self) -> Any:
        """Return the next packet; None, as at the end of a connection, for one of no type."""
        packet = self._websocket.wait()
        if isinstance(packet, str) and packet[:1] not in PACKET_TYPES:
            log.warning("packet_refused", why=f"type {packet[:1]!r}")
            return None
        return packet


class _CheckedHandler:
    """Engine.IO's handler of a WebSocket, with checked packets."""

    def __init__(self, handler: Any) -> None:
        self._handler = handler
        self.__self__ = handler.__self__

    def __call__(self, websocket: Any) -> Any:
        return self._handler(_CheckedWebSocket(websocket))


class SocketEdge:
    """Admits connections of a Socket.IO server, and guards what they send.

    authenticate: returns the actor of a WSGI request, or None.
    """

    def __init__(self, socketio: SocketIO, authenticate: Callable[[Environ], Actor | None]) -> None:
        self._server = socketio.server
        self._authenticate = authenticate
        self._open: dict[str, _Opened] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        engine = self._server.eio
        websocket = engine._async["websocket"]
        engine._async = {
            **engine._async,
            "websocket": lambda handler, server: websocket(_CheckedHandler(handler), server),
        }
        engine.on("connect", self._connected)
        engine.on("message", self._message)
        engine.on("disconnect", self._disconnected)

    def sweep(self) -> PeriodicTask:
        """The task that closes connections which never took their place."""
        return PeriodicTask("socket_sweep_failed", SWEEP_EVERY, self._close_idle)

    def _connected(self, sid: str, environ: Environ) -> bool | None:
        """Admit a connection, or refuse it (False) before its WebSocket is accepted."""
        actor = self._authenticate(environ)
        if actor is None:
            return False
        address = network_of(environ.get("REMOTE_ADDR", ""))
        opened = _Opened(actor.sign_in_id, actor.user_id, address, time.monotonic())
        if any(self._counts[key] >= most for key, most in opened.counted().items()):
            log.warning("too_many_sockets", user_id=actor.user_id, address=opened.address)
            return False
        self._open[sid] = opened
        self._counts.update(opened.counted().keys())
        self._server._handle_eio_connect(sid, environ)
        return None

    def _message(self, sid: str, data: Any) -> None:
        try:
            self._server._handle_eio_message(sid, data)
        except Exception as error:
            # What a client sends is never worth a traceback: it would fill the log.
            opened = self._open.get(sid)
            log.warning(
                "packet_refused",
                why=f"{type(error).__name__}: {error}"[:200],
                address=opened.address if opened else None,
            )
            self._server.eio.disconnect(sid)

    def _disconnected(self, sid: str, reason: Any) -> None:
        opened = self._open.pop(sid, None)
        if opened is not None:
            for key in opened.counted():
                self._counts[key] -= 1
                if self._counts[key] <= 0:
                    del self._counts[key]
        self._server._handle_eio_disconnect(sid, reason)

    def _close_idle(self) -> None:
        late = time.monotonic() - CONNECT_WITHIN
        for sid, opened in list(self._open.items()):
            if opened.at < late and self._server.manager.sid_from_eio_sid(sid, "/") is None:
                self._server.eio.disconnect(sid)
                # A connection whose engine is gone already is not told about.
                if sid not in self._server.eio.sockets:
                    self._disconnected(sid, "never connected")

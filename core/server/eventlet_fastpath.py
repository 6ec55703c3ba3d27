"""Direct writes of packets to idle WebSocket clients; part of the eventlet server.

The default path takes every packet through a queue, a timer and a switch to the client's green
thread, which frames and sends it. Here a frame that was encoded once is written with one system
call to each idle client: its queue is empty and its writer is parked. Nothing yields between the
check and the write, so the order holds. All other clients use the default path.

Uses private names of python-engineio and eventlet, all of them in this module, with a test for each
(tests/server/accounts/test_private_names.py). docs/adr/0011-broadcasts-written-directly.md.
"""

import socket
import struct
import time
from typing import Any, ClassVar

import eventlet
import eventlet.greenio
import eventlet.queue
import structlog
from engineio.async_drivers.eventlet import WebSocketWSGI
from engineio.packet import NOOP, Packet

from core.server.eventlet_tls import TlsConnection, TlsSocket
from core.server.eventlet_websocket import GuardedWebSocket

log = structlog.get_logger("dienhong.server")

MOST_MESSAGES, MOST_BYTES = 256, 1_000_000
"""Queue limits of a stuck client; above them its connection is closed."""
STUCK_AFTER = 0.5
"""Seconds in one send after which a client is stuck: on a LAN, a burst takes far less."""
TEXT = 0x81
"""First byte of a WebSocket frame: FIN and opcode text."""
LARGE = 32_000
"""Size of a packet that is followed by an empty one. Engine.IO's writer keeps the packet that it
sent last, in two encodings, until the next one comes: 1,000 snapshots took 750 MB."""
ALLOWANCE = 16
"""Factor of the queue limits for a client that is not stuck: a burst is not its fault."""
_RESET_WHEN_CLOSED = struct.pack("ii", 1, 0)


class CountingQueue(eventlet.queue.Queue):
    """The packet queue of one client, with its size in bytes and its WebSocket.

    websocket: None until the client opens one, and for good after a second one on the same session,
    because it is then unknown which of them is active.
    """

    waiting: ClassVar[int] = 0
    """Characters and bytes in the queues of all clients."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.bytes = 0
        self.websocket: Any = None
        self._served_at = 0.0
        self._websockets = 0

    def _put(self, item: Any) -> None:
        if not self.queue:
            self._served_at = time.monotonic()
        super()._put(item)
        size = _size(item)
        self._count(size)
        if size > LARGE:
            super()._put(Packet(NOOP))

    def _get(self) -> Any:
        item = super()._get()
        self._served_at = time.monotonic()
        self._count(-_size(item))
        return item

    def __del__(self) -> None:
        """A client that has gone leaves what it did not receive."""
        self._count(-self.bytes)

    def _count(self, size: int) -> None:
        self.bytes += size
        CountingQueue.waiting += size

    def opened(self, websocket: Any) -> None:
        """Record that a WebSocket begins to serve this queue."""
        self._websockets += 1
        plain = type(websocket.socket) in (eventlet.greenio.GreenSocket, TlsSocket)
        self.websocket = websocket if self._websockets == 1 and plain else None

    def closed(self) -> None:
        """Record that the WebSocket has ended."""
        self.websocket = None

    def parked(self) -> bool:
        """Return whether the queue is empty and a writer waits for it."""
        return not self.queue and bool(self.getters) and self._event_unlock is None

    def stuck(self) -> bool:
        """Return whether the writer has been in one send for too long."""
        if self.websocket is None or not self.websocket._sendlock.locked():
            return False
        return time.monotonic() - self._served_at > STUCK_AFTER

    def overfull(self) -> bool:
        """Return whether the queue exceeds its limits."""
        times = 1 if self.stuck() else ALLOWANCE
        return self.qsize() > MOST_MESSAGES * times or self.bytes > MOST_BYTES * times


class KnownWebSocket(WebSocketWSGI):
    """Engine.IO's WebSocket, which registers itself with the queue of its session."""

    def __init__(self, handler: Any, server: Any) -> None:
        queue: CountingQueue = handler.__self__.queue

        def serve(websocket: Any) -> Any:
            queue.opened(websocket)
            try:
                return handler(websocket)
            finally:
                queue.closed()

        super().__init__(serve, server)


class DirectWrites:
    """Implements `core.realtime.broadcast.Direct`."""

    def prepare(self, engine: Any) -> None:
        """Make this Engine.IO server use the classes above; call it before any session exists.

        No module is changed.
        """
        engine._async = {**engine._async, "queue": CountingQueue, "websocket": KnownWebSocket}

    def frame(self, text: str) -> bytes:
        """Return a complete unmasked text frame."""
        payload = text.encode()
        size = len(payload)
        if size < 126:
            return struct.pack("!BB", TEXT, size) + payload
        if size < 1 << 16:
            return struct.pack("!BBH", TEXT, 126, size) + payload
        return struct.pack("!BBQ", TEXT, 127, size) + payload

    def write(self, session: Any, frame: bytes) -> bool:
        """Write a frame to an idle session; return False when it must go through the queue."""
        websocket = session.queue.websocket
        if (
            websocket is None
            or not session.upgraded
            or session.closing
            or session.closed
            or not session.queue.parked()
            or websocket._sendlock.locked()
            or _ping_is_late(session)
        ):
            return False
        raw_socket = websocket.socket.fd
        try:
            sent: int = raw_socket.send(frame)
        except BlockingIOError:
            if not isinstance(raw_socket, TlsConnection):
                return False
            sent = 0  # A TLS record was begun: these bytes must be the next.
        except OSError:
            return False  # The client has gone: the default path detects it.
        if sent < len(frame):
            websocket._sendlock.acquire(blocking=False)
            eventlet.spawn_n(_finish, websocket, frame[sent:])
        return True

    def waiting(self) -> int:
        """Return the characters and bytes that wait to be sent, or are being sent, to clients."""
        return GuardedWebSocket.sending + CountingQueue.waiting

    def cut_off_when_overfull(self, session: Any) -> None:
        """Close the connection of a session with too long a queue; the client reconnects."""
        queue: CountingQueue = session.queue
        if not queue.overfull():
            return
        log.info("tablet_cut_off", waiting=queue.qsize(), bytes=queue.bytes)
        if queue.websocket is not None:
            _cut(queue.websocket)
        elif not session.closed:
            eventlet.spawn_n(session.close, wait=False, abort=True)


def _size(packet: Any) -> int:
    data = getattr(packet, "data", None)
    return len(data) if isinstance(data, str | bytes) else 0


def _ping_is_late(session: Any) -> bool:
    asked = session.last_ping
    return bool(asked) and time.time() - asked > session.server.ping_timeout


def _finish(websocket: Any, rest: bytes) -> None:
    """Send the rest of a frame. The caller holds the lock, so later packets wait."""
    try:
        websocket.socket.sendall(rest)
    except OSError:
        _cut(websocket)  # The frame is incomplete: nothing may follow it.
    finally:
        websocket._sendlock.release()


def _cut(websocket: Any) -> None:
    """Reset a connection at once; unsent data is discarded."""
    try:
        websocket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_WHEN_CLOSED)
    except OSError:
        return
    eventlet.greenio.shutdown_safe(websocket.socket)

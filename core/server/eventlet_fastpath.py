"""Writes a packet straight to the tablets that wait for one; part of the eventlet server.

The stock way takes every packet through a queue, a timer and a switch to that tablet's own green
thread, which frames and sends it. Here a frame that was made once is written with one system call
to each tablet that is idle: nothing is queued for it, and its writer is parked. Nothing yields
between the look and the write, so the order holds. Everybody else is left to the stock way.

Leans on private names of python-engineio and eventlet, all of them here, with a test for each
(tests/server/accounts/test_private_names.py). docs/adr/0011-broadcasts-written-directly.md.
"""

import socket
import struct
import time
from typing import Any

import eventlet
import eventlet.greenio
import eventlet.queue
import structlog
from engineio.async_drivers.eventlet import WebSocketWSGI

from core.server.eventlet_tls import TlsConnection, TlsSocket

log = structlog.get_logger("dienhong.server")

MOST_MESSAGES, MOST_BYTES = 256, 1_000_000
"""What may wait for a tablet that is stuck; more, and it is cut off."""
STUCK_AFTER = 0.5
"""Seconds in one send after which a tablet is stuck: on a LAN, a burst has passed long before."""
TEXT = 0x81
"""The first byte of a WebSocket's frame: a text, and all of it."""
ALLOWANCE = 16
"""How many times that may wait for one that is not: a burst is no fault of the tablet."""
_RESET_WHEN_CLOSED = struct.pack("ii", 1, 0)


class CountingQueue(eventlet.queue.Queue):
    """What waits for one tablet: how many bytes, and the WebSocket that it goes to.

    websocket: None until the tablet has one, and for good when its session has had several: which
    of them counts is then not known here.
    """

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
        self.bytes += _size(item)

    def _get(self) -> Any:
        item = super()._get()
        self._served_at = time.monotonic()
        self.bytes -= _size(item)
        return item

    def opened(self, websocket: Any) -> None:
        """A WebSocket begins to serve what waits here."""
        self._websockets += 1
        plain = type(websocket.socket) in (eventlet.greenio.GreenSocket, TlsSocket)
        self.websocket = websocket if self._websockets == 1 and plain else None

    def closed(self) -> None:
        """A WebSocket is over."""
        self.websocket = None

    def parked(self) -> bool:
        """Whether nothing waits here and a writer waits for something."""
        return not self.queue and bool(self.getters) and self._event_unlock is None

    def stuck(self) -> bool:
        """Whether the writer has been in one send for too long."""
        if self.websocket is None or not self.websocket._sendlock.locked():
            return False
        return time.monotonic() - self._served_at > STUCK_AFTER

    def overfull(self) -> bool:
        """Whether more waits here than may."""
        times = 1 if self.stuck() else ALLOWANCE
        return self.qsize() > MOST_MESSAGES * times or self.bytes > MOST_BYTES * times


class KnownWebSocket(WebSocketWSGI):
    """Engine.IO's WebSocket, which tells the queue of its session that it is there."""

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
    """See `core.realtime.broadcast.Direct`."""

    def prepare(self, engine: Any) -> None:
        """Have sessions of this Engine.IO server made of the classes above, before there are any.

        No module is changed.
        """
        engine._async = {**engine._async, "queue": CountingQueue, "websocket": KnownWebSocket}

    def frame(self, text: str) -> bytes:
        """A whole unmasked text frame."""
        payload = text.encode()
        size = len(payload)
        if size < 126:
            return struct.pack("!BB", TEXT, size) + payload
        if size < 1 << 16:
            return struct.pack("!BBH", TEXT, 126, size) + payload
        return struct.pack("!BBQ", TEXT, 127, size) + payload

    def write(self, session: Any, frame: bytes) -> bool:
        """Write a frame to a session that is idle; False: it has to go through its queue."""
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
        line = websocket.socket.fd
        try:
            sent: int = line.send(frame)
        except BlockingIOError:
            if not isinstance(line, TlsConnection):
                return False
            sent = 0  # A record of it was begun: these bytes have to be the next.
        except OSError:
            return False  # Gone: the stock way finds out.
        if sent < len(frame):
            websocket._sendlock.acquire(blocking=False)
            eventlet.spawn_n(_finish, websocket, frame[sent:])
        return True

    def cut_off_when_overfull(self, session: Any) -> None:
        """End the connection of a session for which too much waits; it comes back by itself."""
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
    """Send what did not fit. The lock is held: whatever follows waits its turn."""
    try:
        websocket.socket.sendall(rest)
    except OSError:
        _cut(websocket)  # Half a frame is there: nothing may follow.
    finally:
        websocket._sendlock.release()


def _cut(websocket: Any) -> None:
    """End a connection at once. What the tablet did not take is thrown away, not waited for."""
    try:
        websocket.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_WHEN_CLOSED)
    except OSError:
        return
    eventlet.greenio.shutdown_safe(websocket.socket)

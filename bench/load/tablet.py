"""One light Socket.IO client (Engine.IO 4 over WebSocket only), driven by a crowd.

It answers pings and knows enough of the protocol to connect, join a room, send events with an
acknowledgement and hear broadcasts. Frames it sends are masked with zeros, which is a mask.
"""

import json
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
Heard = Callable[["Tablet", bytes, float], None]

NOOP = b"6"


class Broken(Exception):
    """The server refused, or said what a server must not say."""


def _silent(_tablet: "Tablet", _payload: bytes, _at: float) -> None:
    """Nobody listens."""


class Tablet:
    """Joins its room as soon as it is connected; `joined`: that was acknowledged.

    heard: called with each broadcast, its bytes and when they were read (perf_counter seconds).
    have: epoch, seq and mine_seq to join with. answer: the last acknowledgement of room.join.
    tls: with it, the connection is encrypted.
    """

    def __init__(
        self, port: int, cookie: str, room_id: str, tls: ssl.SSLContext | None = None
    ) -> None:
        self._port, self._cookie, self._room_id, self._tls = port, cookie, room_id, tls
        self.heard: Heard = _silent
        self.have: dict[str, object] = {}
        self.answer: dict[str, Any] = {}
        self.answer_bytes = 0
        self.joined_at = 0.0
        self._calls: dict[int, Callable[[bytes, float], None]] = {}
        self._ids = 0
        self._reset()

    def _reset(self) -> None:
        self._socket: socket.socket | None = None
        self._left = b""
        self._secured = self._tls is None
        self._upgraded = self.joined = False

    @property
    def gone(self) -> bool:
        """Whether there is no connection now."""
        return self._socket is None

    def begin(self) -> int:
        """Start to connect; answers the descriptor to watch."""
        self._reset()
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.connect_ex(("127.0.0.1", self._port))
        return self._socket.fileno()

    def greet(self) -> None:
        """The connection stands (or failed, which the next read tells): ask for a WebSocket."""
        if self._socket is None or self._upgraded:
            return
        if self._tls is not None and not isinstance(self._socket, ssl.SSLSocket):
            self._socket = self._tls.wrap_socket(
                self._socket, server_hostname="localhost", do_handshake_on_connect=False
            )
        if self._shake_hands():
            self._ask_for_websocket()

    def _shake_hands(self) -> bool:
        """Whether the connection is as secure as it has to be."""
        if not self._secured:
            assert isinstance(self._socket, ssl.SSLSocket)
            try:
                self._socket.do_handshake()
            except ssl.SSLWantReadError:
                return False
            self._secured = True
        return True

    def _ask_for_websocket(self) -> None:
        if self._socket is None:
            return
        cookie = f"Cookie: {self._cookie}\r\n" if self._cookie else ""
        head = (
            f"GET /socket.io/?EIO=4&transport=websocket&room={self._room_id} HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self._port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"{cookie}Sec-WebSocket-Version: 13\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        try:
            self._socket.send(head.encode())
        except OSError:
            self.close()

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._socket.close()
        self._reset()

    def read(self) -> bool:
        """Take what has come; False when the connection ended. Raises Broken."""
        if self._socket is None:
            return False
        try:
            if not self._secured:
                if self._shake_hands():
                    self._ask_for_websocket()
                return True
            data = self._socket.recv(65_536)
        except (BlockingIOError, ssl.SSLWantReadError):
            return True
        except OSError:
            return False
        at = time.perf_counter()
        if not data:
            return False
        self._left = self._left + data if self._left else data
        if not self._upgraded:
            self._take_head()
        return self._take_frames(at)

    def send(self, payload: bytes) -> float:
        """Send one text; answers when."""
        if self._socket is None:
            raise Broken("sending without a connection")
        frame = _head_of(TEXT, len(payload)) + payload
        at = time.perf_counter()
        if self._socket.send(frame) != len(frame):
            raise Broken("the server does not read")
        return at

    def call(self, event: str, data: object, answered: Callable[[bytes, float], None]) -> float:
        """Send an event with an acknowledgement; answers when it was sent."""
        self._ids += 1
        self._calls[self._ids] = answered
        return self.send(b"42%d" % self._ids + json.dumps([event, data]).encode())

    def say(self, event: str, data: object) -> float:
        """Send an event that nobody answers; answers when."""
        return self.send(b"42" + json.dumps([event, data]).encode())

    def _join(self) -> None:
        body = {"meeting_id": self._room_id, "protocol_version": 1, **self.have}
        self.call("room.join", body, self._joined)

    def _joined(self, payload: bytes, at: float) -> None:
        self.answer, self.answer_bytes = json.loads(payload)[0], len(payload)
        if not self.answer["ok"]:
            raise Broken(payload[:300].decode())
        self.joined, self.joined_at = True, at

    def _take_head(self) -> None:
        head, end, rest = self._left.partition(b"\r\n\r\n")
        if not end:
            return
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise Broken(head[:300].decode(errors="replace"))
        self._upgraded, self._left = True, rest

    def _take_frames(self, at: float) -> bool:
        data = self._left
        place, size = 0, len(data)
        while self._upgraded and size - place >= 2:
            length, start = data[place + 1], place + 2
            if length == 126:
                length, start = int.from_bytes(data[start : start + 2], "big"), start + 2
            elif length == 127:
                length, start = int.from_bytes(data[start : start + 8], "big"), start + 8
            if size < start + length:
                break
            kind = data[place] & 0x0F
            place = start + length
            if kind == CLOSE:
                return False
            if kind == TEXT:
                self._take(data[start:place], at)
            elif kind == PING and self._socket is not None:
                self._socket.send(_head_of(PONG, length) + data[start:place])
        self._left = data[place:]
        return True

    def _take(self, payload: bytes, at: float) -> None:
        if payload.startswith(b"42"):
            self.heard(self, payload, at)
        elif payload.startswith(b"43"):
            number, _, rest = payload[2:].partition(b"[")
            self._calls.pop(int(number))(b"[" + rest, at)
        elif payload == b"2":
            self.send(b"3")
        elif payload.startswith(b"0"):
            self.send(b"40")
        elif payload.startswith(b"40"):
            self._join()
        elif payload != NOOP:
            raise Broken(payload[:300].decode(errors="replace"))


def _head_of(kind: int, length: int) -> bytes:
    if length < 126:
        return bytes([0x80 | kind, 0x80 | length, 0, 0, 0, 0])
    return bytes([0x80 | kind, 0x80 | 126]) + length.to_bytes(2, "big") + b"\0\0\0\0"

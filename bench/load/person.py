"""One signed-in person's HTTP over one kept-alive connection, for loads that wait in an epoll.

The cookie is that of a real sign-in; the CSRF token is learnt by asking. Receipt is stamped after
the read, before anything is parsed.
"""

import json
import re
import socket
import time
from typing import Any

_LENGTH = re.compile(rb"^content-length: (\d+)\r$", re.I | re.M)
_COOKIE = re.compile(rb"^set-cookie: (dienhong_session=[^;\r]+)", re.I | re.M)


class Person:
    """One request at a time, and its answer as far as it has come.

    sent_at, got_at: moments by perf_counter, which all processes share.
    """

    def __init__(self, port: int, cookie: str) -> None:
        self._port, self.cookie, self.token = port, cookie, ""
        self._socket: socket.socket | None = None
        self.sent_at = self.got_at = 0.0
        self.answer = bytearray()
        self._size = 0

    def connect(self) -> None:
        """Connect, anew when there was a connection."""
        if self._socket is not None:
            self._socket.close()
        self._socket = socket.create_connection(("127.0.0.1", self._port))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            self._socket.close()
        self._socket = None

    def learn_token(self) -> None:
        """Ask whose session this is, and wait for it. Raises RuntimeError: nobody's."""
        self.send(self.request("GET", "/session"))
        while not self.read():
            pass
        self.take_token()

    def take_token(self) -> None:
        """Keep the CSRF token that an answer to GET /session brought."""
        status, body = self.told()
        if status != 200:
            raise RuntimeError(f"not signed in: {body}")
        self.token = str(body["csrf_token"])

    def descriptor(self) -> int:
        """To be watched for the answer."""
        assert self._socket is not None
        return self._socket.fileno()

    def request(self, method: str, path: str, body: bytes = b"", more: str = "") -> bytes:
        """The bytes of a request under /api/v1."""
        head = (
            f"{method} /api/v1{path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Cookie: {self.cookie}\r\nAccept-Language: vi\r\n{more}"
        )
        if method != "GET":
            head += f"X-CSRF-Token: {self.token}\r\nContent-Type: application/json\r\n"
            head += f"Content-Length: {len(body)}\r\n"
        return head.encode() + b"\r\n" + body

    def send(self, request: bytes, *, anew: bool = False) -> None:
        """Send; anew: over a connection that is opened for it."""
        self.answer.clear()
        self._size = 0
        self.sent_at = time.perf_counter()
        if anew:
            self.connect()
        assert self._socket is not None
        self._socket.sendall(request)

    def read(self) -> bool:
        """Take what has come; True when the answer is whole."""
        assert self._socket is not None
        data = self._socket.recv(65_536)
        self.got_at = time.perf_counter()
        if not data:
            raise ConnectionError("the server hung up on somebody")
        self.answer += data
        if not self._size and (end := self.answer.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self.answer, 0, end + 2)
            self._size = end + 4 + int(length[1]) if length else 0
        return 0 < self._size <= len(self.answer)

    def told(self) -> tuple[int, dict[str, Any]]:
        """Status and JSON of the answer; a cookie that it sets is kept."""
        head, _, body = self.answer.partition(b"\r\n\r\n")
        if cookie := _COOKIE.search(head):
            self.cookie = cookie[1].decode()
        return int(head.split(b" ", 2)[1]), json.loads(bytes(body))

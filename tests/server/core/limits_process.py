"""Starts the edge application as its own process and talks to it by hand, well or badly."""

import http.client
import json
import os
import secrets
import socket
import ssl
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from core.paths import ROOT
from core.server.parent_death import VARIABLE as PARENT_PIPE
from core.server.tls import files_in
from core.server.tls_certificates import make

QUICK = {
    "keep_alive": 0.3,
    "head_deadline": 0.5,
    "body_stall": 0.3,
    "body_grace": 0.5,
    "body_floor": 1000,
}
MEGABYTE = 1 << 20
GONE = (ConnectionResetError, BrokenPipeError, ssl.SSLEOFError)
"""How a client finds out that the server ended the connection."""
MAX_UPLOAD = 4 * MEGABYTE


class LimitedServer:
    """One server process and what it said. mode: eventlet, tls (eventlet's with it), threading."""

    def __init__(self, mode: str, folder: Path, **settings: object) -> None:
        self.mode = mode
        self.uploads = folder / "uploads"
        self.uploads.mkdir()
        self.stderr = folder / "server.log"
        given: dict[str, object] = {
            "directory": str(self.uploads), "max_bytes": MAX_UPLOAD, "limits": QUICK
        }  # fmt: skip
        self.trusting: ssl.SSLContext | None = None
        if mode == "tls":
            files = files_in(folder)
            make(files, "edge", ["127.0.0.1"], [])
            self.trusting = ssl.create_default_context(cafile=files.ca)
            given["tls"] = str(folder)
        self.parent_pipe, child_end = os.pipe(), -1
        child_end = self.parent_pipe[0]
        with self.stderr.open("wb") as log:
            self.process = subprocess.Popen(
                [
                    *(sys.executable, "-W", "error", "-m", "tests.server.core.limits_app", mode),
                    json.dumps(given | settings),
                ],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                pass_fds=[child_end],
                env=os.environ | {PARENT_PIPE: str(child_end)},
            )
        os.close(child_end)
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, self.stderr.read_text()
        self.port = int(line)

    def connect(self) -> socket.socket:
        """A connection, after its handshake."""
        return self.secured(self.connect_plain())

    def connect_plain(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def secured(self, sock: socket.socket) -> socket.socket:
        """With TLS where the server speaks it."""
        if self.trusting is None:
            return sock
        return self.trusting.wrap_socket(sock, server_hostname="127.0.0.1")

    def request(self, method: str, path: str, body: Any = None, **headers: str):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.sock = self.connect()
        try:
            sent = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def about(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.request("GET", "/about")[1])
        return answer

    def assert_well(self) -> None:
        assert self.request("GET", "/ok") == (200, b"ok")

    def output(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.read() + self.stderr.read_text()

    def close(self) -> None:
        with suppress(OSError):
            os.close(self.parent_pipe[1])
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
        if self.process.stdout is not None:
            self.process.stdout.close()


@contextmanager
def running(mode: str, folder: Path, **settings: object) -> Iterator[LimitedServer]:
    server = LimitedServer(mode, folder, **settings)
    try:
        yield server
    finally:
        server.close()


def wait_until(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "the condition never came true"
        time.sleep(0.01)


def read_to_end(sock: socket.socket) -> bytes:
    """Everything the server says until it closes; a reset is a close too."""
    said = b""
    with suppress(*GONE):
        while piece := sock.recv(65536):
            said += piece
    return said


def dribble(sock: socket.socket, text: bytes, pause: float = 0.05) -> float:
    """Send byte after byte until the server closes; returns the seconds it bore that."""
    started = time.monotonic()
    sock.settimeout(pause)
    for number in text:
        with suppress(TimeoutError):
            try:
                sock.sendall(bytes([number]))
                if sock.recv(4096) == b"":
                    break
            except GONE:
                break
    return time.monotonic() - started


class WebSocketClient:
    """A minimal Engine.IO client by hand, so that it can also misbehave."""

    def __init__(self, server: LimitedServer, extra: str = "") -> None:
        self.sock = server.connect()
        self.buffer = b""
        self.sock.sendall(
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
            "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{extra}\r\n".encode()
        )
        while b"\r\n\r\n" not in self.buffer:
            self.buffer += self.sock.recv(4096)
        self.head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
        assert self.receive()[1].startswith(b"0{")
        self.send(b"40")
        assert self.receive()[1].startswith(b"40")

    def _take(self, count: int) -> bytes:
        while len(self.buffer) < count:
            piece = self.sock.recv(65536)
            if not piece:
                raise ConnectionResetError
            self.buffer += piece
        taken, self.buffer = self.buffer[:count], self.buffer[count:]
        return taken

    def receive(self) -> tuple[int, bytes]:
        """Opcode and payload of the next frame."""
        first, size = self._take(2)
        if size == 126:
            size = struct.unpack("!H", self._take(2))[0]
        elif size == 127:
            size = struct.unpack("!Q", self._take(8))[0]
        return first & 15, self._take(size)

    def send(self, payload: bytes, opcode: int = 1, final: bool = True) -> None:
        mask = secrets.token_bytes(4)
        size = len(payload)
        head = bytes([opcode | (128 if final else 0)])
        if size < 126:
            head += bytes([128 | size])
        elif size < 65536:
            head += bytes([128 | 126]) + struct.pack("!H", size)
        else:
            head += bytes([128 | 127]) + struct.pack("!Q", size)
        masked = bytes(b ^ mask[i % 4] for i, b in enumerate(payload))
        self.sock.sendall(head + mask + masked)

    def echo(self, text: str) -> str:
        answer: str = self.ask("echo", text)
        return answer

    def ask(self, event: str, payload: object) -> Any:
        """What an event is answered with."""
        self.send(b"420" + json.dumps([event, payload]).encode())
        return self.answer()

    def answer(self) -> Any:
        """The next answer."""
        while True:
            _, received = self.receive()
            if received == b"2":
                self.send(b"3")
            elif received.startswith(b"430"):
                return json.loads(received[3:])[0]

    def end(self) -> int:
        """The close code with which the server ends this, 0 for none."""
        with suppress(*GONE):
            while True:
                opcode, payload = self.receive()
                if opcode == 8:
                    return int(struct.unpack("!H", payload[:2])[0]) if payload else 0
        return 0


@contextmanager
def websocket(server: LimitedServer, extra: str = "") -> Iterator[WebSocketClient]:
    client = WebSocketClient(server, extra)
    try:
        yield client
    finally:
        client.sock.close()


def form(*parts: tuple[str, str | None, bytes], boundary: str = "edge") -> bytes:
    """A multipart body of (field name, file name or None, content)."""
    body = b""
    for name, filename, content in parts:
        named = f'; filename="{filename}"' if filename is not None else ""
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
            + content
            + b"\r\n"
        )
    return body + f"--{boundary}--\r\n".encode()

"""The worker's socket answers to the web process of its installation alone."""

import errno
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.ids import new_id
from documents.render_protocol import HEADER
from documents.worker.ipc_server import HELLO_TIMEOUT, MOST_STRANGERS, Caller, IpcServer
from documents.worker.messages import (
    ExportOutcome,
    ExportRequest,
    ExportResult,
    Hello,
    JobsWait,
    Message,
    frame,
    messages,
    proof_of,
    short_address,
)
from tests.server.conftest import Room
from tests.server.real_server import RealServer

pytestmark = pytest.mark.slow


@contextmanager
def connected(server: RealServer) -> Iterator[socket.socket]:
    """As a process that found the socket, such as a render child that a document controls."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        with short_address(server.made.data / "worker.sock") as address:
            line.connect(address)
        line.settimeout(10)
        yield line


def wanted(room: Room) -> ExportRequest:
    """Somebody else's export, with their private annotations."""
    (mine, *_others) = room.member.get("/sessions").json()["items"]
    return ExportRequest(new_id(), mine["id"], room.document, 1, "all", flat=False, language="vi")


def test_without_the_secret_nothing_is_answered(room: Room):
    for first in ([], [Hello("")], [Hello(proof_of("another secret of 32 characters"))]):
        sent: list[Message] = [*first, wanted(room)]
        with connected(room.server) as line:
            line.sendall(b"".join(map(frame, sent)))
            with suppress(ConnectionResetError):
                assert line.recv(1) == b""


def test_strangers_neither_stay_nor_crowd_the_worker(room: Room):
    """A confined child can open some dozens of connections and announce megabytes on each."""
    with ExitStack() as held:
        lines = [held.enter_context(connected(room.server)) for _ in range(MOST_STRANGERS + 4)]
        for line in lines:
            with suppress(BrokenPipeError, ConnectionResetError):  # the worker keeps some only
                line.sendall(HEADER.pack(2**23))
        started = time.monotonic()
        for line in lines:
            with suppress(ConnectionResetError):
                assert line.recv(1) == b""
        assert time.monotonic() - started < HELLO_TIMEOUT + 2
    test_with_it_the_worker_answers(room)


def test_a_failed_accept_is_not_the_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    heard: list[Message] = []
    served = threading.Event()
    secret = proof_of("a secret of 32 characters, or more")

    def handle(message: Message, _caller: Caller) -> None:
        heard.append(message)
        served.set()

    failures = [errno.EMFILE, errno.ECONNABORTED]

    class Listener(socket.socket):
        def accept(self) -> tuple[socket.socket, Any]:
            if failures:
                raise OSError(failures.pop(), "no descriptors")
            return super().accept()

    server = IpcServer(tmp_path / "socket", secret, handle)
    with monkeypatch.context() as opening:
        opening.setattr(socket, "socket", Listener)
        server.open()
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.connect(str(tmp_path / "socket"))
            line.sendall(frame(Hello(secret)) + frame(JobsWait()))
            assert served.wait(10)
    finally:
        server.close()
    assert (heard, failures) == ([JobsWait()], [])


def test_with_it_the_worker_answers(room: Room):
    secret = (room.server.made.data / "secret.key").read_text().strip()
    request = wanted(room)
    with connected(room.server) as line:
        line.sendall(frame(Hello(proof_of(secret))) + frame(request))
        answer = next(one for one in messages(line) if isinstance(one, ExportResult))
    assert answer.id == request.id


@pytest.mark.parametrize("sign_in", ["", "none"])
def test_an_export_is_for_somebody_who_is_signed_in(room: Room, sign_in: str):
    """A peer that knows the secret names a sign-in, never a person; an ended one reads nothing."""
    secret = (room.server.made.data / "secret.key").read_text().strip()
    request = msgspec.structs.replace(wanted(room), sign_in_id=sign_in)
    with connected(room.server) as line:
        line.sendall(frame(Hello(proof_of(secret))) + frame(request))
        answer = next(one for one in messages(line) if isinstance(one, ExportResult))
    assert answer.outcome is ExportOutcome.FAILED

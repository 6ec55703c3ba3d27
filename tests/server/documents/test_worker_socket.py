"""The worker's socket answers to the web process of its installation alone."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from core.actor import Actor
from core.ids import new_id
from documents.worker.messages import (
    ExportRequest,
    ExportResult,
    Hello,
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
    actor = Actor(room.member.id, "Người khác", is_admin=False, sign_in_id="none")
    return ExportRequest(new_id(), actor, room.document, 1, "all", flat=False, language="vi")


def test_without_the_secret_nothing_is_answered(room: Room):
    for first in ([], [Hello("")], [Hello(proof_of("another secret of 32 characters"))]):
        sent: list[Message] = [*first, wanted(room)]
        with connected(room.server) as line:
            line.sendall(b"".join(map(frame, sent)))
            with suppress(ConnectionResetError):
                assert line.recv(1) == b""


def test_with_it_the_worker_answers(room: Room):
    secret = (room.server.made.data / "secret.key").read_text().strip()
    request = wanted(room)
    with connected(room.server) as line:
        line.sendall(frame(Hello(proof_of(secret))) + frame(request))
        answer = next(one for one in messages(line) if isinstance(one, ExportResult))
    assert answer.id == request.id

"""The messages between web processes and the worker, and their encoding.

A message is a 4-byte big-endian length and that many bytes of JSON. Delivery is best effort:
notifications and progress may be lost, and equal render requests are one request.

The first message of a connection is a `Hello` with a proof that the peer knows the installation's
secret: a render child, which a hostile document may control, can reach the socket but not the
secret, and so cannot ask for somebody's export.
"""

import hmac
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import msgspec

from core.i18n import Language
from documents.render_protocol import HEADER, Confined, RenderFault, body_length


class Hello(msgspec.Struct, tag="hello", frozen=True):
    """To the worker, first: see `proof_of`."""

    proof: str


class JobsWait(msgspec.Struct, tag="jobs_wait", frozen=True):
    """To the worker: a job was committed."""


class RenderRequest(msgspec.Struct, tag="want", frozen=True):
    """To the worker: render this image or tile, or extract words or notes (`width` is 0).

    tile: (column, row), for a tile only.
    """

    what: Literal["image", "tile", "words", "notes"]
    sha256: str
    page: int
    width: int
    tile: tuple[int, int] = (0, 0)


class RenderResult(msgspec.Struct, tag="made", frozen=True):
    """To web: the requested file exists (`fault` is None), or cannot be created due to `fault`."""

    request: RenderRequest
    fault: RenderFault | None


class ExportOutcome(StrEnum):
    """The outcome of an export."""

    MADE = "made"
    TOO_MANY = "too_many"
    """The same person already has MOST_OF_ONE exports of this document in the queue."""
    BUSY = "busy"
    FAILED = "failed"
    DISK_FULL = "disk_full"


class ExportRequest(msgspec.Struct, tag="export_want", frozen=True):
    """To the worker: export a document with the annotations that the person of a sign-in sees.

    id: unique for each request. The worker looks up who signed in, and what they may read.
    wanted: `export.Wanted`. flat: draw them into the page content.
    """

    id: str
    sign_in_id: str
    document_id: str
    version: int
    wanted: str
    flat: bool
    language: Language


class ExportResult(msgspec.Struct, tag="export_made", frozen=True):
    """To web: the outcome. name: of the file in the exports folder; web opens and removes it."""

    id: str
    outcome: ExportOutcome
    name: str = ""


class RoomNotifications(msgspec.Struct, tag="room_rings", frozen=True):
    """To web: a room has new events."""

    room_id: str


class PersonNotifications(msgspec.Struct, tag="person_rings", frozen=True):
    """To web: a user stream has new events."""

    user_id: str


class IngestProgressed(msgspec.Struct, tag="paper_moves", frozen=True):
    """To web: the ingest progress of a document, for chair and secretary of the room."""

    room_id: str
    facts: dict[str, Any]


Message = (
    Hello
    | JobsWait
    | RenderRequest
    | RenderResult
    | ExportRequest
    | ExportResult
    | RoomNotifications
    | PersonNotifications
    | IngestProgressed
    | Confined
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def proof_of(secret_key: str) -> str:
    """What web and worker know of each other, in hex: HMAC-SHA256 of a fixed text."""
    return hmac.new(secret_key.encode(), b"dienhong worker socket", "sha256").hexdigest()


def frame(message: Message) -> bytes:
    """Encode a message with its length."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


def messages(connection: socket.socket) -> Iterator[Message]:
    """Yield each received message until the peer closes. Raises: OSError, ValueError."""
    with connection.makefile("rb") as stream:
        while len(header := stream.read(HEADER.size)) == HEADER.size:
            size = body_length(header)
            body = stream.read(size)
            if len(body) < size:
                return
            yield _decoder.decode(body)


@contextmanager
def short_address(path: Path) -> Iterator[str]:
    """An address for `path` within the 108 bytes of a Unix socket address."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)

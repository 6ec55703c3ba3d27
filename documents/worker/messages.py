"""What web and worker say to each other over the worker's socket, and how it travels.

A message is a 4-byte big-endian length and that many bytes of JSON. Nothing here is the truth:
rings and progress may be lost; what is wanted twice is the same want.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Any, Literal

import msgspec

from core.actor import Actor
from core.i18n import Language
from documents.render_protocol import HEADER, RenderFault, body_length


class JobsWait(msgspec.Struct, tag="jobs_wait", frozen=True):
    """To the worker: a job was committed."""


class RenderRequest(msgspec.Struct, tag="want", frozen=True):
    """To the worker: somebody waits for this image, these words or notes; `width` 0 for those.

    tile: (column, row) of what is a tile.
    """

    what: Literal["image", "tile", "words", "notes"]
    sha256: str
    page: int
    width: int
    tile: tuple[int, int] = (0, 0)


class RenderResult(msgspec.Struct, tag="made", frozen=True):
    """To web: what was wanted lies in its place, or cannot be made because of `fault`."""

    request: RenderRequest
    fault: RenderFault | None


class ExportOutcome(StrEnum):
    """How the making of an annotated PDF ended."""

    MADE = "made"
    TOO_MANY = "too_many"
    """The same person waits for this paper already."""
    BUSY = "busy"
    FAILED = "failed"
    DISK_FULL = "disk_full"


class ExportRequest(msgspec.Struct, tag="export_want", frozen=True):
    """To the worker: somebody waits for a paper with what this person sees on it.

    id: of this want alone. wanted: `export.Wanted`. flat: drawn for good.
    """

    id: str
    actor: Actor
    document_id: str
    version: int
    wanted: str
    flat: bool
    language: Language


class ExportResult(msgspec.Struct, tag="export_made", frozen=True):
    """To web: how it ended; `name`: of the file in the exports' folder, which web takes away."""

    id: str
    outcome: ExportOutcome
    name: str = ""


class RoomNotifications(msgspec.Struct, tag="room_rings", frozen=True):
    """To web: a room has new events."""

    room_id: str


class PersonNotifications(msgspec.Struct, tag="person_rings", frozen=True):
    """To web: a person's own stream has new events."""

    user_id: str


class IngestProgressed(msgspec.Struct, tag="paper_moves", frozen=True):
    """To web: the progress of a paper, for those who run the room's meeting."""

    room_id: str
    facts: dict[str, Any]


Message = (
    JobsWait
    | RenderRequest
    | RenderResult
    | ExportRequest
    | ExportResult
    | RoomNotifications
    | PersonNotifications
    | IngestProgressed
)

_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def frame(message: Message) -> bytes:
    """The bytes of a message on the wire."""
    body = _encoder.encode(message)
    return HEADER.pack(len(body)) + body


def messages(connection: socket.socket) -> Iterator[Message]:
    """Every message that arrives, until the other side closes. Raises OSError, ValueError."""
    with connection.makefile("rb") as stream:
        while len(header := stream.read(HEADER.size)) == HEADER.size:
            size = body_length(header)
            body = stream.read(size)
            if len(body) < size:
                return
            yield _decoder.decode(body)


@contextmanager
def short_address(path: Path) -> Iterator[str]:
    """An address for `path` that fits into the 108 bytes a Unix socket's name may have."""
    folder = os.open(path.parent, os.O_PATH | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{folder}/{path.name}"
    finally:
        os.close(folder)

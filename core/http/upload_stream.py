"""Streams an uploaded file from the client to a temporary file on disk.

No form parser buffers the file: the request is read in chunks, each chunk is written and hashed in
a native thread, and the event loop runs between them. A failed upload leaves no file behind.
"""

import errno
import hashlib
import io
import os
import secrets
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import Data, Event, Field, File, MultipartDecoder, NeedData, State

from core.errors import DiskFull, MalformedRequest, Refusal
from core.offload import run_native

PIECE = 256 * 1024
"""Chunk size of reading, hashing and writing; the event loop runs between two chunks."""
FIELDS_BYTES = 64 * 1024
"""Maximum bytes of all text fields and part headers of one form together."""
MOST_PARTS = 20
LONGEST_NAME = 255
DISK_IS_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class UploadTooLarge(Refusal):
    """`limit_mb`: the largest accepted file, in megabytes."""

    code, status = "upload_too_large", 413


class UploadIncomplete(Refusal):
    """The connection ended, stalled or was too slow before the whole file arrived."""

    code, status = "upload_incomplete", 400


class NoFile(Refusal):
    """The form contains no file."""

    code, status = "no_file", 422


class Readable(Protocol):
    """The part of `wsgi.input` that this module uses."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True)
class ReceivedFile:
    """One complete uploaded file on disk (synced). `size` in bytes, `sha256` in hex.

    `filename` is the client's name without folders and control characters; display it, never use it
    as a path. The caller owns the file at `path` and moves or removes it.
    """

    path: Path
    filename: str
    sha256: str
    size: int
    fields: dict[str, str] = field(default_factory=dict)


def receive_upload(
    stream: Readable,
    *,
    content_type: str,
    content_length: int | None,
    directory: Path,
    max_bytes: int,
    written: Callable[[int], None] = lambda size: None,
) -> ReceivedFile:
    """Read one multipart/form-data request: one file part (any name) and small text fields.

    written: called with the size of each chunk of the request that was handled.
    Raises: UploadTooLarge, UploadIncomplete, NoFile, DiskFull or MalformedRequest; then no file
    is left in `directory`.
    """
    if content_length is None:
        raise UploadIncomplete
    if content_length > max_bytes + FIELDS_BYTES:
        raise _too_large(max_bytes)
    reception = _Reception(_boundary(content_type), directory, max_bytes)
    try:
        for piece in _pieces(stream, content_length):
            reception.take(piece)
            written(len(piece))
        return reception.finish()
    except BaseException as error:
        reception.abandon()
        if isinstance(error, OSError) and error.errno in DISK_IS_FULL:
            raise DiskFull from error
        raise


def _boundary(content_type: str) -> bytes:
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind != "multipart/form-data" or not 0 < len(boundary) <= 200 or not boundary.isascii():
        raise MalformedRequest
    return boundary.encode()


def _pieces(stream: Readable, length: int) -> Iterator[bytes]:
    """Yield the body in chunks. Raises: UploadIncomplete when it ends or stalls early."""
    left = length
    while left:
        try:
            piece = stream.read(min(PIECE, left))
        except (OSError, EOFError, ClientDisconnected) as error:
            raise UploadIncomplete from error
        if not piece:
            raise UploadIncomplete
        left -= len(piece)
        yield piece


def _plain_name(name: str) -> str:
    """Remove folders (old browsers send them) and control characters; NFC, limited length."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return unicodedata.normalize("NFC", shown).strip()[:LONGEST_NAME]


class _Sink:
    """The temporary file, used by native threads only. Call its methods with `run_native`."""

    def __init__(self, directory: Path) -> None:
        self.path = directory / f"upload-{secrets.token_hex(8)}.part"
        # Not os.open: in the web process it is patched to run on the event loop.
        self._file = io.FileIO(str(self.path), "x")
        os.fchmod(self._file.fileno(), 0o600)
        self._hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            rest = rest[self._file.write(rest) :]
        self._hash.update(data)

    def seal(self) -> str:
        """Sync and close the file; return its SHA-256."""
        # Some file systems report a full disk only here.
        os.fsync(self._file.fileno())
        self._file.close()
        return self._hash.hexdigest()

    def discard(self) -> None:
        self._file.close()
        self.path.unlink(missing_ok=True)


class _Reception:
    """Decodes the body chunk by chunk: the file to its sink, text fields to memory."""

    def __init__(self, boundary: bytes, directory: Path, max_bytes: int) -> None:
        self._decoder = MultipartDecoder(boundary, max_parts=MOST_PARTS)
        self._delimiter = b"\r\n--" + boundary
        self._held = b""
        self._directory = directory
        self._max_bytes = max_bytes
        self._sink: _Sink | None = None
        self._filename = ""
        self._fields: dict[str, bytes] = {}
        self._part: File | Field | None = None

    def take(self, piece: bytes) -> None:
        """Decode the next chunk. Raises the errors of `receive_upload`."""
        if self._decoder.state is State.EPILOGUE:
            return  # Data after the last boundary is ignored.
        data = self._held + piece
        end = self._safe_end(data)
        self._held = data[end:]
        self._decode(data[:end])

    def _safe_end(self, data: bytes) -> int:
        """Return where to cut so that the delimiter between parts is never split.

        The decoder adds a stray CR to the file when it sees `CR LF --boundary -` and receives the
        last dash later.
        """
        tail = max(0, len(data) - len(self._delimiter) - 1)
        start = data.find(b"\r", tail)
        while start >= 0:
            if self._delimiter.startswith(data[start : start + len(self._delimiter)]):
                return start
            start = data.find(b"\r", start + 1)
        return len(data)

    def _decode(self, data: bytes) -> None:
        self._decoder.receive_data(data)
        while not isinstance(event := self._next_event(), NeedData):
            if isinstance(event, (File, Field)):
                self._begin(event)
            elif isinstance(event, Data):
                self._add(event.data)
        in_head = self._decoder.state in (State.PREAMBLE, State.PART)
        if in_head and len(self._decoder.buffer) > FIELDS_BYTES:
            raise MalformedRequest

    def _next_event(self) -> Event:
        try:
            return self._decoder.next_event()
        except (ValueError, RequestEntityTooLarge) as error:
            raise MalformedRequest from error

    def _begin(self, part: File | Field) -> None:
        self._part = part
        if isinstance(part, Field):
            if not part.name:
                raise MalformedRequest
            self._fields[part.name] = b""
        elif part.filename:
            if self._sink is not None:
                raise MalformedRequest
            self._filename = _plain_name(part.filename)
            self._sink = run_native(_Sink, self._directory)

    def _add(self, data: bytes) -> None:
        part = self._part
        if isinstance(part, Field):
            self._fields[part.name] += data
            if sum(map(len, self._fields.values())) > FIELDS_BYTES:
                raise MalformedRequest
        elif data and self._sink is not None and part is not None and part.filename:
            self._sink.size += len(data)
            if self._sink.size > self._max_bytes:
                raise _too_large(self._max_bytes)
            run_native(self._sink.write, data)

    def finish(self) -> ReceivedFile:
        """Return the complete file, at the end of the body. Raises as `receive_upload`."""
        if self._held:
            self._decode(self._held)
        if self._decoder.state is not State.EPILOGUE:
            raise UploadIncomplete
        if self._sink is None:
            raise NoFile
        try:
            fields = {name: value.decode() for name, value in self._fields.items()}
        except UnicodeDecodeError as error:
            raise MalformedRequest from error
        sha256 = run_native(self._sink.seal)
        return ReceivedFile(self._sink.path, self._filename, sha256, self._sink.size, fields)

    def abandon(self) -> None:
        """Remove the temporary file."""
        if self._sink is not None:
            run_native(self._sink.discard)


def _too_large(max_bytes: int) -> UploadTooLarge:
    return UploadTooLarge(limit_mb=max_bytes // (1024 * 1024))

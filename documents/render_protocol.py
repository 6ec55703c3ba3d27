"""The messages between the worker and a render child, and their encoding.

A message is a 4-byte big-endian length and that many bytes of JSON with a `type`. Both sides
validate every message: a child compromised by a malicious PDF can send nothing else.
"""

import struct
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

import msgspec

MAX_PAGES = 5_000
"""Of one document."""
MAX_MESSAGE = 8 * 1024 * 1024
HEADER = struct.Struct(">I")

Word = tuple[float, float, float, float, str]


class RenderFault(StrEnum):
    """Why a document or a page cannot be shown. The values are public error codes."""

    NOT_A_PDF = "not_a_pdf"
    ENCRYPTED = "pdf_encrypted"
    BROKEN = "pdf_broken"
    EMPTY = "pdf_empty"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_HEAVY = "pdf_too_heavy"
    PAGE_BROKEN = "page_broken"
    PAGE_TOO_HEAVY = "page_too_heavy"
    NO_SUCH_PAGE = "not_found"
    DISK_FULL = "disk_full"
    BUSY = "page_not_ready"
    NO_SUCH_TILE = "no_such_tile"
    NO_SCAN = "no_scan"
    """Not an error and not a public code: no image covers the page."""
    AS_SHARP = "as_sharp"
    """Not an error and not a public code: this level is no sharper than the one below it."""


CPU_SECONDS = 4
"""Processor time for a command on one page that somebody waits for."""


class Open(msgspec.Struct, tag="open", frozen=True):
    """Open the document. The first message to a child, sent once.

    results: the only folder that the child will write to, or None. page_cpu: seconds of processor
    time for a command on one page.
    """

    path: str
    max_pages: int
    results: str | None = None
    page_cpu: int = CPU_SECONDS


class ReportConfinement(msgspec.Struct, tag="report_confinement", frozen=True):
    """Confine the child as before a document, and report what the kernel enforces."""


class Measure(msgspec.Struct, tag="measure", frozen=True):
    """Sizes and labels of `count` pages from `first` on."""

    first: int
    count: int


class Draw(msgspec.Struct, tag="draw", frozen=True):
    """Draw a page at a width in pixels and write the image to `out` (temporary, then renamed)."""

    page: int
    width: int
    out: str


class DrawTile(msgspec.Struct, tag="draw_tile", frozen=True):
    """Draw a tile (`tile_plan`) of a page that is `width` pixels wide, and write it to `out`."""

    page: int
    width: int
    column: int
    row: int
    out: str


class DrawScan(msgspec.Struct, tag="draw_scan", frozen=True):
    """Write the scan that covers a page to `out` as a grey PNG, prepared for recognition."""

    page: int
    out: str


class ReadWords(msgspec.Struct, tag="read_words", frozen=True):
    """Extract the words of a page with their boxes."""

    page: int


class ReadNotes(msgspec.Struct, tag="read_notes", frozen=True):
    """Extract the text of annotations embedded in a page."""

    page: int


class Annotate(msgspec.Struct, tag="annotate", frozen=True):
    """Write the annotations of a specification (`annotations.pdf.spec`) into the open document,
    which is a copy, and save it in place. flat: draw them into the page content."""

    spec: str
    flat: bool


Request = (
    Open
    | ReportConfinement
    | Measure
    | Draw
    | DrawTile
    | DrawScan
    | ReadWords
    | ReadNotes
    | Annotate
)


class Opened(msgspec.Struct, tag="opened", frozen=True):
    """The document is open."""

    page_count: int
    repaired: bool


class Confined(msgspec.Struct, tag="confined", frozen=True):
    """Which restrictions of a render child are in force. The resource limits always are.

    files: reads only its document and the program (Landlock). network: has none (a namespace of
    its own). privileges: has none and cannot gain any.
    """

    files: bool
    network: bool
    privileges: bool

    def missing(self) -> list[str]:
        """Names of the restrictions that the kernel does not enforce."""
        return [name for name in self.__struct_fields__ if not getattr(self, name)]


class PageFacts(msgspec.Struct, frozen=True):
    """One page as displayed; `fault` is set when the page itself cannot be read."""

    width_pt: float
    height_pt: float
    label: str
    fault: RenderFault | None = None


class Measured(msgspec.Struct, tag="measured", frozen=True):
    """The requested pages, in order."""

    pages: list[PageFacts]


class Drawn(msgspec.Struct, tag="drawn", frozen=True):
    """The image is written. size: in bytes."""

    width_px: int
    height_px: int
    size: int
    mime: str


class WordsRead(msgspec.Struct, tag="words_read", frozen=True):
    """Words in reading order, boxes as fractions of the page as displayed; NFC."""

    words: list[Word]
    truncated: bool


class PaperNote(msgspec.Struct, frozen=True):
    """One annotation embedded in an uploaded document. kind: an annotation kind, or `other`.

    box: as fractions of the page as displayed. date: of the last change, if the file contains it.
    """

    kind: str
    box: tuple[float, float, float, float]
    author: str
    text: str
    date: datetime | None


class NotesRead(msgspec.Struct, tag="notes_read", frozen=True):
    """The annotations of a page that have text, in file order."""

    notes: list[PaperNote]


class Annotated(msgspec.Struct, tag="annotated", frozen=True):
    """The annotations are written. count: their number; size: of the file, in bytes."""

    count: int
    size: int


class Failed(msgspec.Struct, tag="failed", frozen=True):
    """The command failed. `detail` is for the log and never shown to users."""

    fault: RenderFault
    detail: str


Reply = Opened | Confined | Measured | Drawn | WordsRead | NotesRead | Annotated | Failed

_encoder = msgspec.json.Encoder()
_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_replies: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def frame(message: msgspec.Struct) -> bytes:
    """Encode a message with its length. Raises: ValueError (larger than MAX_MESSAGE)."""
    body = _encoder.encode(message)
    if len(body) > MAX_MESSAGE:
        raise ValueError(f"message of {len(body)} bytes")
    return HEADER.pack(len(body)) + body


def body_length(header: bytes) -> int:
    """The body length from a header. Raises: ValueError (larger than MAX_MESSAGE)."""
    (length,) = HEADER.unpack(header)
    if length > MAX_MESSAGE:
        raise ValueError(f"message of {length} bytes announced")
    return int(length)


def whole(read: Callable[[int], bytes], size: int) -> bytes:
    """Read exactly `size` bytes; fewer only when the stream ends."""
    parts = bytearray()
    while len(parts) < size and (chunk := read(size - len(parts))):
        parts += chunk
    return bytes(parts)


def decode_request(body: bytes) -> Request:
    """Decode a request. Raises: msgspec.ValidationError, msgspec.DecodeError (invalid message)."""
    return _requests.decode(body)


def decode_reply(body: bytes) -> Reply:
    """Decode a reply. Raises: msgspec.ValidationError, msgspec.DecodeError (invalid message)."""
    return _replies.decode(body)

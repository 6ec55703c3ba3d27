"""Specification of an annotated PDF: a file with a head and one mark per line, sorted by page.

The worker writes it and the render child reads it mark by mark, so that a document full of ink
needs the memory of one stroke. It contains private text: the file is in the exports folder,
readable by its owner only, while the child runs.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from documents.annotations.kinds.geometry import Geometry
from documents.annotations.kinds.kind import AnnotationKind
from documents.annotations.kinds.registry import KINDS, Kind
from documents.annotations.pdf.appearance import Style


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """One annotation. geometry: depends on the kind; fractions of the page as displayed.

    subject: the audience; byline: author and time; both as text.
    """

    id: str
    page: int
    kind: Kind
    geometry: msgspec.Raw
    style: Style
    text: str | None
    author: str
    subject: str
    byline: str
    created_at: datetime
    updated_at: datetime

    @property
    def handler(self) -> AnnotationKind[Any]:
        """The implementation of its kind."""
        return KINDS[self.kind]

    @property
    def shape(self) -> Geometry:
        """The decoded geometry. Raises msgspec.ValidationError: it does not fit the kind."""
        shape: Geometry = msgspec.json.decode(self.geometry, type=self.handler.geometry)
        return shape


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """Texts of the whole document, in the language of the requesting person.

    notes_title: heading of the list of notes. page_word: "Trang", before a number.
    """

    notes_title: str
    page_word: str


_encoder = msgspec.json.Encoder()
_heads: msgspec.json.Decoder[Head] = msgspec.json.Decoder(Head)
_marks: msgspec.json.Decoder[Mark] = msgspec.json.Decoder(Mark)


def write_spec(file: BinaryIO, head: Head, marks: Iterable[Mark]) -> None:
    """Write a specification. The marks must be sorted by page. Raises OSError."""
    file.write(_encoder.encode(head) + b"\n")
    for mark in marks:
        # The raw geometry may contain line breaks between JSON tokens, never within strings.
        file.write(_encoder.encode(mark).replace(b"\n", b" ") + b"\n")


def read_head(path: Path) -> Head:
    """Read the head. Raises msgspec.MsgspecError."""
    with path.open("rb") as file:
        return _heads.decode(file.readline())


def read_marks(path: Path) -> Iterator[Mark]:
    """Yield the marks. Raises msgspec.MsgspecError."""
    with path.open("rb") as file:
        file.readline()
        for line in file:
            yield _marks.decode(line)

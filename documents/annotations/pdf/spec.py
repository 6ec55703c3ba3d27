"""What an annotated PDF is to hold: one file, a head and then a mark on each line, page by page.

The worker writes it and the render child reads it mark by mark, so that a paper full of ink needs
the memory of one stroke. It holds private words: it lies in the exports' folder, for its owner
alone, while the child works.
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
    """One annotation. geometry: of its kind, as fractions of the page as displayed.

    subject: who sees it; byline: who wrote it and when; both in words.
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
        """What its kind says."""
        return KINDS[self.kind]

    @property
    def shape(self) -> Geometry:
        """Its geometry. Raises msgspec.ValidationError: it is not that of its kind."""
        shape: Geometry = msgspec.json.decode(self.geometry, type=self.handler.geometry)
        return shape


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """For the whole paper, in the language of who asked.

    notes_title: over the notes, where they are written out. page_word: "Trang", before a number.
    """

    notes_title: str
    page_word: str


_encoder = msgspec.json.Encoder()
_heads: msgspec.json.Decoder[Head] = msgspec.json.Decoder(Head)
_marks: msgspec.json.Decoder[Mark] = msgspec.json.Decoder(Mark)


def write_spec(file: BinaryIO, head: Head, marks: Iterable[Mark]) -> None:
    """Write a specification; the marks come in the order of their pages. Raises OSError."""
    file.write(_encoder.encode(head) + b"\n")
    for mark in marks:
        # A geometry is JSON from elsewhere; JSON has no line end within a string.
        file.write(_encoder.encode(mark).replace(b"\n", b" ") + b"\n")


def read_head(path: Path) -> Head:
    """Raises msgspec.MsgspecError."""
    with path.open("rb") as file:
        return _heads.decode(file.readline())


def read_marks(path: Path) -> Iterator[Mark]:
    """Each mark in turn. Raises msgspec.MsgspecError."""
    with path.open("rb") as file:
        file.readline()
        for line in file:
            yield _marks.decode(line)

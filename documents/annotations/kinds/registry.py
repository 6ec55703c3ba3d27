"""The kinds of annotations by their names on the wire and in the database."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec

from core.errors import MalformedRequest
from documents.annotations.kinds.arrow import ArrowKind
from documents.annotations.kinds.geometry import Geometry
from documents.annotations.kinds.highlight import HighlightKind
from documents.annotations.kinds.ink import InkKind
from documents.annotations.kinds.kind import AnnotationKind
from documents.annotations.kinds.note import NoteKind
from documents.annotations.kinds.rectangle import RectangleKind
from documents.annotations.kinds.strike import StrikeKind
from documents.annotations.kinds.text import TextKind
from documents.annotations.kinds.underline import UnderlineKind
from documents.annotations.rules import GeometryDoesNotFit


class Kind(StrEnum):
    """Kind of an annotation."""

    INK = "ink"
    HIGHLIGHT = "highlight"
    UNDERLINE = "underline"
    STRIKE = "strike"
    NOTE = "note"
    ARROW = "arrow"
    RECTANGLE = "rectangle"
    TEXT = "text"


KINDS: Mapping[Kind, AnnotationKind[Any]] = {
    Kind.INK: InkKind(),
    Kind.HIGHLIGHT: HighlightKind(),
    Kind.UNDERLINE: UnderlineKind(),
    Kind.STRIKE: StrikeKind(),
    Kind.NOTE: NoteKind(),
    Kind.ARROW: ArrowKind(),
    Kind.RECTANGLE: RectangleKind(),
    Kind.TEXT: TextKind(),
}
"""Lists use this order."""


def read_geometry(kind: Kind, raw: bytes) -> Geometry:
    """Decode the geometry of a request and move it to the grid.

    Raises: GeometryDoesNotFit, OffThePage, TooManyPoints, MalformedRequest (invalid UTF-8).
    """
    try:
        given: Geometry = msgspec.json.decode(raw, type=KINDS[kind].geometry)
    except msgspec.ValidationError:
        raise GeometryDoesNotFit() from None
    except UnicodeDecodeError:
        raise MalformedRequest() from None
    return given.on_grid()

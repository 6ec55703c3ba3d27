"""A stroke while it is being drawn: as a tablet sends it, and as the room's ticks tell it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from documents.access import LARGEST_NUMBER
from documents.annotations import rules
from meetings.presentation.packets import Fraction
from meetings.room.payloads import Id

Point = tuple[float, float, float]


class WetStyle(msgspec.Struct):
    """How wet ink is drawn, as the style of the annotation that it becomes."""

    color: Annotated[str, Meta(pattern=rules.COLOR)]
    width: Annotated[float, Meta(ge=rules.NARROWEST, le=rules.WIDEST)]
    opacity: Annotated[float, Meta(ge=rules.FAINTEST, le=1)]


class InkWet(msgspec.Struct, rename={"start": "from"}):
    """Payload of ink.wet: the new points of a stroke that is being drawn for the whole room.

    id: of the annotation that it becomes. from: index of the first of the points. gone: the stroke
    was taken back.
    """

    meeting_id: Id
    document_id: Id
    version: Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
    page: int
    id: Annotated[str, Meta(pattern=rules.ID)]
    points: Annotated[list[tuple[Fraction, Fraction, Fraction]], Meta(max_length=500)]
    start: Annotated[int, Meta(ge=0)] = 0
    style: WetStyle | None = None
    gone: bool = False


class WetStroke(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """New points [x, y, pressure] of a stroke that somebody draws. from: index of the first.

    It is shown until the annotation with its id comes, or it is `gone`, or nothing comes for 10 s.
    """

    id: str
    author: str
    document_id: str
    version: int
    page: int
    style: WetStyle | None
    start: int
    points: list[Point]
    gone: bool

    def continued_by(self, drawn: InkWet) -> bool:
        """Whether these points follow on it without a gap."""
        same_page = self.document_id, self.version, self.page
        end = self.start + len(self.points)
        return (*same_page, end) == (drawn.document_id, drawn.version, drawn.page, drawn.start)

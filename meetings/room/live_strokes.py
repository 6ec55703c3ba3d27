"""A stroke in progress: as a client sends it, and as the ticks of the room contain it."""

from typing import Annotated

import msgspec
from msgspec import Meta

from documents.access import LARGEST_NUMBER
from documents.annotations import rules
from meetings.presentation.packets import Fraction
from meetings.room.payloads import Id

Point = tuple[float, float, float]


class WetStyle(msgspec.Struct):
    """The style of a stroke in progress, equal to that of the resulting annotation."""

    color: Annotated[str, Meta(pattern=rules.COLOR)]
    width: Annotated[float, Meta(ge=rules.NARROWEST, le=rules.WIDEST)]
    opacity: Annotated[float, Meta(ge=rules.FAINTEST, le=1)]


class InkWet(msgspec.Struct, rename={"start": "from"}):
    """Payload of ink.wet: new points of a stroke in progress for the whole room.

    id: of the resulting annotation. from: index of the first of the points. gone: the stroke was
    cancelled.
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
    """New points [x, y, pressure] of a stroke in progress. from: index of the first.

    Clients show it until the annotation with its id arrives, it is `gone`, or 10 s pass without
    new points.
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
        """Whether these points continue the stroke without a gap."""
        same_page = self.document_id, self.version, self.page
        end = self.start + len(self.points)
        return (*same_page, end) == (drawn.document_id, drawn.version, drawn.page, drawn.start)

"""Payloads of the Socket.IO events that clients send to a room."""

from typing import Annotated

import msgspec
from msgspec import Meta

from documents import annotation_rules
from documents.access import LARGEST_NUMBER
from meetings.presentation.packets import Fraction, View

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Seq = Annotated[int, Meta(ge=0)]


class RoomJoin(msgspec.Struct):
    """Payload of room.join. With epoch, seq and mine_seq: what the tablet already has."""

    meeting_id: Id
    protocol_version: int
    epoch: str | None = None
    seq: Seq | None = None
    mine_seq: Seq | None = None


class RoomLeave(msgspec.Struct):
    """Payload of room.leave."""

    meeting_id: Id


class PageTurn(msgspec.Struct):
    """Payload of page.turn. page: 1-based. term: of the lease, as last seen."""

    meeting_id: Id
    document_id: Id
    version: Annotated[int, Meta(ge=1)]
    page: int
    view: View | None = None
    term: int | None = None


class PointerMove(msgspec.Struct):
    """Payload of pointer.move. at: page fractions, or null when the pointer is lifted."""

    meeting_id: Id
    at: tuple[Fraction, Fraction] | None


class WetStyle(msgspec.Struct):
    """How wet ink is drawn, as the style of the annotation that it becomes."""

    color: Annotated[str, Meta(pattern=annotation_rules.COLOR)]
    width: Annotated[float, Meta(ge=annotation_rules.NARROWEST, le=annotation_rules.WIDEST)]
    opacity: Annotated[float, Meta(ge=annotation_rules.FAINTEST, le=1)]


class InkWet(msgspec.Struct, rename={"start": "from"}):
    """Payload of ink.wet: the new points of a stroke that is being drawn for the whole room.

    id: of the annotation that it becomes. from: index of the first of the points. gone: the stroke
    was taken back.
    """

    meeting_id: Id
    document_id: Id
    version: Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
    page: int
    id: Annotated[str, Meta(pattern=annotation_rules.ID)]
    points: Annotated[list[tuple[Fraction, Fraction, Fraction]], Meta(max_length=500)]
    start: Seq = 0
    style: WetStyle | None = None
    gone: bool = False


class PresenceAt(msgspec.Struct):
    """Payload of presence.at: where this tablet is, and whether it follows."""

    meeting_id: Id
    following: bool
    document_id: Id | None = None
    page: int | None = None

"""Payloads of the Socket.IO events that clients send to a room."""

from typing import Annotated

import msgspec
from msgspec import Meta

from meetings.presentation.packets import Fraction, View

Id = Annotated[str, Meta(min_length=1, max_length=64)]
Seq = Annotated[int, Meta(ge=0)]


class RoomJoin(msgspec.Struct):
    """Payload of room.join. epoch, seq, mine_seq: the state that the client has, if any."""

    meeting_id: Id
    protocol_version: int
    epoch: str | None = None
    seq: Seq | None = None
    mine_seq: Seq | None = None


class RoomLeave(msgspec.Struct):
    """Payload of room.leave."""

    meeting_id: Id


class PageTurn(msgspec.Struct):
    """Payload of page.turn. page: 1-based. term: the last known one of the lease."""

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


class PresenceAt(msgspec.Struct):
    """Payload of presence.at: the page that the client shows, and whether it follows."""

    meeting_id: Id
    following: bool
    document_id: Id | None = None
    page: int | None = None

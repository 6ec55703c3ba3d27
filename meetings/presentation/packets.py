"""The packet that shows a room what is presented."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

Fraction = Annotated[float, Meta(ge=0, le=1)]


class Packet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of what is sent."""


class View(msgspec.Struct):
    """The part of the page that the presenter shows: centre and scale, 1 is the whole width."""

    x: Fraction
    y: Fraction
    scale: Annotated[float, Meta(ge=0.1, le=8)]


class RoomLivePacket(Packet, frozen=True):
    """What the room is shown. Ordered by (term, rev): the later one replaces what was.

    To who may not read the paper: `hidden: true` in place of the paper, its page and view.
    """

    term: int
    rev: int
    presenter: str | None
    document_id: str | None | UnsetType = UNSET
    version: int | None | UnsetType = UNSET
    page: int | None | UnsetType = UNSET
    view: View | None | UnsetType = UNSET
    hidden: bool | UnsetType = UNSET

"""The packet with the presentation of a room."""

from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, UnsetType

Fraction = Annotated[float, Meta(ge=0, le=1)]


class Packet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base class of all packets."""


class View(msgspec.Struct):
    """The presented part of the page: centre and scale; scale 1 is the whole width."""

    x: Fraction
    y: Fraction
    scale: Annotated[float, Meta(ge=0.1, le=8)]


class RoomLivePacket(Packet, frozen=True):
    """The presentation. Packets are ordered by (term, rev): a later one replaces earlier ones.

    Roles that may not read the document receive `hidden: true` without document, page and view.
    """

    term: int
    rev: int
    presenter: str | None
    document_id: str | None | UnsetType = UNSET
    version: int | None | UnsetType = UNSET
    page: int | None | UnsetType = UNSET
    view: View | None | UnsetType = UNSET
    hidden: bool | UnsetType = UNSET

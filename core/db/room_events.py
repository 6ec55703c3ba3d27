"""Events: what happened in a room or to a person, as rows and as packets.

A slice declares each event as a struct whose fields are the packet's `data`. The name is past
tense. `audience` is who may see it; everybody else in the room receives the same `seq` as
`{"type": "hidden"}`, so that nobody ever sees a gap.
"""

from datetime import datetime
from typing import Any, ClassVar, NamedTuple

import msgspec

from core.db.models import PersonEvent, RoomEvent
from core.permissions import IN_THE_ROOM, Role

VERSION = 1
"""Version of the packets' shape, sent as `v`."""

known: dict[str, type["Event"]] = {}
"""Every declared event type and its class."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all events. A subclass sets `type`, and `audience` when it is not the whole room.

    mine: the event belongs to a person's own stream, not to a room.
    """

    type: ClassVar[str] = ""
    audience: ClassVar[frozenset[Role]] = IN_THE_ROOM
    mine: ClassVar[bool] = False

    def __init_subclass__(cls, **_options: object) -> None:
        if not cls.type or cls.type in known:
            raise TypeError(f"event type missing or declared twice: {cls.__name__}")
        known[cls.type] = cls


def room_packet(row: RoomEvent, epoch: str) -> dict[str, Any]:
    """The packet of a room's event for those who may see it; its data goes out as it was kept."""
    return {
        "v": VERSION,
        "epoch": epoch,
        "seq": row.seq,
        "type": row.type,
        "at": rfc3339(row.at),
        "actor": row.actor,
        "data": msgspec.Raw(row.data),
    }


def hidden_packet(row: RoomEvent, epoch: str) -> dict[str, Any]:
    """The packet of the same event for those who may not."""
    return {"v": VERSION, "epoch": epoch, "seq": row.seq, "type": "hidden"}


class OwnEvent(NamedTuple):
    """A row of `PersonEvent`, read as columns."""

    user_id: str
    seq: int
    type: str
    at: datetime
    data: bytes


def person_packet(row: PersonEvent | OwnEvent, epoch: str) -> dict[str, Any]:
    """The packet of a person's own event."""
    return {
        "v": VERSION,
        "epoch": epoch,
        "seq": row.seq,
        "type": row.type,
        "at": rfc3339(row.at),
        "data": msgspec.Raw(row.data),
    }


def audience_of(row: RoomEvent) -> frozenset[Role]:
    """The roles that may see this event."""
    return frozenset(Role(name) for name in row.audience.split(",") if name)


def rfc3339(at: datetime) -> str:
    """A moment with its offset, as every time in the API is written."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

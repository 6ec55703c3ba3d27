"""Events of rooms and user streams, as rows and as packets.

A feature declares each event as a struct whose fields are the packet's `data`. Names are in the
past tense. `audience` lists the roles that receive it; every other role in the room receives the
same `seq` as `{"type": "hidden"}`, so that sequence numbers have no gaps.
"""

from datetime import datetime
from typing import Any, ClassVar, NamedTuple

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.db.models import PersonEvent, Room, RoomEvent
from core.permissions import IN_THE_ROOM, Role

VERSION = 1
"""Version of the packet format, sent as `v`."""

known: dict[str, type["Event"]] = {}
"""Every declared event type and its class."""


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """Base class of events. Set `type`, and `audience` when it is not the whole room.

    mine: the event belongs to a user stream, not to a room.
    """

    type: ClassVar[str] = ""
    audience: ClassVar[frozenset[Role]] = IN_THE_ROOM
    mine: ClassVar[bool] = False

    def __init_subclass__(cls, **_options: object) -> None:
        if not cls.type or cls.type in known:
            raise TypeError(f"event type missing or declared twice: {cls.__name__}")
        known[cls.type] = cls


def room_packet(row: RoomEvent, epoch: str) -> dict[str, Any]:
    """Return the packet of a room event for its audience; `data` is sent as stored."""
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
    """Return the packet of the same event for roles outside its audience."""
    return {"v": VERSION, "epoch": epoch, "seq": row.seq, "type": "hidden"}


class OwnEvent(NamedTuple):
    """A row of `PersonEvent`, read as columns."""

    user_id: str
    seq: int
    type: str
    at: datetime
    data: bytes


def person_packet(row: PersonEvent | OwnEvent, epoch: str) -> dict[str, Any]:
    """Return the packet of a user stream's event."""
    return {
        "v": VERSION,
        "epoch": epoch,
        "seq": row.seq,
        "type": row.type,
        "at": rfc3339(row.at),
        "data": msgspec.Raw(row.data),
    }


def seq_of(session: Session, room_id: str) -> int:
    """Return the seq of a room in the session's transaction; 0 when there is no such room."""
    return session.scalar(select(Room.seq).where(Room.id == room_id)) or 0


def audience_of(row: RoomEvent) -> frozenset[Role]:
    """Return the roles that may see this event."""
    return frozenset(Role(name) for name in row.audience.split(",") if name)


def rfc3339(at: datetime) -> str:
    """Format a time as RFC 3339 with offset and milliseconds, as everywhere in the API."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""Actions, permissions, views and events of guests without an account."""

from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.permissions import Role
from meetings.meeting.declares import PREPARERS
from meetings.shared.attendance_status import AttendanceStatus


class Action(StrEnum):
    """Actions on guests without an account. Their attendance has the actions of the roll call."""

    PUT = "guest.put"
    REMOVE = "guest.remove"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.PUT: PREPARERS,
    Action.REMOVE: PREPARERS,
}


class GuestView(msgspec.Struct, frozen=True):
    """A guest without an account, as shown to everyone in the room."""

    id: str
    name: str
    position: str
    organisation: str
    attendance: AttendanceStatus | None = None


class GuestPut(Event, frozen=True):
    """A guest was added, or the name, position, organisation or attendance changed."""

    type = "guest_put"
    guest: GuestView


class GuestRemoved(Event, frozen=True):
    """A guest is no longer invited."""

    type = "guest_removed"
    guest_id: str

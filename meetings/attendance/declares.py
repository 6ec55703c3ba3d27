"""What the roll call lets people do, tells the room, and shows to who runs the meeting."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.permissions import IN_THE_ROOM, STAFF, Role
from meetings.attendance.quorum_rules import Quorum
from meetings.meeting.declares import PREPARERS
from meetings.shared.attendance_status import AttendanceStatus


class Action(StrEnum):
    """What can be done with the roll."""

    CONFIRM_OWN = "attendance.confirm_own"
    SET = "attendance.set"
    READ_ROLL = "attendance.read_roll"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.CONFIRM_OWN: IN_THE_ROOM,
    Action.SET: STAFF,
    Action.READ_ROLL: PREPARERS,
}


class AttendanceView(msgspec.Struct, frozen=True):
    """What the roll call says of one person, without the reason. `at`: since when it says so."""

    user_id: str
    status: AttendanceStatus | None
    at: datetime | None


class CalledView(msgspec.Struct, frozen=True):
    """Of whom a word for several changed what the roll says, and to what."""

    user_ids: Sequence[str]
    status: AttendanceStatus | None


class RollLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the roll sheet. `by`: the person who said it, `by_name` as shown."""

    user_id: str
    display_name: str
    position: str | None
    role: str
    entitled_to_vote: bool
    seat: str | None
    status: AttendanceStatus | None
    reason: str | None
    at: datetime | None
    by: str | None
    by_name: str | None


class RollView(msgspec.Struct, frozen=True):
    """The roll sheet: everybody in the order of listing, and where the quorum stands."""

    items: Sequence[RollLine]
    quorum: Quorum


class AttendanceChanged(Event, frozen=True):
    """The roll says something else of a person; None: nothing any more. Never the reason."""

    type = "attendance_changed"
    user_id: str
    attendance: AttendanceStatus | None


class RollCalled(Event, frozen=True):
    """The same word was said of several people at once; None: it was taken back."""

    type = "roll_called"
    user_ids: tuple[str, ...]
    attendance: AttendanceStatus | None

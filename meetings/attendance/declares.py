"""Actions, permissions, views and events of the roll call."""

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
    """Actions on the roll call."""

    CONFIRM_OWN = "attendance.confirm_own"
    SET = "attendance.set"
    READ_ROLL = "attendance.read_roll"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.CONFIRM_OWN: IN_THE_ROOM,
    Action.SET: STAFF,
    Action.READ_ROLL: PREPARERS,
}


class AttendanceView(msgspec.Struct, frozen=True):
    """The attendance of one person, without the reason. `at`: when the status was recorded."""

    user_id: str
    status: AttendanceStatus | None
    at: datetime | None


class CalledView(msgspec.Struct, frozen=True):
    """The people whose attendance a roll call changed, and their new status."""

    user_ids: Sequence[str]
    status: AttendanceStatus | None


class RollLine(msgspec.Struct, frozen=True, kw_only=True):
    """One person of the roll sheet. `by`, `by_name`: id and name of the person who recorded it."""

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
    """The roll sheet: all participants in the order of the list, and the state of the quorum."""

    items: Sequence[RollLine]
    quorum: Quorum


class AttendanceChanged(Event, frozen=True):
    """The attendance of a person changed; None: removed. It never includes the reason."""

    type = "attendance_changed"
    user_id: str
    attendance: AttendanceStatus | None


class RollCalled(Event, frozen=True):
    """The same attendance was recorded for several people; None: it was removed."""

    type = "roll_called"
    user_ids: tuple[str, ...]
    attendance: AttendanceStatus | None

"""A person on the attendance list who is not a participant."""

from datetime import datetime

import msgspec

from meetings.shared.attendance_status import AttendanceStatus


class Attendee(msgspec.Struct, frozen=True, kw_only=True):
    """One entry of the attendance list.

    title: position and organisation. at: the time from which `status` applies.
    """

    name: str
    title: str
    status: AttendanceStatus | None
    at: datetime | None

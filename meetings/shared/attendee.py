"""A person on the attendance list who is no participant."""

from datetime import datetime

import msgspec

from meetings.shared.attendance_status import AttendanceStatus


class Attendee(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the attendance list. title: position and organisation. at: since when `status`
    holds."""

    name: str
    title: str
    status: AttendanceStatus | None
    at: datetime | None

"""Attendance status values. Pure values."""

from enum import StrEnum


class AttendanceStatus(StrEnum):
    """The attendance status of one person in the roll call."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    LATE = "late"
    LEFT = "left"


HERE = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.LATE})
"""Statuses that count as present. A late arrival counts, an early departure does not.

A proxy carries no vote and does not count as present.
"""

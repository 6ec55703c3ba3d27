"""What the roll call says of a person. Pure values."""

from enum import StrEnum


class AttendanceStatus(StrEnum):
    """What the roll call says of one person."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    LATE = "late"
    LEFT = "left"


HERE = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.LATE})
"""Who came late is here now; who left early is not. A proxy carries no vote and is not here."""

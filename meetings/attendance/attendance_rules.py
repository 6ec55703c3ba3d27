"""Rules of the roll call. Pure: no database, no clock, no request."""

from meetings.meeting.declares import WrongStatus
from meetings.shared.attendance_status import HERE, AttendanceStatus
from meetings.shared.models import MeetingStatus

CALLED_IN = frozenset(
    {MeetingStatus.PUBLISHED, MeetingStatus.IN_SESSION, MeetingStatus.PAUSED},
)
"""The statuses of a meeting in which attendance is recorded: from publication to its end."""


def check_moment(now: MeetingStatus) -> None:
    """Raise WrongStatus before the meeting is published and once it is over."""
    if now not in CALLED_IN:
        raise WrongStatus(status=now.value, wanted="")


def confirms_own(actor_id: str, user_id: str, status: AttendanceStatus, reason: str | None) -> bool:
    """Whether participants confirm their own presence without a reason, which all may do."""
    return actor_id == user_id and status is AttendanceStatus.PRESENT and not reason


def status_after_own_word(current: AttendanceStatus | None) -> AttendanceStatus:
    """The status after a person confirms their presence: LATE stays LATE."""
    return current if current in HERE and current is not None else AttendanceStatus.PRESENT


def reason_after(
    current: AttendanceStatus | None,
    reason: str | None,
    status: AttendanceStatus,
    given: str | None,
) -> str | None:
    """The reason to store with `status`. given None: no reason was given; "": remove it.

    A reason belongs to one status: without a given reason, a different status has none.
    """
    if given is not None:
        return given or None
    return reason if current is status else None

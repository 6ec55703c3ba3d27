"""What the roll call may say, and when. Pure: no database, no clock, no request."""

from meetings.meeting.declares import WrongStatus
from meetings.shared.attendance_status import HERE, AttendanceStatus
from meetings.shared.models import MeetingStatus

CALLED_IN = frozenset(
    {MeetingStatus.PUBLISHED, MeetingStatus.IN_SESSION, MeetingStatus.PAUSED},
)
"""From the invitation on, as long as the meeting is not over."""


def check_moment(now: MeetingStatus) -> None:
    """Raise WrongStatus before the meeting is published and once it is over."""
    if now not in CALLED_IN:
        raise WrongStatus(status=now.value, wanted="")


def confirms_own(
    speaker_id: str, user_id: str, status: AttendanceStatus, reason: str | None
) -> bool:
    """Whether this is what anybody may say: that one is here oneself, without more words."""
    return speaker_id == user_id and status is AttendanceStatus.PRESENT and not reason


def status_after_own_word(said: AttendanceStatus | None) -> AttendanceStatus:
    """What the roll says once a person confirms to be here: who came late stays late."""
    return said if said in HERE and said is not None else AttendanceStatus.PRESENT


def reason_after(
    said: AttendanceStatus | None, reason: str | None, status: AttendanceStatus, given: str | None
) -> str | None:
    """The reason that goes with a status. None: none was given; empty: take it away.

    A reason belongs to what it was given for: another status without one has none.
    """
    if given is not None:
        return given or None
    return reason if said is status else None

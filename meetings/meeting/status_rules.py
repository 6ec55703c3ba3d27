"""The status machine of a meeting. Pure: no database, no clock, no request."""

from datetime import datetime, timedelta

from meetings.meeting.declares import WrongStatus
from meetings.shared.models import MeetingStatus as Status

STEPS: dict[Status, frozenset[Status]] = {
    Status.DRAFT: frozenset({Status.PUBLISHED, Status.IN_SESSION}),
    Status.PUBLISHED: frozenset({Status.IN_SESSION}),
    Status.IN_SESSION: frozenset({Status.PAUSED, Status.CLOSED}),
    Status.PAUSED: frozenset({Status.IN_SESSION, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.ARCHIVED, Status.IN_SESSION}),
    Status.ARCHIVED: frozenset(),
}
"""The allowed next statuses of each status."""

REOPEN_WITHIN = timedelta(minutes=10)
"""The time after its end in which a meeting can be reopened."""

PUBLISHING = frozenset({Status.PUBLISHED, Status.IN_SESSION})
"""Next statuses that publish every ready document."""

UNDER_WAY = frozenset({Status.IN_SESSION, Status.PAUSED})
OVER = frozenset({Status.CLOSED, Status.ARCHIVED})


def check_step(
    now: Status, wanted: Status, *, at: datetime, closed_at: datetime | None = None
) -> None:
    """Raise WrongStatus when this transition is not allowed, or a reopening comes too late.

    at: the time of the transition. closed_at: the time at which the meeting ended, if it did.
    """
    late = now is Status.CLOSED and wanted is Status.IN_SESSION and not _just_closed(at, closed_at)
    if wanted not in STEPS[now] or late:
        raise WrongStatus(status=now.value, wanted=wanted.value)


def refusal_if_over(now: Status) -> WrongStatus | None:
    """The refusal of changes to a meeting that is over; None while it may be changed."""
    return WrongStatus(status=now.value, wanted="") if now in OVER else None


def check_open(now: Status) -> None:
    """Raise WrongStatus when the meeting is over."""
    refusal = refusal_if_over(now)
    if refusal is not None:
        raise refusal


def check_deletable(now: Status) -> None:
    """Raise WrongStatus once the meeting has started: it is then a record and not deletable."""
    if now not in (Status.DRAFT, Status.PUBLISHED):
        raise WrongStatus(status=now.value, wanted="")


def _just_closed(at: datetime, closed_at: datetime | None) -> bool:
    return closed_at is not None and at - closed_at <= REOPEN_WITHIN

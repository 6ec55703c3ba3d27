"""Whether a quorum is present. Pure: integers in, integers out."""

from collections.abc import Iterable

import msgspec

from core.i18n import Words
from meetings.shared.attendance_status import HERE, AttendanceStatus
from meetings.shared.shares import Share, least


class QuorumRule(Share, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The share of entitled people required. `confirmed`: a lawyer has checked the citation."""

    formula: Words
    citation: Words
    confirmed: bool


class Quorum(msgspec.Struct, frozen=True):
    """The state of a quorum, in numbers of people. `missing`: required minus present, or 0."""

    present: int
    entitled: int
    required: int
    met: bool
    missing: int


def present_among(statuses: Iterable[AttendanceStatus | None]) -> int:
    """The number of people present by the roll call. None (not recorded) counts as absent."""
    return sum(1 for status in statuses if status in HERE)


def quorum_of(rule: Share, *, present: int, entitled: int) -> Quorum:
    """The state of the quorum. It is never met if nobody is entitled.

    Raises ValueError unless 0 <= present <= entitled.
    """
    if not 0 <= present <= entitled:
        raise ValueError(f"{present} present of {entitled} entitled")
    required = least(rule, entitled)
    return Quorum(
        present=present,
        entitled=entitled,
        required=required,
        met=present >= required,
        missing=max(0, required - present),
    )


def quorum_among(rule: Share, of_entitled: Iterable[AttendanceStatus | None]) -> Quorum:
    """The state of the quorum by the attendance of all people entitled to vote."""
    statuses = tuple(of_entitled)
    return quorum_of(rule, present=present_among(statuses), entitled=len(statuses))

"""Whether enough of the entitled are here. Pure: integers in, integers out."""

from collections.abc import Iterable

import msgspec

from core.i18n import Words
from meetings.shared.attendance_status import HERE, AttendanceStatus
from meetings.shared.shares import Share, least


class QuorumRule(Share, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many of the entitled must be here. `confirmed`: a lawyer has checked the citation."""

    formula: Words
    citation: Words
    confirmed: bool


class Quorum(msgspec.Struct, frozen=True):
    """Of `entitled` people `present` are here, `required` must be; `missing` are too few."""

    present: int
    entitled: int
    required: int
    met: bool
    missing: int


def present_among(statuses: Iterable[AttendanceStatus | None]) -> int:
    """How many are here by the roll call. None: nothing was said of this person, so not here."""
    return sum(1 for status in statuses if status in HERE)


def quorum_of(rule: Share, *, present: int, entitled: int) -> Quorum:
    """Where the quorum stands. Never met where nobody is entitled.

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
    """The quorum by what the roll says of everybody who is entitled to vote."""
    said = tuple(of_entitled)
    return quorum_of(rule, present=present_among(said), entitled=len(said))

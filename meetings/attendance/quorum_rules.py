"""Whether enough of the entitled are here. Pure: integers in, integers out.

Also what the rules of votes share with it: a share of a base.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from core.i18n import Words

Part = Annotated[int, Meta(ge=1, le=10_000)]


class AttendanceStatus(StrEnum):
    """What the roll call says of one person."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"
    LATE = "late"
    LEFT = "left"


HERE = frozenset({AttendanceStatus.PRESENT, AttendanceStatus.LATE})
"""Who came late is here now; who left early is not. A proxy carries no vote and is not here."""


class Comparison(StrEnum):
    """How a number stands to a share of its base."""

    MORE_THAN = ">"
    AT_LEAST = ">="


class Share(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """More than, or at least, `numerator` `denominator`-ths of a base.

    Raises ValueError unless 0 < numerator <= denominator and the share can be reached.
    """

    numerator: Part
    denominator: Part
    comparison: Comparison

    def __post_init__(self) -> None:
        if not 0 < self.numerator <= self.denominator:
            raise ValueError("`numerator` must be from 1 to the denominator")
        if self.numerator == self.denominator and self.comparison is Comparison.MORE_THAN:
            raise ValueError("`comparison` asks for more than all: nothing could reach it")


def least(share: Share, base: int) -> int:
    """The smallest positive number that reaches a share of `base` people.

    2/3 of 9 is 6: the product is compared, a rounded share never. At least 1 even of an empty
    base, for nobody's silence decides anything.
    """
    if base < 0:
        raise ValueError(f"a base of {base} people")
    product = share.numerator * base
    if share.comparison is Comparison.MORE_THAN:
        return product // share.denominator + 1
    return max(1, -(-product // share.denominator))


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


def quorum_of(rule: QuorumRule, *, present: int, entitled: int) -> Quorum:
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


def quorum_among(rule: QuorumRule, of_entitled: Iterable[AttendanceStatus | None]) -> Quorum:
    """The quorum by what the roll says of everybody who is entitled to vote."""
    said = tuple(of_entitled)
    return quorum_of(rule, present=present_among(said), entitled=len(said))

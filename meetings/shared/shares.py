"""A share of a base, in integers. Pure: integers in, integers out."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

Part = Annotated[int, Meta(ge=1, le=10_000)]


class Comparison(StrEnum):
    """The comparison of a number with a share of its base."""

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

    The product is compared, not a rounded share: 2/3 of 9 is 6. The result is at least 1 even for
    an empty base, so that zero never reaches a share. Raises ValueError: `base` is negative.
    """
    if base < 0:
        raise ValueError(f"a base of {base} people")
    product = share.numerator * base
    if share.comparison is Comparison.MORE_THAN:
        return product // share.denominator + 1
    return max(1, -(-product // share.denominator))

"""A share of a base, in whole numbers. Pure: integers in, integers out."""

from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

Part = Annotated[int, Meta(ge=1, le=10_000)]


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

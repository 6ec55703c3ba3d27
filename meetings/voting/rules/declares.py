"""Permissions and views of vote rules and rule packs."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

import msgspec

from core.permissions import Role


class Action(StrEnum):
    """Actions on vote rules and rule packs."""

    READ_RULES = "vote_rules.read"
    READ_PACKS = "rule_pack.read"
    ADD_PACK = "rule_pack.add"
    WITHDRAW_PACK = "rule_pack.withdraw"


_ADMIN = frozenset({Role.ADMIN})

permissions: dict[StrEnum, frozenset[Role]] = {
    Action.READ_RULES: frozenset({Role.PERSON}),
    Action.READ_PACKS: _ADMIN,
    Action.ADD_PACK: _ADMIN,
    Action.WITHDRAW_PACK: _ADMIN,
}


class VoteQuorum(msgspec.Struct, frozen=True, kw_only=True):
    """The quorum of a rule, in words. `example`: the number required in a body of 30."""

    formula: str
    citation: str
    confirmed: bool
    numerator: int
    denominator: int
    comparison: str
    example: str


class VoteOption(msgspec.Struct, frozen=True):
    """A default option of polls under a rule."""

    key: str
    label: str


class VoteRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule in the reader's language.

    base: `entitled`, `present` or `cast`; tie: `not_adopted` or `chair_side`. example: the number
    required for 30 people. confirmed: a lawyer has checked the citation. own: from a custom pack.
    effective_from, effective_to: first and last day; null: unlimited.
    """

    id: str
    version: int
    title: str
    formula: str
    citation: str
    confirmed: bool
    pack: str
    kinds: Sequence[str]
    base: str
    numerator: int
    denominator: int
    comparison: str
    tie: str
    example: str
    entitled: str
    voters: str
    chair: str
    options: Sequence[VoteOption]
    quorum: VoteQuorum
    effective_from: date | None
    effective_to: date | None
    own: bool


class RulePackView(msgspec.Struct, frozen=True, kw_only=True):
    """A rule pack with its rules, for administrators.

    id: null for a preview; for a built-in pack its `pack_id`. unit_id: the unit that owns it; null:
    all units. problem: why a pack that is not withdrawn is not offered.
    """

    id: str | None
    pack_id: str
    version: int
    title: str
    kinds: Sequence[str]
    own: bool
    unit_id: str | None = None
    unit_name: str | None = None
    added_at: datetime | None = None
    added_by: str | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    problem: str | None = None
    rules: Sequence[VoteRule] = ()


class RulePackText(RulePackView, frozen=True, kw_only=True):
    """A rule pack with its TOML."""

    source: str

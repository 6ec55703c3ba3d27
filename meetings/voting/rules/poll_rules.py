"""Rules of a poll: roster, required number, verdict, ties. Pure.

Integers only. A verdict compares counts; percentages are computed only for display.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from core.errors import InvalidInput, Refusal
from core.i18n import Words
from meetings.attendance.quorum_rules import QuorumRule
from meetings.shared.shares import Share, least
from meetings.voting.rules.question_rules import ChoiceKey, DefaultOption
from meetings.voting.rules.tally_rules import Count

Id = Annotated[str, Meta(pattern=r"\A[a-z][a-z0-9_]{0,59}\Z")]
Version = Annotated[int, Meta(ge=1, le=1_000_000)]
Kind = Annotated[str, Meta(min_length=1, max_length=60)]


class PollMethod(StrEnum):
    """How a poll is held. Only a named poll records each person's choice."""

    NAMED = "named"
    HANDS = "hands"
    PAPER = "paper"


class Base(StrEnum):
    """The base of a share: all entitled, those present, or those who cast a vote.

    Abstentions and invalid paper ballots are cast; missing votes and paper ballots not returned are
    not.
    """

    ENTITLED = "entitled"
    PRESENT = "present"
    CAST = "cast"


class TieRule(StrEnum):
    """The effect of equal votes for and against, if the required number is not reached."""

    NOT_ADOPTED = "not_adopted"
    CHAIR_SIDE = "chair_side"


class Verdict(StrEnum):
    """The result of a closed poll."""

    ADOPTED = "adopted"
    NOT_ADOPTED = "not_adopted"
    TIE_NEEDS_RULING = "tie_needs_ruling"


class TieFlow(StrEnum):
    """How a tie is decided: by the chair's ballot, or by a ruling that the chair records."""

    CHAIR_BALLOT = "chair_ballot"
    RULING = "ruling"


class NobodyEntitled(Refusal):
    """Nobody in the meeting is entitled to vote, so a poll could decide nothing."""

    code, status = "nobody_entitled", 409


class RulingNotNeeded(Refusal):
    """The poll does not wait for the chair's ruling."""

    code, status = "ruling_not_needed", 409


class RuleWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body's terms for its people. `voters`: plural; `of_body`: follows "all voters"."""

    voters: Words
    of_body: Words
    chair: Words


class DecisionRule(Share, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The part of a rule that decides a poll."""

    base: Base
    tie: TieRule


class Rule(DecisionRule, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A complete rule, as stored in a poll.

    pack, kinds, words, quorum, options: of the body, from its pack. entitled: description of those
    who may vote. confirmed: a lawyer has checked the citation. effective_from, effective_to: first
    and last day; None: unlimited.
    """

    id: Id
    version: Version
    pack: Id
    kinds: tuple[Kind, ...]
    title: Words
    formula: Words
    entitled: Words
    citation: Words
    confirmed: bool
    words: RuleWords
    quorum: QuorumRule
    options: tuple[DefaultOption, ...]
    effective_from: date | None = None
    effective_to: date | None = None


class RosterEntry(msgspec.Struct, frozen=True):
    """A person at the opening of a poll. Only people both entitled and present may vote."""

    user_id: str
    name: str
    entitled: bool
    present: bool


class Chair(msgspec.Struct, frozen=True):
    """The presiding chair. `choice`: of the ballot that counts; None: not entitled, or no
    ballot."""

    user_id: str
    choice: str | None


class Tie(msgspec.Struct, frozen=True):
    """A tie that the chair decides. `side`: for or against; None while a ruling is awaited."""

    flow: TieFlow
    chair_user_id: str | None
    side: ChoiceKey | None


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict and its numbers. `deciding`: the option that was measured; `reached`: its count.

    missing, surplus: by how much `reached` is below or above `required`.
    """

    verdict: Verdict
    base: Base
    base_number: int
    required: int
    deciding: str | None
    reached: int
    missing: int
    surplus: int
    tie: Tie | None


def frozen_roster(people: Iterable[RosterEntry]) -> tuple[RosterEntry, ...]:
    """The entitled people in the order of listing; their number is N. Raises: NobodyEntitled.

    Entitlement is independent of role and presence: a chair or secretary who is not entitled is
    excluded, and an absent member is included. Raises: ValueError if a person is listed twice.
    """
    roster = tuple(person for person in people if person.entitled)
    if not roster:
        raise NobodyEntitled()
    if len({person.user_id for person in roster}) != len(roster):
        raise ValueError("somebody is on the roster twice")
    return roster


def voters(roster: Iterable[RosterEntry]) -> frozenset[str]:
    """Ids of those who may vote: entitled, and present at the opening."""
    return frozenset(person.user_id for person in roster if person.entitled and person.present)


def presiding(chair_id: str, may_vote: frozenset[str], ballots: Mapping[str, str]) -> Chair:
    """The chair with the choice of the chair's ballot, if one counts."""
    return Chair(chair_id, ballots.get(chair_id) if chair_id in may_vote else None)


def base_number(base: Base, count: Count) -> int:
    """Number of people in the base of a count."""
    if base is Base.ENTITLED:
        return count.n
    return count.present if base is Base.PRESENT else count.voted


def deciding_option(counts: Mapping[str, int]) -> tuple[str | None, int]:
    """The option that is measured, and its count.

    It is `for` if the poll has it. Otherwise it is the leading option, excluding against and
    abstain; None if two options lead together.
    """
    if ChoiceKey.FOR in counts:
        return ChoiceKey.FOR.value, counts[ChoiceKey.FOR]
    proposals = {key: number for key, number in counts.items() if key not in set(ChoiceKey)}
    most = max(proposals.values(), default=0)
    leading = [key for key, number in proposals.items() if number == most]
    return (leading[0] if len(leading) == 1 else None), most


def decide(rule: DecisionRule, method: PollMethod, count: Count, chair: Chair | None) -> Outcome:
    """The verdict of a count. `chair`: the presiding chair, None if there is none.

    Raises: ValueError if the count does not add up, because it must not be published.
    """
    if not count.adds_up:
        raise ValueError(f"the count does not add up: {count}")
    of_base = base_number(rule.base, count)
    required = least(rule, of_base)
    deciding, reached = deciding_option(count.counts)
    tie = None
    if deciding is not None and reached >= required:
        verdict = Verdict.ADOPTED
    elif rule.tie is TieRule.CHAIR_SIDE and _tied(count.counts):
        tie = _tie(method, chair)
        verdict = _by_side(tie.side)
    else:
        verdict = Verdict.NOT_ADOPTED
    return Outcome(
        verdict=verdict,
        base=rule.base,
        base_number=of_base,
        required=required,
        deciding=deciding,
        reached=reached,
        missing=max(0, required - reached),
        surplus=max(0, reached - required),
        tie=tie,
    )


def _tied(counts: Mapping[str, int]) -> bool:
    """Whether for equals against. Not "for equals half of N": 5-5-1 of 11 is a tie; 0-0 is not."""
    in_favour = counts.get(ChoiceKey.FOR, 0)
    return in_favour > 0 and in_favour == counts.get(ChoiceKey.AGAINST, 0)


def _tie(method: PollMethod, chair: Chair | None) -> Tie:
    chair_id = chair.user_id if chair else None
    if method is PollMethod.NAMED and chair is not None:
        if chair.choice in (ChoiceKey.FOR, ChoiceKey.AGAINST):
            return Tie(TieFlow.CHAIR_BALLOT, chair_id, ChoiceKey(chair.choice))
    return Tie(TieFlow.RULING, chair_id, None)


def _by_side(side: ChoiceKey | None) -> Verdict:
    if side is None:
        return Verdict.TIE_NEEDS_RULING
    return Verdict.ADOPTED if side is ChoiceKey.FOR else Verdict.NOT_ADOPTED


def with_ruling(outcome: Outcome, side: str) -> Outcome:
    """The outcome after the chair's ruling. Raises: RulingNotNeeded, InvalidInput (no such
    side)."""
    if outcome.verdict is not Verdict.TIE_NEEDS_RULING or outcome.tie is None:
        raise RulingNotNeeded()
    if side not in (ChoiceKey.FOR, ChoiceKey.AGAINST):
        raise InvalidInput(("side", "for or against"))
    ruled = msgspec.structs.replace(outcome.tie, side=ChoiceKey(side))
    return msgspec.structs.replace(outcome, verdict=_by_side(ruled.side), tie=ruled)


def hundredths(part: int, base: int) -> int:
    """A part of a base in hundredths of a percent, rounded half up: 22 of 31 is 7097.

    Raises: ValueError for an empty base or a negative part.
    """
    if base <= 0 or part < 0:
        raise ValueError(f"{part} of {base} has no percentage")
    return (20_000 * part + base) // (2 * base)

"""Counting: ballots of persons, tallies, and the identity that they must satisfy. Pure.

One poll may combine channels. Each person's ballot counts once, whatever its channel. Tallies of
hands and paper ballots count people without a ballot of their own. The total never exceeds the
number of people present.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from core.errors import InvalidInput, Refusal

MOST = 1_000_000
"""Upper limit of every number in a tally, far above any real meeting."""


class Channel(StrEnum):
    """How a vote was cast."""

    TABLET = "tablet"
    RECORDED = "recorded"
    HANDS = "hands"
    PAPER = "paper"


BY_HAND = frozenset({Channel.HANDS, Channel.PAPER})
"""Channels that give numbers without names."""


class Identity(StrEnum):
    """The sums that a tally must satisfy, named by their left side."""

    ISSUED = "issued"  # = returned + not returned
    RETURNED = "returned"  # = valid + invalid
    VALID = "valid"  # = sum of the counts
    PRESENT = "present"  # >= ballots of persons + hands + papers issued


class TallyDoesNotAddUp(Refusal):
    """A sum is wrong. `identity`: which one; `expected`, `found`: its left and right sides."""

    code, status = "tally_does_not_add_up", 422


class UnknownChoice(Refusal):
    """The poll has no such option."""

    code, status = "unknown_choice", 422


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Numbers of one channel. `issued`, `returned`, `invalid`: of paper ballots only.

    `not_returned` and `valid` are derived from the others; given values must match.
    """

    channel: Channel
    counts: dict[str, int]
    issued: int | None = None
    returned: int | None = None
    not_returned: int | None = None
    valid: int | None = None
    invalid: int | None = None


class Cast(msgspec.Struct, frozen=True):
    """One ballot of one person. `revision`: 1 for the first, plus 1 for each change."""

    user_id: str
    choice: str
    revision: int


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A counted poll: each of the `n` entitled people is in exactly one part.

    counts: of each option, in order. invalid, not_returned: paper ballots. not_sent: present
    without a vote. absent: not present at the opening. See `parts`.
    """

    n: int
    present: int
    counts: dict[str, int]
    invalid: int
    not_returned: int
    not_sent: int
    absent: int

    @property
    def voted(self) -> int:
        """Number of votes cast, including invalid paper ballots."""
        return sum(self.counts.values()) + self.invalid

    @property
    def parts(self) -> tuple[tuple[str, int], ...]:
        """The identity: these numbers add up to n. Parts of paper ballots are included if not 0."""
        papers = (("invalid", self.invalid), ("not_returned", self.not_returned))
        return (
            *self.counts.items(),
            *(part for part in papers if part[1]),
            ("not_sent", self.not_sent),
            ("absent", self.absent),
        )

    @property
    def adds_up(self) -> bool:
        """Whether the identity holds and no part is negative."""
        numbers = [number for _, number in self.parts]
        return min(numbers) >= 0 and sum(numbers) == self.n


def standing(ballots: Iterable[Cast]) -> dict[str, str]:
    """The choice of each person that counts: the one with the highest revision.

    Raises: ValueError if a person has the same revision twice.
    """
    latest: dict[str, Cast] = {}
    seen: set[tuple[str, int]] = set()
    for ballot in ballots:
        if (ballot.user_id, ballot.revision) in seen:
            raise ValueError(f"revision {ballot.revision} of {ballot.user_id} stands twice")
        seen.add((ballot.user_id, ballot.revision))
        before = latest.get(ballot.user_id)
        if before is None or before.revision < ballot.revision:
            latest[ballot.user_id] = ballot
    return {user_id: ballot.choice for user_id, ballot in latest.items()}


def check_choice(options: Sequence[str], choice: str) -> None:
    """Raises UnknownChoice unless the poll has this option."""
    if choice not in options:
        raise UnknownChoice(choice=choice)


def checked_tally(tally: Tally, options: Sequence[str]) -> Tally:
    """The tally with a count for every option and all numbers of its channel.

    Raises: InvalidInput (a number out of range, missing or out of place), UnknownChoice,
    TallyDoesNotAddUp.
    """
    if tally.channel not in BY_HAND:
        raise InvalidInput(("channel", "hands or paper"))
    for key in tally.counts:
        check_choice(options, key)
    counts = {
        key: _number(f"counts.{key}", tally.counts.get(key, 0), needed=True) for key in options
    }
    if tally.channel is Channel.HANDS:
        return _of_hands(tally, counts)
    return _of_papers(tally, counts)


def _number(field: str, value: int | None, *, needed: bool) -> int:
    if value is None and not needed:
        return 0
    # bool is a subclass of int, but not a valid number here
    if type(value) is not int or not 0 <= value <= MOST:
        raise InvalidInput((field, f"a whole number from 0 to {MOST}"))
    return value


def _of_hands(tally: Tally, counts: dict[str, int]) -> Tally:
    for field in ("issued", "returned", "not_returned", "invalid"):
        if getattr(tally, field):
            raise InvalidInput((field, "only papers are issued and returned"))
    _check_sum(Identity.VALID, tally.valid, sum(counts.values()))
    return Tally(channel=Channel.HANDS, counts=counts)


def _of_papers(tally: Tally, counts: dict[str, int]) -> Tally:
    issued = _number("issued", tally.issued, needed=True)
    returned = _number("returned", tally.returned, needed=True)
    invalid = _number("invalid", tally.invalid, needed=False)
    if returned > issued:
        raise TallyDoesNotAddUp(identity=Identity.ISSUED.value, expected=issued, found=returned)
    if invalid > returned:
        raise TallyDoesNotAddUp(identity=Identity.RETURNED.value, expected=returned, found=invalid)
    not_returned, valid = issued - returned, returned - invalid
    _check_sum(Identity.ISSUED, issued, returned + _given(tally.not_returned, not_returned))
    _check_sum(Identity.RETURNED, returned, invalid + _given(tally.valid, valid))
    _check_sum(Identity.VALID, valid, sum(counts.values()))
    return Tally(
        channel=Channel.PAPER,
        counts=counts,
        issued=issued,
        returned=returned,
        not_returned=not_returned,
        valid=valid,
        invalid=invalid,
    )


def _given(number: int | None, computed: int) -> int:
    return computed if number is None else number


def _check_sum(identity: Identity, expected: int | None, found: int) -> None:
    if expected is not None and expected != found:
        raise TallyDoesNotAddUp(identity=identity.value, expected=expected, found=found)


def counted(
    options: Sequence[str],
    n: int,
    present: frozenset[str],
    ballots: Mapping[str, str],
    tallies: Iterable[Tally] = (),
) -> Count:
    """Count a poll.

    options: the keys, in order. n: the frozen number of entitled people. present: ids of those who
    were present at the opening. ballots: the choice of each person that counts. tallies: at most
    one for each channel, of people without a ballot of their own. Raises: TallyDoesNotAddUp,
    UnknownChoice, InvalidInput; ValueError for errors of the caller (a ballot of a person who may
    not vote, two tallies of a channel, more present than entitled).
    """
    by_hand = [checked_tally(tally, options) for tally in tallies]
    if len({tally.channel for tally in by_hand}) != len(by_hand):
        raise ValueError("two tallies of one channel")
    if len(present) > n or not ballots.keys() <= present:
        raise ValueError("somebody is counted who is not on the roster")
    counts = dict.fromkeys(options, 0)
    for choice in ballots.values():
        check_choice(options, choice)
        counts[choice] += 1
    for tally in by_hand:
        for key, number in tally.counts.items():
            counts[key] += number
    reached = len(ballots) + sum(_people(tally) for tally in by_hand)
    if reached > len(present):
        raise TallyDoesNotAddUp(
            identity=Identity.PRESENT.value, expected=len(present), found=reached
        )
    return Count(
        n=n,
        present=len(present),
        counts=counts,
        invalid=sum(tally.invalid or 0 for tally in by_hand),
        not_returned=sum(tally.not_returned or 0 for tally in by_hand),
        not_sent=len(present) - reached,
        absent=n - len(present),
    )


def _people(tally: Tally) -> int:
    """Number of people that a tally stands for. Each issued paper ballot stands for one person."""
    return sum(tally.counts.values()) if tally.issued is None else tally.issued

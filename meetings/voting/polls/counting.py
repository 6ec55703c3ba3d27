"""Input of a count: committed ballots, the choice of each person that counts, tallies."""

from collections.abc import Iterable, Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.offload import yield_control
from meetings.voting.models import Ballot, PollTally
from meetings.voting.poll_facts import Opening
from meetings.voting.rules.question_rules import Option
from meetings.voting.rules.tally_rules import Cast, Count, Tally, counted, standing

AT_ONCE = 100
"""Ballots read before control is yielded to other green threads."""


def ballots_of(session: Session, poll_id: str) -> Sequence[Ballot]:
    """The committed ballots, in the order of the log."""
    rows = (
        select(Ballot)
        .where(Ballot.poll_id == poll_id, Ballot.log_index.is_not(None))
        .order_by(Ballot.log_index)
        .execution_options(yield_per=AT_ONCE)
    )
    every: list[Ballot] = []
    for some in session.scalars(rows).partitions():
        every += some
        yield_control()
    return every


def choices(ballots: Sequence[Ballot]) -> dict[str, str]:
    """The choice of each person that counts, by user id."""
    return standing(Cast(one.user_id, one.choice, one.revision or 1) for one in ballots)


def count_of(
    options: Iterable[Option],
    opening: Opening,
    ballots: Sequence[Ballot],
    tallies: Sequence[Tally],
) -> Count:
    """The count of a poll from its ballots and tallies. Raises: TallyDoesNotAddUp."""
    keys = [option.key for option in options]
    return counted(keys, opening.n, frozenset(opening.voters), choices(ballots), tallies)


def tally_rows(session: Session, poll_id: str) -> Sequence[PollTally]:
    """The last entered tallies of a poll, with the person who entered each."""
    rows = select(PollTally).where(PollTally.poll_id == poll_id).order_by(PollTally.channel)
    return session.scalars(rows).all()


def tally_of(row: PollTally) -> Tally:
    """The numbers of a tally row."""
    return Tally(
        channel=row.channel,
        counts=msgspec.json.decode(row.counts, type=dict[str, int]),
        issued=row.issued,
        returned=row.returned,
        invalid=row.invalid,
    )


def tallies_of(session: Session, poll_id: str) -> list[Tally]:
    """The numbers of every tally of a poll."""
    return [tally_of(row) for row in tally_rows(session, poll_id)]

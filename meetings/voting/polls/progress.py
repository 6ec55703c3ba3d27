"""Progress of an open poll: everything that may be disclosed before closing, never a choice."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.permissions import STAFF, Role
from meetings.voting.models import Ballot, Poll, PollStatus, PollTally
from meetings.voting.poll_facts import Tallied, Unconfirmed, VoteProgress
from meetings.voting.polls.presenters import opening_of


def voted(session: Session, poll_id: str) -> set[str]:
    """Ids of the people whose ballot counts."""
    rows = select(Ballot.user_id).where(Ballot.poll_id == poll_id, Ballot.log_index.is_not(None))
    return set(session.scalars(rows))


def waiting(session: Session, poll: Poll) -> list[str]:
    """Ids of voters without a ballot, in the order of the roster."""
    sent = voted(session, poll.id)
    return [user_id for user_id in opening_of(poll).voters if user_id not in sent]


def unconfirmed(session: Session, poll_id: str) -> list[Ballot]:
    """Recorded ballots that wait for the second person."""
    rows = select(Ballot).where(Ballot.poll_id == poll_id, Ballot.log_index.is_(None))
    return list(session.scalars(rows.order_by(Ballot.at, Ballot.id)))


def progress(session: Session, poll: Poll) -> VoteProgress:
    """The progress that everybody in the room may read."""
    distinct = func.count(Ballot.user_id.distinct())
    count = select(distinct).where(Ballot.poll_id == poll.id, Ballot.log_index.is_not(None))
    by_hand = sum(one.people for one in tallied(session, poll.id))
    opening = opening_of(poll)
    return VoteProgress(
        poll_id=poll.id,
        voted=(session.scalar(count) or 0) + by_hand,
        present=opening.present,
        n=opening.n,
    )


def staff_progress(session: Session, poll: Poll) -> VoteProgress:
    """The progress for chair and secretary: missing voters, unconfirmed ballots, tallies."""
    sent, by_hand, opening = voted(session, poll.id), tallied(session, poll.id), opening_of(poll)
    return VoteProgress(
        poll_id=poll.id,
        voted=len(sent) + sum(one.people for one in by_hand),
        present=opening.present,
        n=opening.n,
        waiting=[user_id for user_id in opening.voters if user_id not in sent],
        unconfirmed=[
            Unconfirmed(one.id, one.user_id, one.entered_by or "")
            for one in unconfirmed(session, poll.id)
        ],
        tallied=by_hand,
    )


def without_staff_parts(known: VoteProgress) -> VoteProgress:
    """The part of staff progress that everybody may read."""
    return VoteProgress(poll_id=known.poll_id, voted=known.voted, present=known.present, n=known.n)


def tallied(session: Session, poll_id: str) -> list[Tallied]:
    """The channels with a tally, and how many people each stands for."""
    rows = session.scalars(select(PollTally).where(PollTally.poll_id == poll_id))
    return [Tallied(row.channel.value, _people(row), row.by_name) for row in rows]


def open_progress(session: Session, meeting_id: str, role: Role) -> Sequence[VoteProgress]:
    """The progress of every open poll of a meeting that a role may read."""
    polls = session.scalars(
        select(Poll).where(Poll.meeting_id == meeting_id, Poll.status == PollStatus.OPEN)
    )
    read = staff_progress if role in STAFF else progress
    return [read(session, poll) for poll in polls]


def _people(tally: PollTally) -> int:
    if tally.issued is not None:
        return tally.issued
    return sum(msgspec.json.decode(tally.counts, type=dict[str, int]).values())

"""Unannounced results: only chair and secretary may read them.

Other roles may read them once the result is announced, the poll is cancelled or the meeting ends.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.errors import NotAllowed
from core.permissions import IN_THE_ROOM, STAFF
from core.transactions.transaction import Tx
from meetings.meeting.status_rules import OVER
from meetings.shared.models import Meeting, MeetingStatus
from meetings.voting.declares import Action, NotAnnounced, PollClosed, PollRuled
from meetings.voting.models import (
    Ballot,
    Poll,
    PollStatus,
    PollTally,
    VoteLog,
)
from meetings.voting.poll_facts import PollView
from meetings.voting.polls.presenters import closing_of, ending_of, poll_view
from meetings.voting.vote_log.parts import LogPlace
from meetings.voting.vote_log.writer import checkpoints_over

OTHERS = IN_THE_ROOM - STAFF
"""Roles in the room that may not read a result before the announcement."""


def is_withheld(poll: Poll, meeting_status: MeetingStatus) -> bool:
    """Whether only chair and secretary may read the result of a poll."""
    return (
        poll.status is PollStatus.CLOSED
        and ending_of(poll).announced_at is None
        and meeting_status not in OVER
    )


def without_result(view: PollView) -> PollView:
    """A closed poll without its result. A ruling is removed too, because it reveals a tie."""
    return msgspec.structs.replace(
        view, result=None, ending=msgspec.structs.replace(view.ending, ruling=None)
    )


def may_read_unannounced(session: Session, actor: Actor, meeting: Meeting) -> bool:
    """Whether the actor may read results before they are announced."""
    try:
        current_context().permissions.allow(session, actor, Action.READ_UNANNOUNCED, meeting)
    except NotAllowed:
        return False
    return True


def has_to_wait(session: Session, actor: Actor, poll: Poll) -> bool:
    """Whether the result of a poll is withheld from the actor."""
    meeting = session.get_one(Meeting, poll.meeting_id)
    return is_withheld(poll, meeting.status) and not may_read_unannounced(session, actor, meeting)


def check_announced(session: Session, actor: Actor, poll: Poll) -> None:
    """Raises NotAnnounced if the result is withheld from the actor."""
    if has_to_wait(session, actor, poll):
        raise NotAnnounced()


def publish_closed(tx: Tx, actor: Actor, poll: Poll, checkpoint: str) -> None:
    """Publish that a poll was closed; only chair and secretary receive the result."""
    view = poll_view(poll)
    for audience, seen in ((OTHERS, without_result(view)), (STAFF, view)):
        event = PollClosed(poll=seen, checkpoint=checkpoint)
        tx.publish(poll.meeting_id, event, actor=actor, audience=audience)


def publish_ruled(tx: Tx, actor: Actor, poll: Poll, meeting: Meeting, checkpoint: str) -> None:
    """Publish the chair's ruling to the roles that may read the result."""
    audience = STAFF if is_withheld(poll, meeting.status) else None
    event = PollRuled(poll=poll_view(poll), checkpoint=checkpoint)
    tx.publish(meeting.id, event, actor=actor, audience=audience)


def follow_meeting_status(tx: Tx, actor: Actor, meeting: Meeting, before: MeetingStatus) -> None:
    """Publish results when a meeting ends, and withdraw them when it is resumed."""
    if (before in OVER) == (meeting.status in OVER):
        return
    for poll in _not_announced(tx.session, meeting.id):
        view = poll_view(poll)
        seen = without_result(view) if is_withheld(poll, meeting.status) else view
        event = PollClosed(poll=seen, checkpoint=_first_checkpoint(tx.session, poll))
        tx.publish(meeting.id, event, actor=actor, audience=OTHERS)


def withheld_from(session: Session, actor: Actor, meeting: Meeting) -> LogPlace | None:
    """The first log entry that the actor may not read; None: nothing is withheld.

    It is the first entry written by closing the earliest unannounced poll. leaf_hash is empty.
    """
    if meeting.status in OVER or may_read_unannounced(session, actor, meeting):
        return None
    places = [_closing_block(session, poll) for poll in _not_announced(session, meeting.id)]
    numbers = dict(
        session.execute(
            select(VoteLog.log_id, VoteLog.number).where(VoteLog.meeting_id == meeting.id)
        ).all()
    )
    return min(places, key=lambda one: (numbers.get(one.log_id, 0), one.index), default=None)


def _not_announced(session: Session, meeting_id: str) -> Iterator[Poll]:
    closed = select(Poll).where(Poll.meeting_id == meeting_id, Poll.status == PollStatus.CLOSED)
    for poll in session.scalars(closed.order_by(Poll.position, Poll.id)):
        if ending_of(poll).announced_at is None:
            yield poll


def _closing_block(session: Session, poll: Poll) -> LogPlace:
    """The first entry that closing a poll wrote.

    `close_poll` writes tallies and opened ballots before the closing entry that the poll refers to.
    """
    last = closing_of(poll).place
    sealed = select(func.count()).where(Ballot.poll_id == poll.id, Ballot.log_index.is_not(None))
    by_hand = select(func.count()).where(PollTally.poll_id == poll.id)
    before = session.scalars(sealed).one() + session.scalars(by_hand).one()
    return LogPlace(last.log_id, last.index - before, "")


def _first_checkpoint(session: Session, poll: Poll) -> str:
    """The note that was signed when a poll was closed."""
    signed = checkpoints_over(session, closing_of(poll).place).first()
    return signed.note if signed else ""

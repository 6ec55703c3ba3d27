"""Reads of polls: list, one poll, result, and the reader's ballots."""

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.errors import NotFound
from core.i18n import chosen_language
from core.permissions import Role
from meetings.shared.membership import meeting_roles
from meetings.shared.models import Meeting
from meetings.voting.declares import Action, PollNotOpen, PollOpen
from meetings.voting.models import Ballot, Poll, PollStatus
from meetings.voting.poll_facts import OwnBallot, PollView
from meetings.voting.polls.ballot_context import read_ballot_context
from meetings.voting.polls.consistency_check import check_result, is_vouched_for
from meetings.voting.polls.drafts import PollList
from meetings.voting.polls.poll_access import check_readable, readable
from meetings.voting.polls.presenters import contradiction_words, poll_view
from meetings.voting.polls.results import PollResult, result_of
from meetings.voting.polls.sealed_ballots import own_ballot
from meetings.voting.polls.unannounced import (
    check_announced,
    has_to_wait,
    is_withheld,
    without_result,
)


class MyBallot(msgspec.Struct, frozen=True):
    """The reader's ballot in a poll; None: no ballot counts."""

    ballot: OwnBallot | None


def list_polls(actor: Actor, meeting_id: str) -> PollList:
    """The polls of a meeting; drafts only for roles that prepare it. Raises: NotFound,
    NotAllowed."""
    with current_context().database.read() as session:
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(kind="meeting")
        allowed = current_context().permissions
        roles = allowed.allow(session, actor, Action.READ, meeting)
        return PollList(
            polls_of(
                session,
                meeting,
                with_drafts=bool(roles & allowed.rows[Action.READ_DRAFTS.value]),
                unannounced=bool(roles & allowed.rows[Action.READ_UNANNOUNCED.value]),
            )
        )


def polls_of(
    session: Session, meeting: Meeting, *, with_drafts: bool, unannounced: bool
) -> list[PollView]:
    """The polls of a meeting in order. unannounced: include unannounced results."""
    wanted = select(Poll).where(Poll.meeting_id == meeting.id).order_by(Poll.position, Poll.id)
    if not with_drafts:
        wanted = wanted.where(Poll.status != PollStatus.DRAFT)
    return [
        _checked_view(session, poll)
        if unannounced or not is_withheld(poll, meeting.status)
        else without_result(poll_view(poll))
        for poll in session.scalars(wanted)
    ]


def seen_by(session: Session, actor: Actor, poll: Poll) -> PollView:
    """The view of a poll that the actor may read."""
    if has_to_wait(session, actor, poll):
        return without_result(poll_view(poll))
    return _checked_view(session, poll)


def _checked_view(session: Session, poll: Poll) -> PollView:
    """The full view of a poll; a result that contradicts the log has only sentences that say so."""
    view = poll_view(poll)
    if view.result is None or is_vouched_for(session, poll):
        return view
    result = msgspec.structs.replace(
        view.result, vi=contradiction_words("vi"), en=contradiction_words("en")
    )
    return msgspec.structs.replace(view, result=result)


def get_poll(actor: Actor, poll_id: str) -> PollView:
    """One poll. Raises: NotFound (also for a draft that the reader may not read), NotAllowed."""
    with current_context().database.read() as session:
        return seen_by(session, actor, readable(session, actor, poll_id))


def get_result(actor: Actor, poll_id: str) -> PollResult:
    """The result, in the reader's language.

    Raises: PollOpen, PollNotOpen (never closed), NotAnnounced, VoteContradictsLog.
    """
    with current_context().database.read() as session:
        poll = readable(session, actor, poll_id)
        if poll.status is PollStatus.OPEN:
            raise PollOpen()
        if poll.closing is None:
            raise PollNotOpen()
        check_announced(session, actor, poll)
        check_result(session, poll)
        meeting = session.get_one(Meeting, poll.meeting_id)
        guest = Role.GUEST in meeting_roles(session, actor, meeting)
        return result_of(session, poll, chosen_language(), with_paper=not guest)


def my_ballot(actor: Actor, poll_id: str) -> MyBallot:
    """The reader's ballot that counts. Raises: NotFound, NotAllowed."""
    context = read_ballot_context(poll_id, actor.user_id)
    check_readable(actor, context.status, context.membership)
    return MyBallot(context.standing)


def own_ballots(session: Session, meeting_id: str, user_id: str) -> list[OwnBallot]:
    """A person's ballots that count, one for each poll of a meeting, ordered by poll id."""
    rows = session.scalars(
        select(Ballot)
        .join(Poll, Poll.id == Ballot.poll_id)
        .where(
            Poll.meeting_id == meeting_id,
            Ballot.user_id == user_id,
            Ballot.log_index.is_not(None),
        )
        .order_by(Ballot.poll_id, Ballot.revision)
    )
    latest = {ballot.poll_id: ballot for ballot in rows}
    return [own_ballot(ballot) for ballot in latest.values()]

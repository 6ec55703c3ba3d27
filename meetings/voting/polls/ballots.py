"""Ballots: cast from a tablet, or recorded for a member and confirmed by a second person.

Each is one transaction: it checks that the poll is open and the person is on the frozen roster, and
commits the ballot to the log. It returns the receipt; a repeated request returns the same one.
"""

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedChange
from core.errors import NotFound
from core.ids import new_id
from core.transactions import idempotency
from core.transactions.group_commit import group_commit
from core.transactions.idempotency import Already
from core.transactions.transaction import Tx, transaction
from meetings.shared.models import Meeting
from meetings.voting.declares import (
    Action,
    AlreadyConfirmed,
    AlreadyVoted,
    BallotReceived,
    NotAVoter,
    PollNotOpen,
    SecondPersonNeeded,
)
from meetings.voting.models import Ballot, Poll, PollSeat, PollStatus
from meetings.voting.poll_facts import OwnBallot
from meetings.voting.polls.ballot_context import (
    BallotContext,
    ballot_context,
    read_ballot_context,
)
from meetings.voting.polls.poll_access import check_not_archived, person, poll_for
from meetings.voting.polls.presenters import options_of
from meetings.voting.polls.sealed_ballots import confirmed_by, own_ballot, sealed, standing_ballot
from meetings.voting.rules.tally_rules import Channel, check_choice
from meetings.voting.vote_log import entries, parts
from meetings.voting.vote_log.commitments import commit, new_salt
from meetings.voting.vote_log.writer import nfc, write_on


class RecordedBallot(msgspec.Struct, frozen=True, kw_only=True):
    """A ballot entered for a member, as roles that may confirm it see it.

    choice: None once the ballot is confirmed; from then on it is secret until the poll is closed.
    """

    id: str
    poll_id: str
    user_id: str
    choice: str | None
    reason: str
    entered_by: parts.Person
    confirmed_by: parts.Person | None


def cast_ballot(actor: Actor, poll_id: str, choice: str) -> OwnBallot | Already[OwnBallot]:
    """Cast the actor's ballot, repeat it, or change it if the poll allows changes.

    Raises: PollNotOpen, NotAVoter, UnknownChoice, AlreadyVoted, NotAllowed, NotFound.
    """

    # A repeated ballot changes nothing: it needs no transaction.
    idempotency.raise_if_answered_before()
    before = _check_casting(actor, read_ballot_context(poll_id, actor.user_id), choice)
    if before is not None and before.choice == choice:
        return Already(before)

    def cast(tx: Tx) -> OwnBallot | Already[OwnBallot]:
        context = ballot_context(tx.session, poll_id, actor.user_id)
        before = _check_casting(actor, context, choice)
        if before is not None and before.choice == choice:
            return Already(before)
        if before is not None and not context.allow_change:
            raise AlreadyVoted()
        ballot = Ballot(
            id=new_id(),
            poll_id=context.poll_id,
            user_id=actor.user_id,
            choice=choice,
            channel=Channel.TABLET,
            at=tx.at,
        )
        own = _seal(tx, context.meeting_id, ballot, 1 + (before.revision if before else 0))
        _ADD.run(tx.session, {name: getattr(ballot, name) for name in _COLUMNS})
        return tx.answers(own)

    return group_commit(cast)


def _check_casting(actor: Actor, context: BallotContext, choice: str) -> OwnBallot | None:
    """The actor's ballot that counts, if any. Raises: the refusals of `cast_ballot`."""
    roles = context.membership.roles
    current_context().permissions.allow_in_room(actor, Action.CAST, roles)
    check_not_archived(context.meeting_status)
    if context.status is not PollStatus.OPEN:
        raise PollNotOpen()
    if not context.present:
        raise NotAVoter()
    check_choice(context.option_keys, choice)
    return context.standing


def record_for_member(
    actor: Actor, poll_id: str, user_id: str, choice: str, reason: str
) -> RecordedBallot:
    """Enter a ballot for a member without a tablet. It counts once a second person confirms it.

    Entering it again replaces an unconfirmed ballot, with a new id. Raises: PollNotOpen, NotAVoter,
    UnknownChoice, AlreadyVoted.
    """
    with transaction() as tx:
        poll, _ = poll_for(tx, actor, Action.RECORD, poll_id)
        _check_open(poll)
        _check_voter(tx.session, poll, user_id)
        check_choice([option.key for option in options_of(poll)], choice)
        before = standing_ballot(tx.session, poll.id, user_id)
        if before is not None and not poll.allow_change:
            raise AlreadyVoted()
        by = person(tx.session, actor)
        waiting = _waiting(tx.session, poll.id, user_id)
        if waiting is not None:
            # A new id: the second person cannot confirm a ballot that was replaced meanwhile.
            tx.session.delete(waiting)
            tx.session.flush()
        ballot = Ballot(
            id=new_id(),
            poll_id=poll.id,
            user_id=user_id,
            choice=choice,
            channel=Channel.RECORDED,
            at=tx.at,
            reason=nfc(reason),
            entered_by=by.user_id,
            entered_by_name=by.name,
        )
        tx.session.add(ballot)
        tx.audit(actor, Action.RECORD, poll, user_id=user_id, ballot_id=ballot.id)
        return tx.answers(recorded_view(ballot))


def confirm_ballot(actor: Actor, ballot_id: str) -> OwnBallot:
    """Confirm a recorded ballot as the second person; the ballot then counts.

    Raises: SecondPersonNeeded, AlreadyConfirmed, PollNotOpen, NotFound.
    """
    with transaction() as tx:
        ballot, poll, meeting = _recorded(tx, actor, ballot_id)
        if ballot.entered_by == actor.user_id:
            raise SecondPersonNeeded()
        before = standing_ballot(tx.session, poll.id, ballot.user_id)
        if before is not None and not poll.allow_change:
            raise AlreadyConfirmed()
        by = person(tx.session, actor)
        ballot.confirmed_by, ballot.confirmed_by_name = by.user_id, by.name
        tx.audit(actor, Action.CONFIRM, poll, user_id=ballot.user_id, ballot_id=ballot.id)
        revision = 1 + ((before.revision or 1) if before else 0)
        return tx.answers(_seal(tx, meeting.id, ballot, revision))


def discard_ballot(actor: Actor, ballot_id: str) -> None:
    """Discard an unconfirmed recorded ballot. Raises: AlreadyConfirmed, PollNotOpen."""
    with transaction() as tx:
        ballot, poll, _ = _recorded(tx, actor, ballot_id)
        tx.audit(actor, Action.CONFIRM, poll, user_id=ballot.user_id, discarded=ballot.id)
        tx.session.delete(ballot)
        tx.answers({})


def get_recorded(actor: Actor, ballot_id: str) -> RecordedBallot:
    """A recorded ballot, for roles that may confirm it. Raises: NotFound, NotAllowed."""
    with current_context().database.read() as session:
        ballot = session.get(Ballot, ballot_id)
        if ballot is None or ballot.channel is not Channel.RECORDED:
            raise NotFound(kind="ballot")
        meeting = session.get_one(Meeting, session.get_one(Poll, ballot.poll_id).meeting_id)
        current_context().permissions.allow(session, actor, Action.CONFIRM, meeting)
        return recorded_view(ballot)


def recorded_view(ballot: Ballot) -> RecordedBallot:
    """The view of a recorded ballot; includes the choice only until it is confirmed."""
    return RecordedBallot(
        id=ballot.id,
        poll_id=ballot.poll_id,
        user_id=ballot.user_id,
        choice=ballot.choice if ballot.log_index is None else None,
        reason=ballot.reason or "",
        entered_by=parts.Person(ballot.entered_by or "", ballot.entered_by_name or ""),
        confirmed_by=confirmed_by(ballot),
    )


def _seal(tx: Tx, meeting_id: str, ballot: Ballot, revision: int) -> OwnBallot:
    """Commit the ballot to the log and publish the receipt to its voter."""
    ballot.revision = revision
    ballot.salt = new_salt()
    commitment = commit(ballot.salt, sealed(ballot))
    written = write_on(tx, meeting_id, [entries.BallotCommitted(ballot.poll_id, commitment)])
    ballot.log_id, ballot.log_index = written.log_id, written.start
    (ballot.leaf_hash,) = written.leaves
    ballot.proof, ballot.note = written.proof, written.note
    own = own_ballot(ballot)
    tx.publish_to_user(ballot.user_id, BallotReceived(meeting_id=meeting_id, ballot=own))
    return own


def _recorded(tx: Tx, actor: Actor, ballot_id: str) -> tuple[Ballot, Poll, Meeting]:
    """An unconfirmed recorded ballot of an open poll, with its poll and meeting."""
    ballot = tx.lock(Ballot, ballot_id)
    poll, meeting = poll_for(tx, actor, Action.CONFIRM, ballot.poll_id)
    _check_open(poll)
    if ballot.channel is not Channel.RECORDED or ballot.log_index is not None:
        raise AlreadyConfirmed()
    return ballot, poll, meeting


def _waiting(session: Session, poll_id: str, user_id: str) -> Ballot | None:
    rows = select(Ballot).where(
        Ballot.poll_id == poll_id, Ballot.user_id == user_id, Ballot.log_index.is_(None)
    )
    return session.scalars(rows).one_or_none()


def _check_open(poll: Poll) -> None:
    if poll.status is not PollStatus.OPEN:
        raise PollNotOpen()


def _check_voter(session: Session, poll: Poll, user_id: str) -> None:
    """Raises NotAVoter unless the person is entitled and was present at the opening."""
    seat = session.get(PollSeat, (poll.id, user_id))
    if seat is None or not seat.present:
        raise NotAVoter()


_COLUMNS = table_of(Ballot).c.keys()
_ADD = PreparedChange(insert(table_of(Ballot)), *_COLUMNS)

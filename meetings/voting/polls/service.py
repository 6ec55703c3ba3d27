"""Operations on opened polls: remind, rule on a tie, announce, cancel."""

import msgspec

from core.actor import Actor
from core.transactions.transaction import Tx, transaction
from meetings.shared.models import Meeting
from meetings.voting.declares import (
    Action,
    PollAnnounced,
    PollCancelled,
    PollNotClosed,
    PollNotOpen,
    RulingAwaited,
    VoteReminded,
)
from meetings.voting.models import Poll, PollStatus
from meetings.voting.poll_facts import PollView, Ruling
from meetings.voting.polls.consistency_check import check_result
from meetings.voting.polls.poll_access import person, poll_for
from meetings.voting.polls.presenters import closing_of, encoded, ending_of, poll_view
from meetings.voting.polls.progress import waiting
from meetings.voting.polls.unannounced import publish_ruled
from meetings.voting.rules.poll_rules import Verdict, with_ruling
from meetings.voting.vote_log import entries
from meetings.voting.vote_log.writer import nfc, write


def remind(actor: Actor, poll_id: str) -> None:
    """Remind voters without a ballot. Raises: PollNotOpen."""
    with transaction() as tx:
        poll, meeting = poll_for(tx, actor, Action.REMIND, poll_id)
        if poll.status is not PollStatus.OPEN:
            raise PollNotOpen()
        for user_id in waiting(tx.session, poll):
            tx.publish_to_user(user_id, VoteReminded(meeting_id=meeting.id, poll_id=poll.id))
        tx.audit(actor, Action.REMIND, poll)
        tx.answers({})


def rule_on_tie(actor: Actor, poll_id: str, side: str, reason: str) -> PollView:
    """Record the chair's ruling on a tie.

    Raises: PollNotClosed, RulingNotNeeded, InvalidInput (side).
    """
    with transaction() as tx:
        poll, meeting = _ended(tx, actor, Action.RULE, poll_id)
        closing, by = closing_of(poll), person(tx.session, actor)
        outcome = with_ruling(closing.outcome, side)
        poll.closing = encoded(msgspec.structs.replace(closing, outcome=outcome))
        ruling = Ruling(side, reason, by, tx.at)
        poll.ending = encoded(msgspec.structs.replace(ending_of(poll), ruling=ruling))
        entry = entries.PollRuled(poll.id, side, nfc(reason), by, outcome.verdict)
        note = write(tx, meeting, [entry]).note
        tx.audit(actor, Action.RULE, poll, side=side)
        publish_ruled(tx, actor, poll, meeting, note)
        return tx.answers(poll_view(poll))


def announce(actor: Actor, poll_id: str) -> PollView:
    """Record that the result was announced. Raises: PollNotClosed, RulingAwaited."""
    with transaction() as tx:
        poll, meeting = _ended(tx, actor, Action.ANNOUNCE, poll_id)
        if closing_of(poll).outcome.verdict is Verdict.TIE_NEEDS_RULING:
            raise RulingAwaited()
        by = person(tx.session, actor)
        ending = ending_of(poll)
        poll.ending = encoded(msgspec.structs.replace(ending, announced_at=tx.at, announced_by=by))
        note = write(tx, meeting, [entries.PollAnnounced(poll.id, by)]).note
        tx.audit(actor, Action.ANNOUNCE, poll)
        view = poll_view(poll)
        tx.publish(meeting.id, PollAnnounced(poll=view, checkpoint=note), actor=actor)
        return tx.answers(view)


def cancel(actor: Actor, poll_id: str, reason: str) -> PollView:
    """Cancel an open or closed poll; it decides nothing. Raises: PollNotOpen (never or no
    longer)."""
    with transaction() as tx:
        poll, meeting = poll_for(tx, actor, Action.CANCEL, poll_id)
        if poll.status not in (PollStatus.OPEN, PollStatus.CLOSED):
            raise PollNotOpen()
        by = person(tx.session, actor)
        written = write(tx, meeting, [entries.PollCancelled(poll.id, nfc(reason), by)])
        poll.status = PollStatus.CANCELLED
        poll.ending = encoded(
            msgspec.structs.replace(
                ending_of(poll),
                cancelled_at=tx.at,
                cancelled_by=by,
                cancel_reason=reason,
                cancelled_in=written.place_of(-1),
            )
        )
        tx.audit(actor, Action.CANCEL, poll)
        view = poll_view(poll)
        tx.publish(meeting.id, PollCancelled(poll=view, checkpoint=written.note), actor=actor)
        return tx.answers(view)


def _ended(tx: Tx, actor: Actor, action: Action, poll_id: str) -> tuple[Poll, Meeting]:
    """A closed poll, neither cancelled nor announced, whose data matches its log."""
    poll, meeting = poll_for(tx, actor, action, poll_id)
    if poll.status is not PollStatus.CLOSED or ending_of(poll).announced_at is not None:
        raise PollNotClosed()
    check_result(tx.session, poll)
    return poll, meeting

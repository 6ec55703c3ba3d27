"""The tellers' record: what only people know of a count, kept with the poll for its papers."""

from core.actor import Actor
from core.app_context import current_context
from core.transactions.transaction import transaction
from meetings.meeting.time_rules import to_be_kept
from meetings.shared.models import Meeting
from meetings.voting.declares import Action, PollNotOpen
from meetings.voting.models import PollStatus
from meetings.voting.polls.poll_access import poll_for, readable
from meetings.voting.polls.presenters import encoded
from meetings.voting.reports.content.report_facts import TellersRecord
from meetings.voting.reports.queries import record_of


def write_record(actor: Actor, poll_id: str, record: TellersRecord) -> TellersRecord:
    """Keep the tellers' words; writing again replaces them.

    Raises: PollNotOpen (a draft), InvalidInput (times).
    """
    for field, at in (("started_at", record.started_at), ("ended_at", record.ended_at)):
        if at is not None:
            to_be_kept(field, at)
    with transaction() as tx:
        poll, _ = poll_for(tx, actor, Action.WRITE_RECORD, poll_id)
        if poll.status is PollStatus.DRAFT:
            raise PollNotOpen()
        poll.tellers = encoded(record)
        tx.audit(actor, Action.WRITE_RECORD, poll)
        return tx.answers(record)


def record_for(actor: Actor, poll_id: str) -> TellersRecord:
    """The tellers' words, as their paper says them to everybody who may see the vote."""
    with current_context().database.read() as session:
        return record_of(readable(session, actor, poll_id))


def get_record(actor: Actor, poll_id: str) -> TellersRecord:
    """The tellers' words, for those who write them. Raises: NotFound, NotAllowed."""
    with current_context().database.read() as session:
        poll = readable(session, actor, poll_id)
        meeting = session.get_one(Meeting, poll.meeting_id)
        current_context().permissions.allow(session, actor, Action.WRITE_RECORD, meeting)
        return record_of(poll)

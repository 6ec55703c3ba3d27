"""Reads and writes the tellers' record, stored with its poll."""

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
    """Write or replace the tellers' record.

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
    """The tellers' record, as in its report, for everybody who may read the poll."""
    with current_context().database.read() as session:
        return record_of(readable(session, actor, poll_id))


def get_record(actor: Actor, poll_id: str) -> TellersRecord:
    """The tellers' record, for roles that write it. Raises: NotFound, NotAllowed."""
    with current_context().database.read() as session:
        poll = readable(session, actor, poll_id)
        meeting = session.get_one(Meeting, poll.meeting_id)
        current_context().permissions.allow(session, actor, Action.WRITE_RECORD, meeting)
        return record_of(poll)

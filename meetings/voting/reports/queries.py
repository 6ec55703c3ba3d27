"""Reads the data of reports from the database; see `content.report_facts`."""

from datetime import datetime

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.shared.models import Unit, User
from accounts.shared.queries import first_unit, paper_name
from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.errors import NotFound
from core.permissions import Role
from meetings.agenda.models import AgendaItem
from meetings.attendance.declares import Action as AttendanceAction
from meetings.attendance.queries import get_roll
from meetings.shared.attendee import Attendee
from meetings.shared.feature import features
from meetings.shared.membership import meeting_roles
from meetings.shared.models import Meeting, Participant
from meetings.voting.declares import PollNotOpen, PollOpen
from meetings.voting.models import (
    Poll,
    PollStatus,
    VoteLog,
)
from meetings.voting.poll_facts import Closing, Ending, Opening
from meetings.voting.polls.consistency_check import check_result
from meetings.voting.polls.counting import tally_of, tally_rows
from meetings.voting.polls.poll_access import readable
from meetings.voting.polls.presenters import closing_of, ending_of, opening_of, options_of, rule_of
from meetings.voting.polls.results import named_votes
from meetings.voting.polls.unannounced import check_announced
from meetings.voting.reports.content.report_facts import (
    Act,
    AttendanceFacts,
    AttendanceRow,
    DocumentFacts,
    LogFacts,
    MeetingFacts,
    PollFacts,
    RulingFacts,
    TallyFacts,
    TellersRecord,
    VoterFacts,
)
from meetings.voting.rules.catalogue import rules_for
from meetings.voting.rules.question_rules import ChoiceKey
from meetings.voting.rules.tally_rules import Channel, checked_tally
from meetings.voting.vote_log.checkpoint import fingerprint, head_of, key_named_in
from meetings.voting.vote_log.installation_key import installation_keys
from meetings.voting.vote_log.parts import LogKeys
from meetings.voting.vote_log.writer import checkpoints_over


def facts_of_vote(actor: Actor, poll_id: str) -> tuple[MeetingFacts, PollFacts]:
    """The data of reports on an ended poll.

    Raises: PollOpen, PollNotOpen (a draft), NotAnnounced, VoteContradictsLog, NotFound.
    """
    with current_context().database.read() as session:
        poll = readable(session, actor, poll_id)
        if poll.status is PollStatus.OPEN:
            raise PollOpen()
        if poll.opening is None:
            raise PollNotOpen()
        check_announced(session, actor, poll)
        if poll.closing is not None:
            check_result(session, poll)
        meeting = session.get_one(Meeting, poll.meeting_id)
        guest = Role.GUEST in meeting_roles(session, actor, meeting)
        return _meeting(session, meeting), _poll(session, poll, with_paper=not guest)


def facts_of_count(actor: Actor, poll_id: str) -> tuple[MeetingFacts, PollFacts]:
    """The data of the tellers' record of a counted poll.

    Raises: as `facts_of_vote`; PollNotOpen also for a cancelled poll, which has no count.
    """
    meeting, poll = facts_of_vote(actor, poll_id)
    if poll.count is None:
        raise PollNotOpen()
    return meeting, poll


def facts_of_roll(actor: Actor, meeting_id: str) -> tuple[MeetingFacts, AttendanceFacts]:
    """The data of the attendance list, with reasons of absence. Raises: NotFound, NotAllowed."""
    roll = get_roll(actor, meeting_id)
    with current_context().database.read() as session:
        meeting = session.get_one(Meeting, meeting_id)
        current_context().permissions.allow(session, actor, AttendanceAction.READ_ROLL, meeting)
        rule = rules_for(session, meeting)[0]
        facts = _meeting(session, meeting)
        guests = tuple(_attendee_row(one) for one in features().attendees(session, meeting_id))
        keys = installation_keys(session)
    rows = tuple(
        AttendanceRow(
            name=line.display_name,
            position=line.position or None,
            entitled=line.entitled_to_vote,
            status=line.status,
            reason=line.reason or "",
            at=_local(line.at) if line.at else None,
        )
        for line in roll.items
    )
    return facts, AttendanceFacts(
        rows=rows,
        guests=guests,
        quorum=roll.quorum,
        rule=rule.quorum,
        words=rule.words,
        key=fingerprint(keys.vkeys[-1]) if keys else None,
    )


def _attendee_row(attendee: Attendee) -> AttendanceRow:
    return AttendanceRow(
        name=attendee.name,
        position=attendee.title or None,
        entitled=False,
        status=attendee.status,
        at=_local(attendee.at) if attendee.at else None,
    )


def record_of(poll: Poll) -> TellersRecord:
    """The tellers' record with times in the configured time zone; empty until it is written."""
    if poll.tellers is None:
        return TellersRecord()
    record = msgspec.json.decode(poll.tellers, type=TellersRecord)
    return msgspec.structs.replace(
        record,
        started_at=record.started_at and _local(record.started_at),
        ended_at=record.ended_at and _local(record.ended_at),
    )


def _meeting(session: Session, meeting: Meeting) -> MeetingFacts:
    unit = session.get(Unit, meeting.unit_id) if meeting.unit_id else first_unit(session)
    above = session.get(Unit, unit.parent_id) if unit and unit.parent_id else None
    people = session.execute(
        select(Participant.role, User.display_name)
        .join(User, User.id == Participant.user_id)
        .where(
            Participant.meeting_id == meeting.id,
            Participant.role.in_((Role.CHAIR, Role.SECRETARY)),
        )
        .order_by(Participant.position)
    ).all()
    return MeetingFacts(
        body=paper_name(unit) if unit else "",
        superior=paper_name(above) if above else None,
        title=meeting.title,
        kind=meeting.kind,
        place=meeting.place,
        starts_at=_local(meeting.starts_at),
        chairs=tuple(name for role, name in people if role is Role.CHAIR),
        secretaries=tuple(name for role, name in people if role is Role.SECRETARY),
    )


def _poll(session: Session, poll: Poll, *, with_paper: bool) -> PollFacts:
    opening, ending = opening_of(poll), ending_of(poll)
    closing = closing_of(poll) if poll.closing else None
    cancelled = poll.status is PollStatus.CANCELLED
    item = session.get(AgendaItem, poll.agenda_item_id) if poll.agenda_item_id else None
    before = session.get(Poll, poll.repeats) if poll.repeats else None
    return PollFacts(
        title=poll.title,
        question=poll.question,
        method=poll.method,
        options=tuple(options_of(poll)),
        rule=rule_of(poll),
        allow_change=poll.allow_change,
        agenda_item=item.title if item else None,
        document=_document(opening) if with_paper else None,
        repeats=before.title if before else None,
        opened=Act(opening.by.name, _local(opening.at)),
        override=_override(opening),
        new_passwords=tuple(
            (one.person.name, Act(one.by.name, _local(one.at), one.reason))
            for one in ending.roster_changes
        ),
        closed=Act(closing.by.name, _local(closing.at)) if closing and not cancelled else None,
        announced_at=_local(ending.announced_at) if ending.announced_at else None,
        cancelled=_cancelled(ending),
        count=closing.count if closing and not cancelled else None,
        outcome=closing.outcome if closing and not cancelled else None,
        ruling=_ruling(ending),
        tallies=_tallies(session, poll),
        voters=() if closing is None else _voters(session, poll),
        log=_log(session, poll, closing, ending),
    )


def _document(opening: Opening) -> DocumentFacts | None:
    document = opening.document
    return DocumentFacts(document.title, document.version, document.sha256) if document else None


def _override(opening: Opening) -> Act | None:
    if opening.override_reason is None:
        return None
    return Act(opening.by.name, _local(opening.at), opening.override_reason)


def _cancelled(ending: Ending) -> Act | None:
    if ending.cancelled_at is None:
        return None
    by = ending.cancelled_by.name if ending.cancelled_by else ""
    return Act(by, _local(ending.cancelled_at), ending.cancel_reason or "")


def _ruling(ending: Ending) -> RulingFacts | None:
    ruling = ending.ruling
    if ruling is None:
        return None
    return RulingFacts(ChoiceKey(ruling.side), ruling.reason, ruling.by.name, _local(ruling.at))


def _tallies(session: Session, poll: Poll) -> tuple[TallyFacts, ...]:
    """The tallies, with derived numbers."""
    keys = [option.key for option in options_of(poll)]
    return tuple(
        TallyFacts(checked_tally(tally_of(row), keys), row.by_name)
        for row in tally_rows(session, poll.id)
    )


def _voters(session: Session, poll: Poll) -> tuple[VoterFacts, ...]:
    votes = named_votes(session, poll, everybody=True)
    ids = [vote.user_id for vote in votes]
    positions = dict(session.execute(select(User.id, User.position).where(User.id.in_(ids))).all())
    return tuple(
        VoterFacts(
            name=vote.name,
            position=positions.get(vote.user_id) or None,
            present=vote.present,
            choice=vote.choice,
            channel=Channel(vote.channel) if vote.channel else None,
            at=_local(vote.at) if vote.at else None,
            entered_by=vote.entered_by.name if vote.entered_by else None,
            reason=vote.reason,
            confirmed_by=vote.confirmed_by.name if vote.confirmed_by else None,
        )
        for vote in votes
    )


def _log(session: Session, poll: Poll, closing: Closing | None, ending: Ending) -> LogFacts:
    """The log entry that ended the poll, and the first checkpoint that covers it."""
    place = ending.cancelled_in or (closing.place if closing else None)
    if place is None:
        raise NotFound(kind="vote_log")
    note = checkpoints_over(session, place).one()
    keys = msgspec.json.decode(session.get_one(VoteLog, note.log).keys, type=LogKeys)
    return LogFacts(
        log_id=place.log_id,
        index=place.index,
        leaf_hash=place.leaf_hash,
        size=note.size,
        root=head_of(note.note).root.hex(),
        key=fingerprint(key_named_in(note.note, keys.vkeys)),
    )


def _local(at: datetime) -> datetime:
    """A time in the configured time zone."""
    return clock.in_zone(at, current_context().config.timezone)

"""Opening a poll: question, rule, roster and N are frozen and logged."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from accounts.shared.models import User
from core.actor import Actor
from core.app_context import current_context
from core.clock_check import accept_clock, check_clock
from core.db.database import table_of
from core.offload import yield_control
from core.permissions import Role
from core.transactions.transaction import Tx, transaction
from meetings.agenda.models import AgendaItem
from meetings.attendance.quorum_rules import quorum_of
from meetings.meeting.declares import WrongStatus
from meetings.meeting.status_rules import OVER
from meetings.shared.attendance_status import HERE
from meetings.shared.models import Meeting, MeetingStatus, Participant
from meetings.voting.declares import (
    Action,
    AnotherPollOpen,
    DraftChanged,
    NoQuorum,
    PaperNotShown,
    PaperReplaced,
    PollNotDraft,
    PollOpened,
    PollPut,
    PollStillOpen,
)
from meetings.voting.models import Poll, PollSeat, PollStatus
from meetings.voting.poll_facts import Ending, Opening, PollView
from meetings.voting.polls.drafts import document_version_of
from meetings.voting.polls.poll_access import person, poll_for, readable
from meetings.voting.polls.presenters import encoded, options_of, poll_view
from meetings.voting.rules.catalogue import rule_named
from meetings.voting.rules.packs import frozen_copy
from meetings.voting.rules.poll_rules import PollMethod, RosterEntry, Rule, frozen_roster
from meetings.voting.vote_log import entries
from meetings.voting.vote_log.parts import Item, Paper, Person, QuorumFacts, Seat
from meetings.voting.vote_log.witness_comparison import check_start
from meetings.voting.vote_log.writer import nfc, write


def open_poll(
    actor: Actor,
    poll_id: str,
    override_reason: str | None = None,
    revision: int | None = None,
    *,
    clock_confirmed: bool = False,
) -> PollView:
    """Open a poll: question, rule, roster and N are frozen.

    override_reason: the chair's reason for opening without a quorum. revision: of the draft that
    the actor saw; None: whatever it is now. clock_confirmed: the server's clock is right, although
    it did not fit the data at the start. Raises: PollNotDraft, DraftChanged, ClockDoubtful,
    WrongStatus (the meeting is not in session), AnotherPollOpen, NobodyEntitled, NoQuorum,
    PaperReplaced, PaperNotShown, UnknownRule, NotAllowed, VoteLogBehindWitness.
    """
    check_start()
    check_clock(confirmed=clock_confirmed)
    if revision is not None:
        _check_rule_shown(actor, poll_id)
    with transaction() as tx:
        poll, meeting = poll_for(tx, actor, Action.OPEN, poll_id)
        if poll.status is not PollStatus.DRAFT:
            raise PollNotDraft()
        if revision not in (None, poll.revision):
            raise DraftChanged()
        if meeting.status is not MeetingStatus.IN_SESSION:
            raise WrongStatus(status=meeting.status.value, wanted=MeetingStatus.IN_SESSION.value)
        if poll.method is PollMethod.NAMED:
            _check_no_named_poll_open(tx.session, meeting)
        rule = rule_named(tx.session, meeting, poll.rule_id)
        roster = frozen_roster(_people(tx.session, meeting))
        quorum = _quorum(tx, actor, meeting, rule, roster, override_reason)
        document = _document(tx.session, meeting, poll)
        opened = _entry(tx.session, actor, meeting, poll, rule, roster, quorum, document)
        if not quorum.met:
            opened = msgspec.structs.replace(opened, override_reason=nfc(override_reason or ""))
        yield_control()
        written = write(tx, meeting, [opened])
        _freeze(tx, poll, rule, roster, opened, written.start)
        facts: dict[str, object] = {"quorum": quorum.met}
        if clock_confirmed and (doubt := accept_clock(tx)) is not None:
            facts["clock_confirmed_against"] = doubt
        tx.audit(actor, Action.OPEN, poll, n=opened.n, present=opened.present, **facts)
        view = poll_view(poll)
        tx.publish(meeting.id, PollOpened(poll=view, checkpoint=written.note), actor=actor)
        return tx.answers(view)


def _check_rule_shown(actor: Actor, poll_id: str) -> None:
    """Give the draft its rule again if that was changed since. Raises: DraftChanged."""
    with current_context().database.read() as session:
        poll = readable(session, actor, poll_id)
        if poll.rule == _rule_now(session, poll):
            return
    with transaction() as tx:
        poll, meeting = poll_for(tx, actor, Action.OPEN, poll_id)
        if poll.status is not PollStatus.DRAFT:
            raise PollNotDraft()
        poll.rule, poll.revision = _rule_now(tx.session, poll), poll.revision + 1
        tx.audit(actor, Action.OPEN, poll, rule=poll.rule_id)
        tx.publish(meeting.id, PollPut(poll=poll_view(poll)), actor=actor)
    raise DraftChanged()


def _rule_now(session: Session, poll: Poll) -> str:
    """The rule of a poll as it is now, encoded; of an opened poll the frozen one."""
    if poll.status is not PollStatus.DRAFT:
        return poll.rule
    meeting = session.get_one(Meeting, poll.meeting_id)
    return encoded(frozen_copy(rule_named(session, meeting, poll.rule_id)))


def check_none_open(session: Session, meeting: Meeting, wanted: MeetingStatus) -> None:
    """Raises PollStillOpen if the meeting is about to end while a poll is open."""
    if wanted not in OVER:
        return
    still = session.scalar(
        select(Poll.title)
        .where(Poll.meeting_id == meeting.id, Poll.status == PollStatus.OPEN)
        .order_by(Poll.position)
    )
    if still is not None:
        raise PollStillOpen(title=still)


def _check_no_named_poll_open(session: Session, meeting: Meeting) -> None:
    """A tablet shows one poll at a time: only one named poll may be open."""
    other = session.scalar(
        select(Poll.title).where(
            Poll.meeting_id == meeting.id,
            Poll.status == PollStatus.OPEN,
            Poll.method == PollMethod.NAMED,
        )
    )
    if other is not None:
        raise AnotherPollOpen(title=other)


def _people(session: Session, meeting: Meeting) -> list[RosterEntry]:
    rows = session.execute(
        select(User.id, User.display_name, Participant.entitled_to_vote, Participant.attendance)
        .join(User, User.id == Participant.user_id)
        .where(Participant.meeting_id == meeting.id)
        .order_by(Participant.position)
    )
    return [
        RosterEntry(user_id, nfc(name), entitled, attendance in HERE)
        for user_id, name, entitled, attendance in rows
    ]


def _quorum(
    tx: Tx,
    actor: Actor,
    meeting: Meeting,
    rule: Rule,
    roster: Sequence[RosterEntry],
    override_reason: str | None,
) -> QuorumFacts:
    present = sum(one.present for one in roster)
    quorum = quorum_of(rule.quorum, present=present, entitled=len(roster))
    if not quorum.met:
        if not override_reason:
            raise NoQuorum(present=present, entitled=len(roster), required=quorum.required)
        tx.allow(actor, Action.OVERRIDE_QUORUM, meeting)
    return QuorumFacts(present, quorum.required, quorum.met)


def _document(session: Session, meeting: Meeting, poll: Poll) -> Paper | None:
    """The document of the question for the log. It must be the version published to the room."""
    if poll.document_id is None or poll.version is None:
        return None
    document = document_version_of(session, meeting, poll.document_id, poll.version)
    if not document.published:
        raise PaperNotShown()
    if document.current != document.number:
        raise PaperReplaced(version=document.number, current=document.current)
    return Paper(document.document_id, document.number, nfc(document.title), document.sha256)


def _entry(
    session: Session,
    actor: Actor,
    meeting: Meeting,
    poll: Poll,
    rule: Rule,
    roster: Sequence[RosterEntry],
    quorum: QuorumFacts,
    document: Paper | None,
) -> entries.PollOpened:
    item = session.get(AgendaItem, poll.agenda_item_id) if poll.agenda_item_id else None
    return entries.PollOpened(
        poll_id=poll.id,
        title=poll.title,
        question=poll.question,
        method=poll.method,
        options=options_of(poll),
        rule=frozen_copy(rule),
        allow_change=poll.allow_change,
        n=len(roster),
        present=quorum.present,
        roster=[Seat(one.user_id, one.name, one.present) for one in roster],
        chair=_presiding(session, meeting),
        document=document,
        agenda_item=Item(item.id, nfc(item.title)) if item else None,
        opened_by=person(session, actor),
        override_reason=None,
        repeats=poll.repeats,
        quorum=quorum,
    )


def _presiding(session: Session, meeting: Meeting) -> Person | None:
    """The first chair who is present, else the first chair; None if there is no chair."""
    chairs = session.execute(
        select(User.id, User.display_name, Participant.attendance)
        .join(User, User.id == Participant.user_id)
        .where(Participant.meeting_id == meeting.id, Participant.role == Role.CHAIR)
        .order_by(Participant.position)
    ).all()
    here = [chair for chair in chairs if chair.attendance in HERE]
    for user_id, name, _attendance in here or chairs:
        return Person(user_id, nfc(name))
    return None


def _freeze(
    tx: Tx,
    poll: Poll,
    rule: Rule,
    roster: Sequence[RosterEntry],
    opened: entries.PollOpened,
    log_index: int,
) -> None:
    poll.status = PollStatus.OPEN
    poll.rule = encoded(frozen_copy(rule))
    poll.opening = encoded(
        Opening(
            at=tx.at,
            by=opened.opened_by,
            n=opened.n,
            present=opened.present,
            voters=[one.user_id for one in roster if one.present],
            chair=opened.chair,
            document=opened.document,
            quorum=opened.quorum,
            override_reason=opened.override_reason,
            log_index=log_index,
        )
    )
    poll.ending = encoded(Ending())
    tx.session.flush()
    seats = [
        {"poll_id": poll.id, "user_id": one.user_id, "position": place}
        | {"name": one.name, "present": one.present}
        for place, one in enumerate(roster)
    ]
    yield_control()
    tx.session.execute(_ADD_SEAT, seats)
    yield_control()


_ADD_SEAT = insert(table_of(PollSeat))

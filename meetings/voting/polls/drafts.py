"""Operations on draft polls: create, change, reorder, delete."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import NotFound
from core.ids import new_id
from core.patch import given_fields
from core.transactions.transaction import Tx, transaction
from documents.queries import VersionFacts, version_facts
from meetings.agenda.containers import meeting_of
from meetings.agenda.declares import ItemHasPolls
from meetings.agenda.models import AgendaItem
from meetings.meeting.status_rules import check_open
from meetings.shared.models import Meeting
from meetings.voting.declares import (
    Action,
    PollNotDraft,
    PollOrderIncomplete,
    PollPut,
    PollRemoved,
    PollsReordered,
    UnknownPaper,
)
from meetings.voting.models import Poll, PollStatus
from meetings.voting.poll_facts import PollView
from meetings.voting.polls.presenters import poll_view
from meetings.voting.rules.catalogue import rule_named, rules_for
from meetings.voting.rules.packs import frozen_copy
from meetings.voting.rules.poll_rules import PollMethod, Rule
from meetings.voting.rules.question_rules import Option, checked_options, checked_question, cleaned


class NewPoll(msgspec.Struct, frozen=True, kw_only=True):
    """A new poll. rule_id None: the default rule of the meeting. options None: those of the rule.

    title empty: the question is the title. repeats: id of the poll that this one repeats.
    """

    question: str
    title: str = ""
    method: PollMethod = PollMethod.NAMED
    rule_id: str | None = None
    options: Sequence[Option] | None = None
    agenda_item_id: str | None = None
    document_id: str | None = None
    version: int | None = None
    allow_change: bool = False
    timer_seconds: int | None = None
    repeats: str | None = None


class PollChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of a draft; omitted fields keep their value."""

    question: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    method: PollMethod | UnsetType = UNSET
    rule_id: str | UnsetType = UNSET
    options: Sequence[Option] | None | UnsetType = UNSET
    agenda_item_id: str | None | UnsetType = UNSET
    document_id: str | None | UnsetType = UNSET
    version: int | None | UnsetType = UNSET
    allow_change: bool | UnsetType = UNSET
    timer_seconds: int | None | UnsetType = UNSET


class PollList(msgspec.Struct, frozen=True):
    """The polls of a meeting, in order."""

    items: Sequence[PollView]
    next: str | None = None


def create_poll(actor: Actor, meeting_id: str, new: NewPoll) -> PollView:
    """Create a draft poll after the other polls of the meeting.

    Raises: QuestionMissing, WrongNumberOfOptions, DuplicateOption, MisleadingOption, UnknownRule,
    UnknownPaper, NotFound (no such item, or poll to repeat), WrongStatus.
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.PREPARE, meeting)
        check_open(meeting.status)
        rule = _rule(tx.session, meeting, new.rule_id)
        poll = Poll(
            id=new_id(),
            meeting_id=meeting.id,
            position=_last_position(tx.session, meeting.id) + 1,
            title=_title(new.title, new.question),
            question=checked_question(new.question),
            method=new.method,
            rule_id=rule.id,
            rule=_encoded_rule(rule),
            options=_options(rule, new.options),
            allow_change=new.allow_change,
            revision=1,
            timer_seconds=new.timer_seconds,
            repeats=_repeated(tx.session, meeting, new.repeats),
            status=PollStatus.DRAFT,
            created_by=actor.user_id,
            created_at=tx.at,
        )
        _link(tx.session, meeting, poll, new.agenda_item_id, new.document_id, new.version)
        tx.session.add(poll)
        tx.audit(actor, Action.PREPARE, poll, method=poll.method.value, rule_id=poll.rule_id)
        return tx.answers(_publish_draft(tx, actor, poll))


def change_poll(actor: Actor, poll_id: str, changes: PollChanges) -> PollView:
    """Change a draft poll. Raises: as `create_poll`, and PollNotDraft."""
    with transaction() as tx:
        poll, meeting = _draft(tx, actor, poll_id)
        given = given_fields(changes)
        untitled = poll.title == poll.question
        if "question" in given:
            poll.question = checked_question(given["question"])
        if "title" in given or untitled:
            poll.title = _title(given.get("title", ""), poll.question)
        for name in ("method", "allow_change", "timer_seconds"):
            if name in given:
                setattr(poll, name, given[name])
        rule = _rule(tx.session, meeting, given.get("rule_id", poll.rule_id))
        poll.rule_id, poll.rule = rule.id, _encoded_rule(rule)
        if "options" in given:
            poll.options = _options(rule, given["options"])
        _link(
            tx.session,
            meeting,
            poll,
            given.get("agenda_item_id", poll.agenda_item_id),
            given.get("document_id", poll.document_id),
            given.get("version", None if "document_id" in given else poll.version),
        )
        poll.revision += 1
        tx.audit(actor, Action.PREPARE, poll, fields=sorted(given))
        return tx.answers(_publish_draft(tx, actor, poll))


def remove_poll(actor: Actor, poll_id: str) -> None:
    """Delete a draft poll. Raises: PollNotDraft, WrongStatus."""
    with transaction() as tx:
        poll, meeting = _draft(tx, actor, poll_id)
        tx.audit(actor, Action.PREPARE, poll, removed=True)
        tx.session.delete(poll)
        tx.publish(meeting.id, PollRemoved(poll_id=poll.id), actor=actor)
        tx.answers({})


def reorder_polls(actor: Actor, meeting_id: str, ids: Sequence[str]) -> PollList:
    """Put the draft polls in the given order. Positions of other polls do not change.

    ids: each draft exactly once. Raises: PollOrderIncomplete, WrongStatus.
    """
    with transaction() as tx:
        meeting = tx.lock(Meeting, meeting_id)
        tx.allow(actor, Action.PREPARE, meeting)
        check_open(meeting.status)
        drafts = {poll.id: poll for poll in _drafts(tx.session, meeting.id)}
        if len(ids) != len(drafts) or set(ids) != set(drafts):
            raise PollOrderIncomplete()
        places = sorted(poll.position for poll in drafts.values())
        for poll_id, place in zip(ids, places, strict=True):
            drafts[poll_id].position = place
            tx.audit(actor, Action.PREPARE, drafts[poll_id], position=place)
        tx.publish(meeting.id, PollsReordered(ids=tuple(ids)), actor=actor)
        return tx.answers(PollList([poll_view(drafts[poll_id]) for poll_id in ids]))


def remove_drafts(tx: Tx, meeting: Meeting) -> None:
    """Delete the draft polls of a meeting that never began and is being deleted."""
    for poll in _drafts(tx.session, meeting.id):
        tx.session.delete(poll)


def check_item_removable(session: Session, item_id: str) -> None:
    """Raises ItemHasPolls if a poll belongs to the agenda item."""
    one = select(Poll.id).where(Poll.agenda_item_id == item_id).limit(1)
    if session.scalar(one) is not None:
        raise ItemHasPolls()


def _draft(tx: Tx, actor: Actor, poll_id: str) -> tuple[Poll, Meeting]:
    poll = tx.lock(Poll, poll_id)
    meeting = tx.session.get_one(Meeting, poll.meeting_id)
    tx.allow(actor, Action.PREPARE, meeting)
    check_open(meeting.status)
    if poll.status is not PollStatus.DRAFT:
        raise PollNotDraft()
    return poll, meeting


def _drafts(session: Session, meeting_id: str) -> Sequence[Poll]:
    return session.scalars(
        select(Poll).where(Poll.meeting_id == meeting_id, Poll.status == PollStatus.DRAFT)
    ).all()


def _publish_draft(tx: Tx, actor: Actor, poll: Poll) -> PollView:
    view = poll_view(poll)
    tx.publish(poll.meeting_id, PollPut(poll=view), actor=actor)
    return view


def _rule(session: Session, meeting: Meeting, rule_id: str | None) -> Rule:
    if rule_id is None:
        return rules_for(session, meeting)[0]
    return rule_named(session, meeting, rule_id)


def _encoded_rule(rule: Rule) -> str:
    return msgspec.json.encode(frozen_copy(rule)).decode()


def _title(title: str, question: str) -> str:
    return cleaned(title) or checked_question(question)


def _options(rule: Rule, given: Sequence[Option] | None) -> str:
    usual = [Option(option.key, option.label.vi) for option in rule.options]
    kept = checked_options(usual if given is None else given, rule.options)
    return msgspec.json.encode(kept).decode()


def _repeated(session: Session, meeting: Meeting, poll_id: str | None) -> str | None:
    """Id of the poll to repeat. Raises: NotFound unless it ended in this meeting."""
    if poll_id is None:
        return None
    before = session.get(Poll, poll_id)
    ended = (PollStatus.CLOSED, PollStatus.CANCELLED)
    if before is None or before.meeting_id != meeting.id or before.status not in ended:
        raise NotFound(kind="poll")
    return before.id


def _link(
    session: Session,
    meeting: Meeting,
    poll: Poll,
    item_id: str | None,
    document_id: str | None,
    version: int | None,
) -> None:
    """Link a poll to an agenda item and a document version of its meeting."""
    if item_id is not None:
        item = session.get(AgendaItem, item_id)
        if item is None or item.meeting_id != meeting.id:
            raise NotFound(kind="agenda_item")
    if document_id is not None:
        version = document_version_of(session, meeting, document_id, version).number
    poll.agenda_item_id, poll.document_id = item_id, document_id
    poll.version = version if document_id is not None else None


def document_version_of(
    session: Session, meeting: Meeting, document_id: str, version: int | None
) -> VersionFacts:
    """A version of a document of this meeting; None: the current version.

    Raises: UnknownPaper.
    """
    document = version_facts(session, document_id, version)
    if document is None or meeting_of(session, document.container).id != meeting.id:
        raise UnknownPaper()
    return document


def _last_position(session: Session, meeting_id: str) -> int:
    last = select(func.max(Poll.position)).where(Poll.meeting_id == meeting_id)
    return session.scalar(last) or 0

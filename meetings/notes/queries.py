"""Queries of personal notes."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Row, Select, and_, or_, select, tuple_
from sqlalchemy.orm import Session

from accounts.shared.name_rules import fold
from core.actor import Actor
from core.app_context import current_context
from core.pagination import cursor_of, read_cursor
from core.permissions import STAFF
from meetings.notes.declares import Action, NoteView
from meetings.notes.models import PersonalNote
from meetings.shared.models import Meeting, MeetingStatus, Participant

PAGE_SIZE = 50
MOST_WORDS = 8


class NoteList(msgspec.Struct, frozen=True):
    """One page of a person's notes, newest first. `next`: cursor of the following page."""

    items: list[NoteView]
    next: str | None


class NoteFilter(msgspec.Struct, frozen=True):
    """The filters of a list of notes; a note must contain every word of `q`, ignoring accents."""

    meeting_id: str | None = None
    q: str = ""
    after: str | None = None


def list_notes(actor: Actor, wanted: NoteFilter) -> NoteList:
    """One page of the actor's own notes. Raises InvalidInput (cursor)."""
    statement = _views(actor.user_id)
    if wanted.meeting_id is not None:
        statement = statement.where(PersonalNote.meeting_id == wanted.meeting_id)
    for word in fold(wanted.q).split()[:MOST_WORDS]:
        statement = statement.where(PersonalNote.search_text.contains(word, autoescape=True))
    if wanted.after is not None:
        last = read_cursor(wanted.after, tuple[datetime, str], "after")
        statement = statement.where(tuple_(PersonalNote.created_at, PersonalNote.id) < last)
    newest_first = PersonalNote.created_at.desc(), PersonalNote.id.desc()
    with current_context().database.read() as session:
        current_context().permissions.allow(session, actor, Action.READ, None)
        rows = session.execute(statement.order_by(*newest_first).limit(PAGE_SIZE + 1)).all()
    items = [note_view(row) for row in rows[:PAGE_SIZE]]
    more = len(rows) > PAGE_SIZE
    return NoteList(items, cursor_of(items[-1].created_at, items[-1].id) if more else None)


def views_of(session: Session, user_id: str, ids: Sequence[str]) -> list[NoteView]:
    """The current state of these notes of one person, unordered, without deleted ones."""
    rows = session.execute(_views(user_id).where(PersonalNote.id.in_(ids)))
    return [note_view(row) for row in rows]


def note_view(row: Row[Any, Any, Any, Any]) -> NoteView:
    """The view of one row of `_views`."""
    one: PersonalNote = row.PersonalNote
    return NoteView(
        id=one.id,
        meeting_id=row.seat,
        meeting_title=row.title,
        meeting_starts_at=row.starts_at,
        text=one.text,
        revision=one.revision,
        created_at=one.created_at,
        updated_at=one.updated_at,
    )


def _views(user_id: str) -> Select[Any, Any, Any, Any]:
    """The notes, each with its meeting if the owner is a participant of it."""
    seat = and_(
        Participant.meeting_id == PersonalNote.meeting_id,
        Participant.user_id == PersonalNote.user_id,
    )
    shown = or_(Meeting.status != MeetingStatus.DRAFT, Participant.role.in_(STAFF))
    return (
        select(PersonalNote, Meeting.id.label("seat"), Meeting.title, Meeting.starts_at)
        .outerjoin(Participant, seat)
        .outerjoin(Meeting, and_(Meeting.id == Participant.meeting_id, shown))
        .where(PersonalNote.user_id == user_id, PersonalNote.deleted_at.is_(None))
    )

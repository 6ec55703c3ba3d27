"""What people may do with notes of their own, and what each is told alone."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.permissions import IN_THE_ROOM, Role


class Action(StrEnum):
    """What can be done with notes."""

    READ = "note.read"
    WRITE = "note.write"
    WRITE_IN_MEETING = "note.write_in_meeting"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.READ: frozenset({Role.PERSON}),
    Action.WRITE: frozenset({Role.PERSON}),
    Action.WRITE_IN_MEETING: IN_THE_ROOM,
}
"""Everybody one's own, and nobody another's; in a meeting, who sits in it."""


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """One note as its owner sees it.

    meeting_…: null without a meeting, or when one does not sit in it any more.
    """

    id: str
    meeting_id: str | None
    meeting_title: str | None
    meeting_starts_at: datetime | None
    text: str
    revision: int
    created_at: datetime
    updated_at: datetime


class OwnNotePut(Event, frozen=True):
    """A note of this person was made or changed: it is given whole."""

    type = "own_note_put"
    mine = True
    note: NoteView


class OwnNoteRemoved(Event, frozen=True):
    """A note of this person is gone as of this revision."""

    type = "own_note_removed"
    mine = True
    id: str
    revision: int

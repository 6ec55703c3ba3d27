"""Actions, permissions, views and events of personal notes."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.permissions import IN_THE_ROOM, Role


class Action(StrEnum):
    """Actions on notes."""

    READ = "note.read"
    WRITE = "note.write"
    WRITE_IN_MEETING = "note.write_in_meeting"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.READ: frozenset({Role.PERSON}),
    Action.WRITE: frozenset({Role.PERSON}),
    Action.WRITE_IN_MEETING: IN_THE_ROOM,
}
"""All people may read and write only their own notes; notes of a meeting require a role in it."""


class NoteView(msgspec.Struct, frozen=True, kw_only=True):
    """One note as shown to its owner.

    meeting_…: null without a meeting, or when the owner is no longer a participant of it.
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
    """A note of this person was created or changed; the event has the whole note."""

    type = "own_note_put"
    mine = True
    note: NoteView


class OwnNoteRemoved(Event, frozen=True):
    """A note of this person was deleted in this revision."""

    type = "own_note_removed"
    mine = True
    id: str
    revision: int

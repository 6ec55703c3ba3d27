"""Erases deleted personal notes from events and remembered answers, in the worker."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import select, tuple_, update

from core import clock
from core.app_context import current_context
from core.db.models import PersonEvent
from core.transactions.event_erasing import Stream, erase_from_events
from core.transactions.idempotency import forget_answers
from meetings.notes.declares import OwnNotePut, OwnNoteRemoved
from meetings.notes.models import PersonalNote

NOTES_AT_ONCE = 200


class _Head(msgspec.Struct, frozen=True):
    id: str


class _Put(msgspec.Struct, frozen=True):
    note: _Head


_read_put = msgspec.json.Decoder(_Put).decode


class _NoteEraser:
    """Replaces events that put deleted notes by their removal. revisions: of the removals, by id.

    See `core…event_erasing.Eraser`.
    """

    event_type = OwnNotePut.type

    def __init__(self, revisions: Mapping[str, int]) -> None:
        self._revisions = revisions

    def rewrite(self, data: bytes) -> tuple[str, bytes] | None:
        note_id = _read_put(data).note.id
        revision = self._revisions.get(note_id)
        if revision is None:
            return None
        removed = OwnNoteRemoved(id=note_id, revision=revision)
        return removed.type, msgspec.json.encode(removed)

    def is_finished(self) -> bool:
        """A note is told again when it loses its meeting: its creation may not be the first."""
        return False


def erase_deleted() -> None:
    """Erase deleted notes. Restartable at any time."""
    while some := _deleted():
        revisions: dict[str, dict[str, int]] = defaultdict(dict)
        for one in some:
            revisions[one.user_id][one.id] = one.revision
        for user_id, of_person in revisions.items():
            erase_from_events(Stream(PersonEvent, user_id), _NoteEraser(of_person))
        _mark_erased(some)


def _deleted() -> Sequence[PersonalNote]:
    oldest = (
        select(PersonalNote)
        .where(PersonalNote.deleted_at.is_not(None), PersonalNote.erased_at.is_(None))
        .order_by(PersonalNote.deleted_at)
        .limit(NOTES_AT_ONCE)
    )
    with current_context().database.read() as session:
        return session.scalars(oldest).all()


def _mark_erased(notes: Sequence[PersonalNote]) -> None:
    """Delete the answers, then note that these notes are done.

    Two people may have chosen the same id; an answer of the other one is then forgotten too.
    """
    database = current_context().database
    keys = [(one.user_id, one.id) for one in notes]
    these = tuple_(PersonalNote.user_id, PersonalNote.id).in_(keys)
    with database.write() as session:
        forget_answers(session, [one.id for one in notes])
        session.execute(update(PersonalNote).where(these).values(erased_at=clock.now()))
        database.commit(session)

"""Service functions of personal notes.

A note is looked up by owner and id together, so that a person finds only their own notes.
"""

import msgspec
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from accounts.shared.name_rules import fold
from core.actor import Actor
from core.errors import NotFound
from core.transactions.group_commit import group_commit
from core.transactions.idempotency import Already
from core.transactions.transaction import Tx
from meetings.notes import note_rules as rules
from meetings.notes.declares import Action, NoteView, OwnNotePut, OwnNoteRemoved
from meetings.notes.models import PersonalNote
from meetings.notes.queries import views_of
from meetings.shared.models import Meeting


class NewNote(msgspec.Struct, frozen=True):
    """A new note, with a validated text. meeting_id None: it belongs to no meeting."""

    id: str
    text: str
    meeting_id: str | None


def add_note(actor: Actor, note: NewNote) -> NoteView | Already[NoteView]:
    """Store a note; a repeated id returns the stored note.

    Raises: NoteDeleted (it was stored and deleted before), TooManyNotes, NotFound (no such
    meeting), NotAllowed (not a participant of the meeting).
    """

    def add(tx: Tx) -> NoteView | Already[NoteView]:
        tx.allow(actor, Action.WRITE, None)
        stored = tx.session.get(PersonalNote, (actor.user_id, note.id))
        if stored is not None:
            rules.check_standing(deleted=stored.deleted_at is not None)
            return Already(_view(tx.session, stored))
        if note.meeting_id is not None:
            tx.allow(actor, Action.WRITE_IN_MEETING, tx.lock(Meeting, note.meeting_id))
        rules.check_room_for_more(_count_of(tx.session, actor.user_id))
        return tx.answers(_put(tx, _row(tx, actor, note)), thing_id=note.id)

    return group_commit(add)


def change_note(actor: Actor, note_id: str, revision: int, text: str) -> NoteView:
    """Replace the text of a note at `revision`. Raises: StaleRevision, NoteDeleted, NotFound."""

    def change(tx: Tx) -> NoteView:
        one = _own(tx, actor, note_id)
        rules.check_revision(one.revision, revision, deleted=one.deleted_at is not None)
        one.text, one.search_text = text, fold(text)
        one.revision += 1
        one.updated_at = tx.at
        return tx.answers(_put(tx, one), thing_id=one.id)

    return group_commit(change)


def remove_note(actor: Actor, note_id: str) -> None:
    """Delete a note and erase its content; a repeated call has no effect. Raises NotFound."""

    def remove(tx: Tx) -> None:
        one = _own(tx, actor, note_id)
        if one.deleted_at is None:
            one.revision += 1
            one.updated_at = one.deleted_at = tx.at
            one.text, one.search_text, one.meeting_id = "", "", None
            tx.publish_to_user(actor.user_id, OwnNoteRemoved(id=one.id, revision=one.revision))
        tx.answers({})

    group_commit(remove)


def part_from_meeting(tx: Tx, meeting: Meeting) -> None:
    """Detach the notes of a meeting that is being deleted; their owners keep them."""
    of_meeting = PersonalNote.meeting_id == meeting.id
    owners = tx.session.execute(
        select(PersonalNote.user_id, PersonalNote.id).where(of_meeting)
    ).all()
    tx.session.execute(update(PersonalNote).where(of_meeting).values(meeting_id=None))
    for user_id in sorted({row.user_id for row in owners}):
        ids = [row.id for row in owners if row.user_id == user_id]
        for view in views_of(tx.session, user_id, ids):
            tx.publish_to_user(user_id, OwnNotePut(note=view))


def _own(tx: Tx, actor: Actor, note_id: str) -> PersonalNote:
    tx.allow(actor, Action.WRITE, None)
    one = tx.session.get(PersonalNote, (actor.user_id, note_id), with_for_update=True)
    if one is None:
        raise NotFound(kind="note")
    return one


def _row(tx: Tx, actor: Actor, note: NewNote) -> PersonalNote:
    one = PersonalNote(
        user_id=actor.user_id,
        id=note.id,
        meeting_id=note.meeting_id,
        text=note.text,
        search_text=fold(note.text),
        revision=1,
        created_at=tx.at,
        updated_at=tx.at,
    )
    tx.session.add(one)
    return one


def _put(tx: Tx, one: PersonalNote) -> NoteView:
    """Publish a note to the clients of its owner. Returns its current state."""
    tx.session.flush()
    view = _view(tx.session, one)
    tx.publish_to_user(one.user_id, OwnNotePut(note=view))
    return view


def _view(session: Session, one: PersonalNote) -> NoteView:
    (view,) = views_of(session, one.user_id, [one.id])
    return view


def _count_of(session: Session, user_id: str) -> int:
    owned = select(func.count()).where(
        PersonalNote.user_id == user_id, PersonalNote.deleted_at.is_(None)
    )
    return session.scalar(owned) or 0

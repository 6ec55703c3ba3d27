"""Limits of notes, and conflicts of their changes. Pure: no database, no clock, no request."""

from core.errors import Refusal
from documents.annotations.rules import StaleRevision

LONGEST_TEXT = 20_000
MOST_NOTES = 2_000


class NoteDeleted(Refusal):
    """The note was deleted. A deletion takes precedence over every change."""

    code, status = "note_deleted", 410


class TooManyNotes(Refusal):
    """The person has the maximum number of notes, `limit`."""

    code, status = "too_many_notes", 409


def check_standing(*, deleted: bool) -> None:
    """Raises NoteDeleted if the note is deleted."""
    if deleted:
        raise NoteDeleted()


def check_revision(current: int, base: int, *, deleted: bool) -> None:
    """Check that a change of revision `base` applies to the `current` revision.

    Raises: NoteDeleted (checked first), StaleRevision.
    """
    check_standing(deleted=deleted)
    if base != current:
        raise StaleRevision()


def check_room_for_more(before: int) -> None:
    """Raises TooManyNotes. before: the number of notes that the person has."""
    if before >= MOST_NOTES:
        raise TooManyNotes(limit=MOST_NOTES)

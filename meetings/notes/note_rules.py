"""What a note may be, and whose change of it counts. Pure: no database, no clock, no request."""

from core.errors import Refusal
from documents.annotations.rules import StaleRevision

LONGEST_TEXT = 20_000
MOST_NOTES = 2_000


class NoteDeleted(Refusal):
    """The note was deleted: that wins over every change."""

    code, status = "note_deleted", 410


class TooManyNotes(Refusal):
    """`limit`: notes that one person may keep."""

    code, status = "too_many_notes", 409


def check_standing(*, deleted: bool) -> None:
    """Raises NoteDeleted."""
    if deleted:
        raise NoteDeleted()


def check_revision(standing: int, said: int, *, deleted: bool) -> None:
    """Whether a change that was made to revision `said` counts.

    Raises: NoteDeleted (before all else), StaleRevision.
    """
    check_standing(deleted=deleted)
    if said != standing:
        raise StaleRevision()


def check_room_for_more(before: int) -> None:
    """before: notes that the person keeps. Raises TooManyNotes."""
    if before >= MOST_NOTES:
        raise TooManyNotes(limit=MOST_NOTES)

"""Notes of one's own: whose change counts, and how many there may be."""

import pytest

from documents.annotations.rules import StaleRevision
from meetings.notes.note_rules import (
    MOST_NOTES,
    NoteDeleted,
    TooManyNotes,
    check_revision,
    check_room_for_more,
)


def test_a_change_counts_when_it_was_made_to_what_stands():
    check_revision(3, 3, deleted=False)


@pytest.mark.parametrize("said", [1, 2, 4])
def test_a_change_made_to_anything_else_does_not(said):
    with pytest.raises(StaleRevision):
        check_revision(3, said, deleted=False)


@pytest.mark.parametrize("said", [2, 3, 4])
def test_deletion_goes_before_everything(said):
    with pytest.raises(NoteDeleted):
        check_revision(3, said, deleted=True)


def test_there_is_an_end_to_how_many_one_person_keeps():
    check_room_for_more(MOST_NOTES - 1)
    with pytest.raises(TooManyNotes) as refused:
        check_room_for_more(MOST_NOTES)
    assert refused.value.params == {"limit": MOST_NOTES}

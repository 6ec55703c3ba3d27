"""Deleted notes leave the events and the answers; clients hear of the deletion instead."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from core.ids import new_id
from core.transactions import event_erasing
from meetings.meeting.service import delete_meeting
from meetings.notes import service
from meetings.notes.note_rules import NoteDeleted
from tests.server.annotations.ink_secrets import Secret
from tests.server.core.erasing_world import ErasingWorld, erasing_world, requested

WORD = "KÉTSẮT"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[ErasingWorld]:
    """One for each test."""
    with erasing_world(tmp_path) as made:
        yield made


def told(world: ErasingWorld, since: tuple[int, int]) -> list[tuple[str, Any]]:
    """What a client of the first person that was away hears of notes."""
    events = world.missed(world.people[0], since)
    return [(one["type"], one["data"]) for one in events if "note" in one["type"]]


def test_it_leaves_the_whole_file(world: ErasingWorld):
    owner, other = world.people[:2]
    since = world.heads(owner)
    note_id, kept_id = new_id(), new_id()

    def add() -> tuple[int, bytes]:
        note = service.NewNote(note_id, f"{WORD}-MỘT", world.meeting_id)
        return requested(
            owner, "POST", "/api/v1/notes", "k1", lambda: service.add_note(owner, note)
        )

    def change() -> tuple[int, bytes]:
        work = lambda: service.change_note(owner, note_id, 1, f"{WORD}-HAI")  # noqa: E731
        return requested(owner, "PATCH", f"/api/v1/notes/{note_id}", "k2", work)

    answers = add(), change()
    service.add_note(owner, service.NewNote(kept_id, f"{WORD}-CÒN", None))
    # The same id of another person is another note.
    service.add_note(other, service.NewNote(note_id, f"{WORD}-NGƯỜI KHÁC", None))
    delete_meeting(world.secretary, world.meeting_id)  # The note is told once more.
    service.remove_note(owner, note_id)
    words = (f"{WORD}-MỘT", f"{WORD}-HAI")
    assert [world.traces(Secret(note_id, (word,))) for word in words] == [{"words", "id"}] * 2
    assert (add(), change()) == answers
    world.run()
    assert [world.traces(Secret(note_id, (word,))) for word in words] == [{"id"}] * 2
    for word in ("CÒN", "NGƯỜI KHÁC"):
        assert world.traces(Secret(kept_id, (f"{WORD}-{word}",))) == {"words", "id"}
    for repeated in (add, change):
        with pytest.raises(NoteDeleted):
            repeated()
    assert world.rows("SELECT count(*) FROM personal_note WHERE erased_at IS NULL") == [(2,)]
    mine = world.rows(
        "SELECT type, CAST(data AS TEXT) FROM person_event WHERE user_id = ? AND seq > ? "
        "AND type LIKE 'own_note%' ORDER BY seq",
        owner.user_id,
        since[1],
    )
    removed = f'{{"id":"{note_id}","revision":3}}'
    assert [one for one in mine if kept_id not in one[1]] == [("own_note_removed", removed)] * 4


def test_a_client_that_was_away_hears_of_the_deletion(world: ErasingWorld):
    owner, note_id, kept_id = world.people[0], new_id(), new_id()
    since = world.heads(owner)
    service.add_note(owner, service.NewNote(note_id, WORD, world.meeting_id))
    service.add_note(owner, service.NewNote(kept_id, "Còn", world.meeting_id))
    before = told(world, since)
    service.remove_note(owner, note_id)
    world.run()
    gone = ("own_note_removed", {"id": note_id, "revision": 2})
    assert told(world, since) == [gone, before[1], gone]


def test_an_interruption_loses_nothing(world: ErasingWorld, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(event_erasing, "ROWS_AT_ONCE", 2)
    owner = world.people[0]
    ids = [new_id() for _ in range(5)]
    for note_id in ids:
        service.add_note(owner, service.NewNote(note_id, f"{WORD} {note_id}", None))
    for note_id in ids:
        service.remove_note(owner, note_id)
    write, written = event_erasing._write, []

    def failing(kind: Any, changes: Any) -> None:
        write(kind, changes)
        written.append(changes)
        if len(written) == 2:
            raise RuntimeError("the power went out")

    monkeypatch.setattr(event_erasing, "_write", failing)
    with pytest.raises(RuntimeError, match="power"):
        world.run()
    left = [
        note_id
        for note_id in ids
        if world.traces(Secret(note_id, (f"{WORD} {note_id}",))) != {"id"}
    ]
    assert left == ids[:1]
    monkeypatch.setattr(event_erasing, "_write", write)
    world.run()
    assert all(world.traces(Secret(one, (f"{WORD} {one}",))) == {"id"} for one in ids)
    assert world.rows("SELECT count(*) FROM personal_note WHERE erased_at IS NULL") == [(0,)]

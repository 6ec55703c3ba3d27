"""Deleted annotations leave the events and the answers, wherever they were told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from core.actor import Actor
from core.transactions import event_erasing
from documents.annotations import service
from documents.annotations.declares import AnnotationView
from documents.annotations.queries import views_of
from documents.annotations.rules import AnnotationDeleted, Audience
from documents.service import remove_document
from meetings.meeting.service import delete_meeting
from tests.contract.own_context import statements_of
from tests.server.core.erasing_world import (
    ErasingWorld,
    draft,
    erasing_world,
    requested,
    secret_of,
    told,
)

EVERYTHING = {"words", "numbers", "id"}
ONLY_THE_ID = {"id"}
PRIVATE, MEETING, PERSON = Audience
Seen = tuple[Audience, int | None]
"""Audience and recipient, by place among the people."""


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ErasingWorld]:
    """One for the tests that leave others' annotations alone."""
    with erasing_world(tmp_path_factory.mktemp("erasing")) as made:
        yield made


@pytest.fixture
def own_world(tmp_path: Path) -> Iterator[ErasingWorld]:
    """One for the tests that remove a document or a meeting, or look at everything."""
    with erasing_world(tmp_path) as made:
        yield made


def added(world: ErasingWorld, *drafts: Any, by: Actor | None = None) -> list[AnnotationView]:
    """Add annotations as the first of the people does; a batch is one event for each stream."""
    service.add_annotations(by or world.people[0], world.document_id, drafts)
    with world.context.database.read() as session:
        return views_of(session, [one.id for one in drafts])


def shown(world: ErasingWorld, one: AnnotationView, revision: int, seen: Seen) -> None:
    """Change who sees it."""
    user_id = None if seen[1] is None else world.people[seen[1]].user_id
    changes = service.Changes(audience=seen[0], user_id=user_id)
    service.change_annotation(world.people[0], one.id, revision, changes)


def undone(world: ErasingWorld) -> list[Any]:
    """Deleted annotations that are not erased."""
    return world.rows("SELECT id FROM annotation WHERE deleted_at > 0 AND erased_at IS NULL")


@pytest.mark.parametrize(
    "history",
    [
        [(PRIVATE, None)],
        [(MEETING, None)],
        [(PERSON, 1)],
        [(PRIVATE, None), (MEETING, None), (PRIVATE, None)],
        [(PERSON, 1), (PERSON, 2), (MEETING, None)],
        [(MEETING, None), (PERSON, 2), (PRIVATE, None)],
    ],
    ids=lambda history: "-".join(audience.value for audience, _ in history),
)
def test_it_leaves_the_whole_file_and_clients_are_told_right(world: ErasingWorld, history):
    (audience, to), *later = history
    since = {actor.user_id: world.heads(actor) for actor in world.people}
    recipient = None if to is None else world.people[to]
    (gone, stays) = added(world, draft(1, audience, recipient), draft(2, audience, recipient))
    for revision, seen in enumerate(later, start=1):
        shown(world, gone, revision, seen)
    before = {actor.user_id: world.missed(actor, since[actor.user_id]) for actor in world.people}
    assert world.traces(secret_of(gone, 1)) == EVERYTHING
    service.remove_annotation(world.people[0], gone.id)
    assert world.traces(secret_of(gone, 1)) == EVERYTHING
    world.run()
    assert world.traces(secret_of(gone, 1)) == ONLY_THE_ID
    assert world.traces(secret_of(stays, 2)) == EVERYTHING
    assert undone(world) == []
    for actor in world.people:
        after = world.missed(actor, since[actor.user_id])
        expected = [without(one, gone.id) for one in before[actor.user_id]]
        same = [one for one in after if one in expected]
        assert same == expected
        more = told([one for one in after if one not in expected])
        removed = [(gone.id, len(history) + 1)]
        assert all(items == removed and kind.endswith("_removed") for kind, items in more)
    service.remove_annotation(world.people[0], stays.id)
    world.run()
    assert world.traces(secret_of(stays, 2)) == ONLY_THE_ID


def without(event: dict[str, Any], gone: str) -> dict[str, Any]:
    """An event as it is once an annotation is erased from it."""
    if not event["type"].endswith("annotations_put"):
        return event
    items = [item for item in event["data"]["items"] if item["id"] != gone]
    return {**event, "data": {**event["data"], "items": items}}


def test_a_repeated_request_is_answered_until_then_and_refused_afterwards(world: ErasingWorld):
    author, one = world.people[0], draft(3)
    path = f"/api/v1/documents/{world.document_id}/annotations"
    changes = service.Changes(text="KÉTSẮT-3 mới")

    def add() -> tuple[int, bytes]:
        work = lambda: service.add_annotation(author, world.document_id, one)  # noqa: E731
        return requested(author, "POST", path, "them-1", work)

    def change() -> tuple[int, bytes]:
        work = lambda: service.change_annotation(author, one.id, 1, changes)  # noqa: E731
        return requested(author, "PATCH", f"/api/v1/annotations/{one.id}", "sua-1", work)

    def delete() -> tuple[int, bytes]:
        work = lambda: service.remove_annotation(author, one.id)  # noqa: E731
        return requested(author, "DELETE", f"/api/v1/annotations/{one.id}", "xoa-1", work)

    answers = add(), change(), delete()
    assert [status for status, _ in answers] == [201, 200, 204]
    assert (add(), change(), delete()[0]) == (*answers[:2], 204)
    world.run()
    heads = world.heads(author)
    for repeated in (add, change):
        with pytest.raises(AnnotationDeleted):
            repeated()
    assert delete()[0] == 204
    assert world.heads(author) == heads
    view = msgspec.json.decode(answers[0][1], type=AnnotationView)
    assert world.traces(secret_of(view, 3)) == ONLY_THE_ID


def test_an_interruption_loses_nothing(world: ErasingWorld, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(event_erasing, "ROWS_AT_ONCE", 2)
    made = [added(world, draft(number, MEETING))[0] for number in range(4, 9)]
    for one in made:
        service.remove_annotation(world.people[0], one.id)
    write = event_erasing._write
    written: list[Any] = []

    def failing(kind: Any, changes: Any) -> None:
        if len(written) == 1:
            raise RuntimeError("the power went out")
        written.append(changes)
        write(kind, changes)

    monkeypatch.setattr(event_erasing, "_write", failing)
    with pytest.raises(RuntimeError, match="power"):
        world.run()
    left = [world.traces(secret_of(one, number)) for number, one in enumerate(made, start=4)]
    assert left.count(ONLY_THE_ID) in (0, 1, 2)
    assert EVERYTHING in left
    assert len(undone(world)) == 5
    monkeypatch.setattr(event_erasing, "_write", write)
    world.run()
    assert undone(world) == []
    left = [world.traces(secret_of(one, number)) for number, one in enumerate(made, start=4)]
    assert left == [ONLY_THE_ID] * 5


def test_only_what_may_have_it_is_read(world: ErasingWorld, monkeypatch: pytest.MonkeyPatch):
    """A stroke that is erased soon after it was drawn costs one read, not a whole stream."""
    monkeypatch.setattr(event_erasing, "ROWS_AT_ONCE", 2)
    for _ in range(5):
        added(world, draft(9))
    (one,) = added(world, draft(9))
    service.remove_annotation(world.people[0], one.id)
    with statements_of(world.context) as statements:
        world.run()
    reads = [one for one in statements if "_event.data" in one]
    assert len(reads) == 1
    assert "FROM person_event" in reads[0]


def test_looking_for_deleted_rows_reads_no_others(world: ErasingWorld):
    with statements_of(world.context) as statements:
        world.run()
    looking = [one for one in statements if "erased_at IS NULL" in one]
    plans = [row[-1] for one in looking for row in world.rows(f"EXPLAIN QUERY PLAN {one}")]
    assert plans == [
        f"SEARCH {table} USING INDEX ix_{table}_not_erased (deleted_at>?)"
        for table in ("annotation", "personal_note")
    ]


def test_answers_are_found_without_reading_the_others(world: ErasingWorld):
    query = "EXPLAIN QUERY PLAN DELETE FROM idempotent_answer WHERE thing_id IN ('a', 'b')"
    ((*_, plan),) = world.rows(query)
    assert "USING INDEX ix_idempotent_answer_thing_id" in plan


@pytest.mark.parametrize("whole_meeting", [False, True])
def test_annotations_of_what_is_removed_leave_too(own_world: ErasingWorld, whole_meeting: bool):
    world = own_world
    author = world.people[0]
    path = f"/api/v1/documents/{world.document_id}/annotations"
    mine, sent = draft(1), draft(2, PERSON, world.people[1])
    for number, one in enumerate((mine, sent)):
        work = lambda one=one: service.add_annotation(author, world.document_id, one)  # noqa: E731
        requested(author, "POST", path, f"them-{number}", work)
    (shared, withdrawn) = added(world, draft(3, MEETING), draft(4, PERSON, world.people[2]))
    shown(world, withdrawn, 1, (PRIVATE, None))
    service.remove_annotation(author, shared.id)
    secrets = [
        secret_of(one, number) for number, one in enumerate((mine, sent, shared, withdrawn), 1)
    ]
    assert [world.traces(one) for one in secrets] == [EVERYTHING] * 4
    if whole_meeting:
        delete_meeting(world.secretary, world.meeting_id)
    else:
        remove_document(world.secretary, world.document_id)
    assert EVERYTHING in [world.traces(one) for one in secrets]
    world.run()
    assert [world.traces(one) - ONLY_THE_ID for one in secrets] == [set()] * 4
    assert world.rows("SELECT * FROM removed_document") == []

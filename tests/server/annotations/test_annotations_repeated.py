"""Annotations sent again, alone and by many: written once, and nothing returns from the dead."""

import pytest

from tests.server.annotations.ink_steps import (
    batch,
    changed,
    delete,
    heads,
    ids,
    note,
    post,
    seen,
    stroke,
    summary,
    told,
    written,
)
from tests.server.conftest import Room
from tests.server.voting.vote_steps import code, done

pytestmark = pytest.mark.slow


def test_the_same_key_is_answered_the_same_and_written_once(room: Room) -> None:
    body, since = stroke(), heads(room.member, room)
    answers = [post(room.member, room.document, body, key="lan-1") for _ in range(3)]
    assert {(one.status_code, one.text) for one in answers} == {(201, answers[0].text)}
    other = post(room.member, room.document, stroke(), key="lan-1")
    assert code(other) == (409, "idempotency_conflict")
    assert ids(seen(room.member, room.document)) == [body["id"]]
    assert len(told(room.member, room, since, "mine")) == 1


def test_the_same_id_without_a_key_gives_what_stands(room: Room) -> None:
    one = written(room.member, room.document, note("Một"))
    newer = changed(room.member, one, text="Hai")
    since = heads(room.member, room)
    again = post(room.member, room.document, note("Một", id=one["id"]))
    assert (again.status_code, again.json()) == (200, newer)
    assert delete(room.member, one).status_code == 204
    again = post(room.member, room.document, note("Một", id=one["id"]))
    assert code(again) == (410, "annotation_deleted")
    assert summary(told(room.member, room, since, "mine")) == [
        ("own_annotations_removed", [(one["id"], 3)])
    ]
    assert seen(room.member, room.document) == []


def test_a_change_and_a_deletion_are_repeated_without_harm(room: Room) -> None:
    one = written(room.member, room.document, note("Một"))
    since = heads(room.member, room)
    body, headers = {"revision": 1, "text": "Hai"}, {"Idempotency-Key": "sua-1"}
    path = f"/annotations/{one['id']}"
    first, again = (room.member.call("PATCH", path, json=body, headers=headers) for _ in range(2))
    assert (first.status_code, first.text) == (again.status_code, again.text)
    assert first.json()["revision"] == 2
    headers = {"Idempotency-Key": "xoa-1"}
    for _ in range(2):
        assert room.member.call("DELETE", path, headers=headers).status_code == 204
    kinds = [kind for kind, _ in told(room.member, room, since, "mine")]
    assert kinds == ["own_annotations_put", "own_annotations_removed"]


def test_a_batch_is_written_in_its_order_and_told_as_one(room: Room) -> None:
    bodies = [stroke(audience=("private", "meeting")[place % 2]) for place in range(100)]
    since = heads(room.member, room)
    kept = done(batch(room.member, room.document, bodies), 201)["items"]
    assert ids(kept) == [body["id"] for body in bodies]
    assert {one["revision"] for one in kept} == {1}
    assert ids(seen(room.member, room.document)) == [body["id"] for body in bodies]
    assert ids(seen(room.other, room.document)) == [body["id"] for body in bodies[1::2]]
    ((kind, own),) = told(room.member, room, since, "mine")
    assert (kind, ids(own)) == ("own_annotations_put", [body["id"] for body in bodies[::2]])
    ((kind, shared),) = told(room.member, room, since, "events")
    assert (kind, ids(shared)) == ("annotations_put", [body["id"] for body in bodies[1::2]])


def test_a_batch_repeated_writes_what_is_missing_and_raises_nothing_from_the_dead(
    room: Room,
) -> None:
    bodies = [note(str(place)) for place in range(4)]
    done(batch(room.member, room.document, bodies[:3]), 201)
    gone, newer = ({"id": body["id"], "revision": 1} for body in bodies[:2])
    assert delete(room.member, gone).status_code == 204
    changed(room.member, newer, text="mới")
    since = heads(room.member, room)
    kept = done(batch(room.member, room.document, bodies), 201)["items"]
    assert ids(kept) == [body["id"] for body in bodies]
    assert [one["revision"] for one in kept] == [2, 2, 1, 1]
    assert [one["text"] for one in seen(room.member, room.document)] == ["mới", "2", "3"]
    assert summary(told(room.member, room, since, "mine")) == [
        ("own_annotations_put", [(bodies[3]["id"], 1)])
    ]
    done(batch(room.member, room.document, bodies), 201)
    assert len(told(room.member, room, since, "mine")) == 1


def test_a_batch_is_written_whole_or_not_at_all(room: Room) -> None:
    foreign = written(room.other, room.document)
    for wrong, expected in (
        (stroke(page=99), (404, "not_found")),
        (stroke(id=foreign["id"]), (409, "annotation_id_taken")),
        (stroke(geometry={"at": [0.5, 0.5]}), (422, "geometry_does_not_fit")),
        (stroke(audience="person", user_id=room.stranger.id), (422, "recipient_cannot_read")),
    ):
        assert code(batch(room.member, room.document, [stroke(), wrong])) == expected
    assert seen(room.member, room.document) == []

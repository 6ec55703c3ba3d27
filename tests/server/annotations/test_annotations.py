"""The life of an annotation over HTTP: written, seen, changed, shown, withdrawn, deleted."""

import pytest

from tests.server.annotations.ink_steps import (
    STYLE,
    audit,
    change,
    changed,
    delete,
    heads,
    ids,
    note,
    post,
    rows,
    seen,
    stroke,
    summary,
    told,
    written,
)
from tests.server.conftest import Room
from tests.server.real_server import Person
from tests.server.voting.vote_steps import code, done

pytestmark = pytest.mark.slow


def test_what_is_written_is_answered_whole_and_stands_there(room: Room) -> None:
    body = stroke(anchor={"text": "Điều 2", "prefix": "… ", "suffix": "", "box": [0, 0, 1, 0.5]})
    made = written(room.member, room.document, body)
    assert made["geometry"] == body["geometry"]
    assert made["style"] == STYLE
    assert made["anchor"] == {**body["anchor"], "prefix": "…", "box": [0.0, 0.0, 1.0, 0.5]}
    assert made["author"] == room.member.id
    assert made["author_name"]
    assert (made["document_id"], made["version"], made["page"]) == (room.document, 1, 1)
    assert (made["kind"], made["audience"], made["revision"]) == ("ink", "private", 1)
    assert (made["user_id"], made["user_name"], made["text"]) == (None, None, None)
    assert made["created_at"] == made["updated_at"]
    assert seen(room.member, room.document) == [made]


def test_every_kind_is_taken_and_told_as_it_was_sent(room: Room) -> None:
    bodies = [
        stroke(
            kind="highlight", geometry={"boxes": [[0.1, 0.1, 0.9, 0.12], [0.1, 0.13, 0.4, 0.15]]}
        ),
        stroke(kind="underline", geometry={"boxes": [[0.1, 0.1, 0.9, 0.12]]}),
        stroke(kind="strike", geometry={"boxes": [[0.1, 0.1, 0.9, 0.12]]}),
        stroke(kind="arrow", geometry={"from": [0.9, 0.9], "to": [0.1, 0.2]}),
        stroke(kind="rectangle", geometry={"box": [0.1, 0.2, 0.3, 0.4]}),
        stroke(
            kind="text", geometry={"box": [0.1, 0.2, 0.3, 0.4]}, text="Đề nghị\nlàm rõ\tchỗ này"
        ),
        note("Cần số liệu năm 2025", page=3),
        stroke(geometry={"strokes": [[[0, 0, 0]], [[1, 1, 1], [0.5, 0.5, 0.5]]]}),
    ]
    for body in bodies:
        written(room.member, room.document, body)
    items = seen(room.member, room.document)
    assert [one["geometry"] for one in items] == [body["geometry"] for body in bodies]
    assert [one["text"] for one in items] == [body.get("text") for body in bodies]
    assert ids(items) == [body["id"] for body in bodies]


def test_unstated_fields_are_private_and_have_the_default_style(room: Room) -> None:
    body = {"page": 1, "kind": "note", "geometry": {"at": [0.1, 0.1]}}
    made = written(room.member, room.document, body)
    assert made["audience"] == "private"
    assert made["style"] == {"color": "#1c4fa1", "width": 2.6, "opacity": 1.0, "size": 20.0}
    assert len(made["id"]) == 22


def test_coordinates_are_kept_on_the_grid(room: Room) -> None:
    body = stroke(geometry={"strokes": [[[0.123456789, 0.000001, 0.987], [1, -0.0, 0.004]]]})
    made = written(room.member, room.document, body)
    assert made["geometry"] == {"strokes": [[[0.12346, 0.0, 0.99], [1.0, 0.0, 0.0]]]}


def test_a_private_one_is_its_authors_alone(room: Room) -> None:
    since = {one.username: heads(one, room) for one in (room.member, room.other, room.chair)}
    made = written(room.member, room.document)
    for person in (room.other, room.chair, room.secretary):
        assert seen(person, room.document) == []
    for person in (room.other, room.chair):
        assert told(person, room, since[person.username], "events") == []
        assert told(person, room, since[person.username], "mine") == []
    mine = since[room.member.username]
    assert told(room.member, room, mine, "events") == []
    assert told(room.member, room, mine, "mine") == [("own_annotations_put", [made])]


def test_one_for_the_room_reaches_everybody_who_reads_the_paper(room: Room) -> None:
    member, guest = room.tablet(room.member), room.tablet(room.guest)
    since = heads(room.other, room)
    made = written(room.other, room.document, stroke(audience="meeting"))
    put = member.next("room.event", type="annotations_put")
    assert put["data"] == {"document_id": room.document, "items": [made]}
    assert put["actor"] == room.other.id
    assert guest.next("room.event", seq=put["seq"])["type"] == "hidden"
    assert told(room.other, room, since, "mine") == []
    for person in (room.member, room.other, room.secretary, room.chair):
        assert seen(person, room.document) == [made]


def test_one_is_sent_to_one_person(room: Room) -> None:
    since = {one.username: heads(one, room) for one in (room.other, room.chair)}
    chair = room.tablet(room.chair)
    body = note("Riêng cho chủ tọa", audience="person", user_id=room.chair.id)
    made = written(room.member, room.document, body)
    assert (made["user_id"], bool(made["user_name"])) == (room.chair.id, True)
    assert chair.next("mine.event", type="own_annotations_put")["data"]["items"] == [made]
    for person in (room.member, room.chair):
        assert seen(person, room.document) == [made]
    for person in (room.other, room.secretary):
        assert seen(person, room.document) == []
    assert told(room.other, room, since["daibieu2"], "mine") == []
    assert told(room.chair, room, since["chutoa"], "events") == []


def test_sharing_and_withdrawing_move_between_streams(room: Room) -> None:
    author, since = heads(room.member, room), heads(room.chair, room)
    one = written(room.member, room.document)
    steps = (
        {"audience": "meeting"},
        {"audience": "person", "user_id": room.chair.id},
        {"audience": "person", "user_id": room.other.id},
        {"audience": "private"},
    )
    for number, step in enumerate(steps, start=2):
        one = changed(room.member, one, **step)
        assert one["revision"] == number
        assert one["user_id"] == step.get("user_id")
    name = one["id"]
    assert summary(told(room.member, room, author, "mine")) == [
        ("own_annotations_put", [(name, revision)]) for revision in (1, 3, 4, 5)
    ]
    assert summary(told(room.chair, room, since, "events")) == [
        ("annotations_put", [(name, 2)]),
        ("annotations_removed", [(name, 3)]),
    ]
    assert summary(told(room.chair, room, since, "mine")) == [
        ("own_annotations_put", [(name, 3)]),
        ("own_annotations_removed", [(name, 4)]),
    ]
    assert seen(room.chair, room.document) == seen(room.other, room.document) == []
    assert seen(room.member, room.document) == [one]


def test_who_gets_it_can_be_changed_alone(room: Room) -> None:
    body = stroke(audience="person", user_id=room.chair.id)
    one = written(room.member, room.document, body)
    one = changed(room.member, one, user_id=room.other.id)
    assert one["audience"] == "person"
    assert seen(room.other, room.document) == [one]
    assert seen(room.chair, room.document) == []
    for wrong in (
        {"user_id": None},
        {"audience": "person"},
        {"audience": "meeting", "user_id": "x"},
    ):
        assert code(change(room.member, one, **wrong)) == (422, "invalid_input")
    assert seen(room.member, room.document) == [one]


def test_a_change_is_of_what_is_said_and_leaves_the_rest(room: Room) -> None:
    one = written(room.member, room.document, note("Một", anchor={"text": "Điều 1"}))
    moved = changed(room.member, one, geometry={"at": [0.75, 0.5]})
    assert moved == {
        **one,
        "geometry": {"at": [0.75, 0.5]},
        "revision": 2,
        "updated_at": moved["updated_at"],
    }
    assert moved["updated_at"] > one["updated_at"]
    painted = changed(room.member, moved, style={"color": "#17694C"})
    assert painted["style"] == {**STYLE, "color": "#17694c"}
    emptied = changed(room.member, painted, text=None, anchor=None)
    assert (emptied["text"], emptied["anchor"]) == (None, None)
    assert emptied["geometry"] == {"at": [0.75, 0.5]}
    assert seen(room.member, room.document) == [emptied]


def test_of_two_tablets_the_later_one_is_told_that_it_is_stale(room: Room) -> None:
    second = room.server.sign_in("daibieu1")
    one = written(room.member, room.document, note("Một"))
    changed(second, one, text="Hai")
    assert code(change(room.member, one, text="Ba")) == (409, "stale_revision")
    assert code(change(room.member, {**one, "revision": 9}, text="Ba")) == (409, "stale_revision")
    assert [mark["text"] for mark in seen(room.member, room.document)] == ["Hai"]


def test_a_deletion_wins_over_every_change(room: Room) -> None:
    second = room.server.sign_in("daibieu1")
    one = written(room.member, room.document, note("Một", audience="meeting"))
    newer = changed(second, one, text="Hai")
    since = heads(room.other, room)
    assert delete(room.member, one).status_code == 204
    assert summary(told(room.other, room, since, "events")) == [
        ("annotations_removed", [(one["id"], 3)])
    ]
    for known in (one, newer, {**one, "revision": 3}):
        assert code(change(second, known, text="Ba")) == (410, "annotation_deleted")
    assert delete(second, one).status_code == 204
    assert len(told(room.other, room, since, "events")) == 1
    assert seen(room.member, room.document) == seen(room.other, room.document) == []


def test_a_deleted_one_leaves_nothing_of_what_was_in_it(room: Room) -> None:
    body = note("Không để lại dấu vết", anchor={"text": "Một câu trích"})
    one = written(room.member, room.document, body)
    assert delete(room.member, one).status_code == 204
    query = "SELECT length(geometry), text, anchor, deleted_at IS NULL FROM annotation WHERE id = ?"
    assert rows(room.server, query, one["id"]) == [(0, None, None, 0)]
    assert list(audit(room.server, one["id"])) == []


def test_the_chair_takes_one_away_from_the_room_and_it_is_written_down(room: Room) -> None:
    one = written(room.member, room.document, note("Ngoài lề", audience="meeting", page=2))
    assert code(delete(room.other, one)) == (403, "not_allowed")
    assert code(change(room.chair, one, text="Khác")) == (403, "not_allowed")
    since = heads(room.member, room)
    assert delete(room.chair, one).status_code == 204
    assert summary(told(room.member, room, since, "events")) == [
        ("annotations_removed", [(one["id"], 2)])
    ]
    assert list(audit(room.server, one["id"])) == [
        (room.chair.id, "annotation.clear", {"author": room.member.id, "page": 2})
    ]
    assert code(change(room.member, one, text="Khác")) == (410, "annotation_deleted")


@pytest.mark.parametrize("opened", [False, True])
def test_guests_write_for_themselves_where_they_read(room: Room, opened: bool) -> None:
    done(room.secretary.patch(f"/documents/{room.document}", open_to_guests=opened))
    shared = written(room.member, room.document, stroke(audience="meeting"))
    if not opened:
        assert code(post(room.guest, room.document, stroke())) == (404, "not_found")
        sent = stroke(audience="person", user_id=room.guest.id)
        assert code(post(room.member, room.document, sent)) == (422, "recipient_cannot_read")
        return
    mine = written(room.guest, room.document, note("Của khách"))
    assert seen(room.guest, room.document) == [shared, mine]
    mine = changed(room.guest, mine, text="Đã sửa")
    for step in ({"audience": "meeting"}, {"audience": "person", "user_id": room.chair.id}):
        assert code(post(room.guest, room.document, stroke(**step))) == (403, "not_allowed")
        assert code(change(room.guest, mine, **step)) == (403, "not_allowed")
    sent = written(room.member, room.document, stroke(audience="person", user_id=room.guest.id))
    assert sent in seen(room.guest, room.document)
    assert delete(room.guest, mine).status_code == 204


def test_one_query_answers_whatever_the_number(room: Room, people: dict[str, Person]) -> None:
    """The order is that of writing, also of several people's in one moment."""
    for place in range(3):
        for person in (room.member, room.other, room.chair):
            written(person, room.document, stroke(audience="meeting", page=1 + place))
    items = seen(room.secretary, room.document)
    assert [one["created_at"] for one in items] == sorted(one["created_at"] for one in items)
    assert {one["author"] for one in items} == {room.member.id, room.other.id, room.chair.id}
    assert ids(seen(room.secretary, room.document, version=1)) == ids(items)
    assert seen(room.secretary, room.document, version=2) == []

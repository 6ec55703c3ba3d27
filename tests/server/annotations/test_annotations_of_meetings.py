"""Annotations when papers are replaced or go, people come and leave, meetings end; and limits."""

from typing import Any

import pytest

from core.ids import new_id
from tests.factories import small_pdf
from tests.server.annotations.ink_steps import (
    audit,
    batch,
    change,
    changed,
    delete,
    heads,
    ids,
    note,
    post,
    replaced,
    rows,
    seen,
    stroke,
    summary,
    told,
    written,
)
from tests.server.conftest import Room, add_paper, make_room, wait_ready
from tests.server.real_server import Person, RealServer
from tests.server.voting.vote_steps import code, done

pytestmark = pytest.mark.slow


def test_a_replaced_paper_keeps_its_marks_on_the_version_they_were_made_on(room: Room) -> None:
    mine = written(room.member, room.document, note("Của tôi"))
    shared = written(room.other, room.document, stroke(audience="meeting", page=2))
    since = heads(room.member, room)
    replaced(room)
    assert told(room.member, room, since, "events") == []
    assert seen(room.member, room.document) == [mine, shared]
    assert seen(room.member, room.document, version=1) == [mine, shared]
    assert seen(room.member, room.document, version=2) == []
    now = written(room.member, room.document)
    assert now["version"] == 2
    assert seen(room.member, room.document) == [mine, shared, now]
    assert changed(room.member, mine, text="Vẫn ở bản cũ")["version"] == 1


def test_what_was_written_offline_on_the_old_version_arrives_there(room: Room) -> None:
    member = room.tablet(room.other)
    offline = [stroke(version=1), stroke(version=1, audience="meeting")]
    replaced(room)
    done(batch(room.member, room.document, [*offline, stroke()]), 201)
    marks = {one["id"]: one["version"] for one in seen(room.member, room.document)}
    assert [marks[body["id"]] for body in offline] == [1, 1]
    assert sorted(marks.values()) == [1, 1, 2]
    put = member.next("room.event", type="annotations_put")["data"]["items"]
    assert [(one["id"], one["version"]) for one in put] == [(offline[1]["id"], 1)]


def test_pages_are_those_of_the_version(room: Room) -> None:
    replaced(room, pages=1)
    assert written(room.member, room.document, stroke(version=1, page=3))["page"] == 3
    assert code(post(room.member, room.document, stroke(page=3))) == (404, "not_found")


@pytest.fixture
def replaced_before_publishing(room: Room) -> str:
    """A paper with two versions, of which readers were shown the second alone."""
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "nhap"))
    written(room.secretary, paper, note("Trên bản nháp", audience="meeting"))
    room.secretary.upload(f"/documents/{paper}/versions", "dung.pdf", small_pdf(1, "dung"))
    wait_ready(room.secretary, paper, version=2)
    done(room.secretary.post(f"/documents/{paper}/publish"))
    return paper


def test_what_readers_were_never_shown_they_neither_see_nor_write_on(
    room: Room, replaced_before_publishing: str
) -> None:
    paper, since = replaced_before_publishing, heads(room.member, room)
    draft = seen(room.chair, paper)
    assert [one["text"] for one in draft] == ["Trên bản nháp"]
    assert seen(room.member, paper) == []
    assert code(post(room.member, paper, stroke(version=1))) == (404, "not_found")
    sent = note("Riêng", version=1, audience="person", user_id=room.member.id)
    assert code(post(room.secretary, paper, sent)) == (422, "recipient_cannot_read")
    to_chair = written(room.secretary, paper, {**sent, "user_id": room.chair.id})
    assert to_chair in seen(room.chair, paper)
    changed(room.secretary, draft[0], text="Sửa trên bản nháp")
    assert told(room.member, room, since, "events") == []


def test_who_ran_the_meeting_no_longer_writes_on_what_was_never_shown(
    room: Room, replaced_before_publishing: str
) -> None:
    paper = replaced_before_publishing
    mine = written(room.chair, paper, note("Của chủ tọa", version=1))
    place = f"/meetings/{room.id}/participants/{room.chair.id}"
    done(room.secretary.put(place, role="member"))
    since = heads(room.chair, room)
    assert seen(room.chair, paper) == []
    assert code(change(room.chair, mine, text="Khác")) == (404, "not_found")
    assert told(room.chair, room, since, "mine") == []
    assert delete(room.chair, mine).status_code == 204


def test_a_removed_paper_takes_its_annotations_along(room: Room) -> None:
    one = written(room.member, room.document, stroke(audience="meeting"))
    assert room.secretary.delete(f"/documents/{room.document}").status_code == 204
    for person in (room.member, room.other):
        assert person.get(f"/documents/{room.document}/annotations").status_code == 404
    assert code(change(room.member, one, text="x")) == (404, "not_found")
    assert code(delete(room.member, one)) == (404, "not_found")
    query = "SELECT count(*) FROM annotation WHERE document_id = ?"
    assert rows(room.server, query, room.document) == [(0,)]


def test_a_meeting_that_goes_takes_its_annotations_along(
    server: RealServer, people: dict[str, Person]
) -> None:
    room = make_room(server, people, status="published")
    written(room.member, room.document, stroke())
    assert room.secretary.delete(f"/meetings/{room.id}").status_code == 204
    query = "SELECT count(*) FROM annotation WHERE document_id = ?"
    assert rows(server, query, room.document) == [(0,)]


def test_when_the_meeting_is_over_what_was_shared_stands_and_private_ones_go_on(
    room: Room,
) -> None:
    private = written(room.member, room.document, note("Riêng"))
    shared = written(room.member, room.document, note("Chung", audience="meeting"))
    sent = written(room.member, room.document, stroke(audience="person", user_id=room.other.id))
    done(room.secretary.post(f"/meetings/{room.id}/status", status="closed"))
    over = (409, "wrong_status")
    for audience in ({"audience": "meeting"}, {"audience": "person", "user_id": room.other.id}):
        assert code(post(room.member, room.document, stroke(**audience))) == over
        assert code(change(room.member, private, **audience)) == over
    for one in (shared, sent):
        assert code(change(room.member, one, text="x")) == over
        assert code(change(room.member, one, audience="private")) == over
        assert code(delete(room.member, one)) == over
    assert code(delete(room.chair, shared)) == over
    assert list(audit(room.server, shared["id"])) == []
    private = changed(room.member, private, text="Vẫn viết được")
    later = written(room.member, room.document, note("Sau họp"))
    assert seen(room.member, room.document) == [private, shared, sent, later]
    assert delete(room.member, later).status_code == 204
    assert seen(room.other, room.document) == [shared, sent]


def test_a_pause_stops_nobody(room: Room) -> None:
    done(room.secretary.post(f"/meetings/{room.id}/status", status="paused"))
    one = written(room.member, room.document, stroke(audience="meeting"))
    assert delete(room.member, one).status_code == 204


def test_who_is_no_longer_in_the_room_sees_and_changes_nothing(room: Room) -> None:
    mine = written(room.member, room.document, note("Của tôi"))
    shared = written(room.member, room.document, note("Chung", audience="meeting"))
    sent = written(room.other, room.document, note("A", audience="person", user_id=room.member.id))
    place = f"/meetings/{room.id}/participants/{room.member.id}"
    assert room.secretary.delete(place).status_code == 204
    assert code(room.member.get(f"/documents/{room.document}/annotations"))[0] == 403
    for one in (mine, shared, sent):
        assert code(change(room.member, one, text="x")) == (403, "not_allowed")
        assert code(delete(room.member, one)) == (403, "not_allowed")
    to_nobody = stroke(audience="person", user_id=room.member.id)
    assert code(post(room.other, room.document, to_nobody)) == (422, "recipient_cannot_read")
    assert ids(seen(room.other, room.document)) == [shared["id"], sent["id"]]
    back = room.secretary.put(place, role="member")
    assert back.status_code == 200
    assert ids(seen(room.member, room.document)) == [mine["id"], shared["id"], sent["id"]]


def own_stream(server: RealServer, person: Person) -> list[tuple[str, bytes]]:
    """Everything about annotations that was ever put on somebody's own stream."""
    query = "SELECT type, data FROM person_event WHERE user_id = ? ORDER BY seq"
    return [row for row in rows(server, query, person.id) if "annotations" in row[0]]


@pytest.mark.parametrize("how", ["removed", "made a guest", "closed to guests"])
def test_who_lost_the_paper_is_told_nothing_new_of_what_was_sent_to_them(
    room: Room, how: str
) -> None:
    recipient = room.guest if how == "closed to guests" else room.other
    place = f"/meetings/{room.id}/participants/{recipient.id}"
    done(room.secretary.patch(f"/documents/{room.document}", open_to_guests=True))
    sent = note("Trước", audience="person", user_id=recipient.id)
    one = written(room.member, room.document, sent)
    if how == "removed":
        assert room.secretary.delete(place).status_code == 204
    elif how == "made a guest":
        done(room.secretary.put(place, role="guest"))
    done(room.secretary.patch(f"/documents/{room.document}", open_to_guests=False))
    before = own_stream(room.server, recipient)
    changed(room.member, one, text="Sau đó mới viết")
    assert own_stream(room.server, recipient) == before
    assert not any("Sau đó".encode() in data for _, data in before)


def test_an_administrator_annotates_as_what_their_seat_makes_them(room: Room) -> None:
    one = written(room.member, room.document, stroke(audience="meeting"))
    for tried in (
        room.admin.get(f"/documents/{room.document}/annotations"),
        post(room.admin, room.document, stroke()),
        change(room.admin, one, text="x"),
        delete(room.admin, one),
    ):
        assert code(tried) == (403, "not_allowed")
    done(room.secretary.put(f"/meetings/{room.id}/participants/{room.admin.id}", role="guest"))
    # An administrator prepares papers and so reads this one; a guest does not.
    assert room.admin.get(f"/documents/{room.document}").status_code == 200
    assert room.admin.get(f"/documents/{room.document}/annotations").status_code == 404
    assert code(post(room.admin, room.document, stroke())) == (404, "not_found")


def test_an_account_that_has_written_is_closed_and_not_deleted(
    room: Room, people: dict[str, Person]
) -> None:
    added = people["quantri"].post("/users", username="sapdi", display_name="Người Sắp Đi").json()
    leaving = Person(room.server, "sapdi").sign_in(added["initial_password"])
    place = f"/meetings/{room.id}/participants/{added['id']}"
    done(room.secretary.put(place, role="member"))
    shared = written(leaving, room.document, stroke(audience="meeting"))
    assert room.secretary.delete(place).status_code == 204
    gone = done(people["quantri"].delete(f"/users/{added['id']}"))
    assert gone["deleted"] is False
    assert seen(room.member, room.document) == [{**shared, "author_name": "Người Sắp Đi"}]
    assert delete(room.chair, shared).status_code == 204


def test_a_page_takes_two_thousand_of_one_person(room: Room) -> None:
    full = {"status": 409, "limit": 2_000}
    for _ in range(20):
        done(batch(room.member, room.document, [stroke() for _ in range(100)]), 201)
    refused = post(room.member, room.document, stroke())
    assert code(refused) == (full["status"], "too_many_annotations")
    assert "2000" in refused.json()["detail"].replace(".", "").replace(",", "")
    two = [stroke(page=2), stroke()]
    assert code(batch(room.member, room.document, two)) == (409, "too_many_annotations")
    items = seen(room.member, room.document)
    assert len(items) == len(set(ids(items))) == 2_000
    assert delete(room.member, items[0]).status_code == 204
    written(room.member, room.document)
    written(room.member, room.document, stroke(page=2))
    written(room.other, room.document, stroke(audience="meeting"))
    # One that is there already needs no room.
    assert post(room.member, room.document, stroke(id=items[5]["id"])).status_code == 200


def test_the_longest_stroke_fits_into_a_request(room: Room) -> None:
    member = room.tablet(room.other)
    points = [[n % 7 / 7, n / 10_001, n % 3 / 2] for n in range(10_001)]
    points = [[round(x, 5), round(y, 5), p] for x, y, p in points]
    whole = stroke(audience="meeting", geometry={"strokes": [points[:-1]]})
    made = written(room.member, room.document, whole)
    assert made["geometry"] == whole["geometry"]
    told_item: dict[str, Any] = member.next("room.event", type="annotations_put")["data"]["items"][
        0
    ]
    assert told_item == made
    more = stroke(geometry={"strokes": [points]})
    assert code(post(room.member, room.document, more)) == (422, "too_many_points")
    for number in (1, 5_000):
        parts = {"strokes": [points[:number], points[number:]]}
        assert code(change(room.member, made, geometry=parts)) == (422, "too_many_points")


def test_ids_may_be_of_any_client(room: Room) -> None:
    for name in ("a" * 16, "Z" * 64, "0-9_" * 4, new_id()):
        assert written(room.member, room.document, stroke(id=name))["id"] == name
    assert summary([("x", seen(room.member, room.document))])[0][1][0] == ("a" * 16, 1)

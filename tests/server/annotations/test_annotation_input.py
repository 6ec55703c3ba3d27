"""Wrong annotations and wrong wet ink: refused with a code and words, and nobody is disturbed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.factories import small_pdf, today_at
from tests.server.annotations.ink_steps import (
    STYLE,
    batch,
    change,
    changed,
    delete,
    note,
    post,
    seen,
    stroke,
    written,
)
from tests.server.conftest import Room, add_paper, make_room
from tests.server.core.test_wrong_input import refused
from tests.server.real_server import Person, RealServer, Tablet
from tests.server.voting.vote_steps import code, done

pytestmark = pytest.mark.slow

NO_JSON = (400, "malformed_request")
INVALID = (422, "invalid_input")
NO_FIT = (422, "geometry_does_not_fit")
OFF = (422, "off_the_page")
MISSING = (404, "not_found")
Refused = tuple[int, str]


@pytest.fixture(scope="module")
def room(server: RealServer, people: dict[str, Person]) -> Iterator[Room]:
    """One meeting for all: nothing that is tried here changes it."""
    made = make_room(server, people)
    yield made
    for tablet in made.open:
        tablet.close()


@pytest.fixture(scope="module")
def mark(room: Room) -> dict[str, Any]:
    """The member's own, private."""
    return written(room.member, room.document, note("Của tôi"))


@pytest.fixture(scope="module")
def bystander(room: Room) -> Tablet:
    """Somebody who looks on."""
    return room.tablet(room.other)


@pytest.fixture(scope="module")
def presenter(room: Room) -> Tablet:
    """Who turns the pages meanwhile."""
    return room.tablet(room.secretary)


@pytest.fixture(autouse=True)
def _nobody_is_disturbed(
    room: Room, mark: dict[str, Any], bystander: Tablet, presenter: Tablet
) -> Iterator[None]:
    """What is written stays as it is, pages turn, and no event is told."""
    before = [seen(person, room.document) for person in (room.member, room.chair)]
    told = len(bystander.seen)
    yield
    page = 1 + len(bystander.seen) % 3
    ack = presenter.turn(room.document, page)
    assert bystander.next("room.live", rev=ack["rev"])["page"] == page
    events = [packet["type"] for name, packet in bystander.seen[told:] if name == "room.event"]
    assert not [kind for kind in events if "annotation" in kind]
    assert [seen(person, room.document) for person in (room.member, room.chair)] == before


def raw(person: Person, path: str, body: bytes, method: str = "POST") -> requests.Response:
    """A body as it is."""
    headers = {"Content-Type": "application/json"}
    return person.call(method, path, data=body, headers=headers)


def with_geometry(text: str, kind: str = "ink") -> bytes:
    """A body around a geometry that JSON libraries would not write."""
    whole = json.dumps({"page": 1, "kind": kind, "geometry": "here"})
    return whole.replace('"here"', text).encode()


BODIES: list[tuple[str, bytes, Refused]] = [
    ("no body", b"", INVALID),
    ("half a body", b"{", NO_JSON),
    ("a list", b"[]", INVALID),
    ("a NaN", with_geometry('{"strokes":[[[NaN,0.1,0.5]]]}'), NO_JSON),
    ("an infinity", with_geometry('{"strokes":[[[0.1,-Infinity,0.5]]]}'), NO_JSON),
    ("a number beyond all", with_geometry('{"strokes":[[[1e999,0.1,0.5]]]}'), NO_FIT),
    ("a long number", with_geometry('{"strokes":[[[0.1,1' + "0" * 400 + ",0.5]]]}"), NO_FIT),
    ("a comma too many", with_geometry('{"strokes":[[[0.1,0.1,0.5],]]}'), NO_JSON),
    ("deep in the geometry", with_geometry("[" * 5_000 + "]" * 5_000), NO_JSON),
    ("deep beside it", b'{"page":1,"x":' + b'{"x":' * 5_000 + b"1" + b"}" * 5_001, NO_JSON),
    ("deep and open", with_geometry("[" * 50_000), NO_JSON),
    ("no Unicode", b'{"page":1,"kind":"note","geometry":{"at":[0,0]},"text":"\xff"}', NO_JSON),
    ("no Unicode in the shape", b'{"page":1,"kind":"note","geometry":{"a\xfft":[0,0]}}', NO_JSON),
    (
        "half a letter",
        b'{"page":1,"kind":"note","geometry":{"at":[0,0]},"text":"\\ud800"}',
        NO_JSON,
    ),
    ("a megabyte of text", json.dumps(note("a" * 1_000_000)).encode(), (413, "payload_too_large")),
    (
        "300 kB",
        with_geometry(json.dumps({"strokes": [[[0, 0, 0]] * 40_000]})),
        (413, "payload_too_large"),
    ),
]


@pytest.mark.parametrize(
    ("body", "expected"), [case[1:] for case in BODIES], ids=[c[0] for c in BODIES]
)
def test_bodies_that_are_none(room: Room, body: bytes, expected: Refused) -> None:
    answer = raw(room.member, f"/documents/{room.document}/annotations", body)
    refused(answer, *expected)
    whole = b'{"items":[' + body + b"]}"
    answer = raw(room.member, f"/documents/{room.document}/annotations/batch", whole)
    assert answer.status_code in (400, 413, 422)


def test_a_form_is_no_annotation(room: Room) -> None:
    path = f"/documents/{room.document}/annotations"
    assert code(room.member.call("POST", path, data=stroke())) == NO_JSON


WRONG: list[tuple[dict[str, Any], Refused]] = [
    ({"kind": "doodle"}, INVALID),
    ({"kind": None}, INVALID),
    ({"kind": ["ink"]}, INVALID),
    ({"audience": "everybody"}, INVALID),
    ({"audience": None}, INVALID),
    ({"page": 0}, INVALID),
    ({"page": -1}, INVALID),
    ({"page": 1.5}, INVALID),
    ({"page": "1"}, INVALID),
    ({"page": True}, INVALID),
    ({"page": None}, INVALID),
    ({"page": 10**30}, INVALID),
    ({"page": 4}, MISSING),
    ({"page": 1_000_000}, MISSING),
    ({"version": 0}, INVALID),
    ({"version": 2}, MISSING),
    ({"version": 10**30}, INVALID),
    ({"id": "short"}, INVALID),
    ({"id": "a" * 65}, INVALID),
    ({"id": "with a space in it"}, INVALID),
    ({"id": "đường-chéo-và-dấu"}, INVALID),
    ({"id": "0000000000000000\n"}, INVALID),
    ({"id": 1234567890123456}, INVALID),
    ({"geometry": None}, NO_FIT),
    ({"geometry": []}, NO_FIT),
    ({"geometry": {}}, NO_FIT),
    ({"geometry": {"strokes": []}}, NO_FIT),
    ({"geometry": {"strokes": [[]]}}, NO_FIT),
    ({"geometry": {"strokes": [[[0.1, 0.1, 0.5]], []]}}, NO_FIT),
    ({"geometry": {"strokes": [[[0.1, 0.1]]]}}, NO_FIT),
    ({"geometry": {"strokes": [[["0", "0", "0"]]]}}, NO_FIT),
    ({"geometry": {"strokes": [[[0.1, 0.1, 1.5]]]}}, NO_FIT),
    ({"geometry": {"strokes": [[[0.1, 0.1, 0.5]]], "more": 1}}, NO_FIT),
    ({"geometry": {"at": [0.1, 0.1]}}, NO_FIT),
    ({"geometry": {"strokes": [[[1.000001, 0.1, 0.5]]]}}, OFF),
    ({"geometry": {"strokes": [[[0.1, -0.000001, 0.5]]]}}, OFF),
    ({"kind": "rectangle", "geometry": {"box": [0.5, 0.1, 0.4, 0.2]}}, NO_FIT),
    ({"kind": "rectangle", "geometry": {"box": [0.5, 0.1, 0.6]}}, NO_FIT),
    ({"kind": "highlight", "geometry": {"boxes": []}}, NO_FIT),
    ({"kind": "highlight", "geometry": {"boxes": [[0, 0, 1, 1]] * 501}}, (422, "too_many_points")),
    ({"kind": "arrow", "geometry": {"from": [0.1, 0.1], "to": [0.1, 7]}}, OFF),
    ({"kind": "text", "geometry": {"box": [0, 0, 1, 1]}}, INVALID),
    ({"kind": "text", "geometry": {"box": [0, 0, 1, 1]}, "text": " \u200e\0 "}, INVALID),
    ({"text": "a" * 4_001}, INVALID),
    ({"text": "\u0958" * 2_001}, INVALID),
    ({"text": 5}, INVALID),
    ({"text": "<b>đậm</b>"}, (422, "html_in_text")),
    ({"text": "<\u200escript>"}, (422, "html_in_text")),
    ({"text": "<scr\0ipt>alert(1)</scr\0ipt>"}, (422, "html_in_text")),
    ({"style": {"color": "red"}}, INVALID),
    ({"style": {"color": "#12345"}}, INVALID),
    ({"style": {"color": "#1c4fa1; background: url(x)"}}, INVALID),
    ({"style": {"color": "#1c4fa1\n"}}, INVALID),
    ({"style": {}}, INVALID),
    ({"style": None}, INVALID),
    ({"style": {**STYLE, "width": 0}}, INVALID),
    ({"style": {**STYLE, "width": 100.1}}, INVALID),
    ({"style": {**STYLE, "width": "2.6"}}, INVALID),
    ({"style": {**STYLE, "opacity": 0.04}}, INVALID),
    ({"style": {**STYLE, "opacity": 1.01}}, INVALID),
    ({"style": {**STYLE, "size": 4.9}}, INVALID),
    ({"style": {**STYLE, "size": 200.1}}, INVALID),
    ({"anchor": {"prefix": "không có chữ"}}, INVALID),
    ({"anchor": {"text": "a" * 1_001}}, INVALID),
    ({"anchor": "Điều 2"}, INVALID),
    ({"anchor": {"text": "a", "box": [0, 0, 1]}}, INVALID),
    ({"anchor": {"text": "a", "box": [0, 0, 1, 2]}}, OFF),
    ({"anchor": {"text": "a", "box": [1, 0, 0, 1]}}, NO_FIT),
    ({"user_id": "somebody"}, INVALID),
    ({"audience": "person"}, INVALID),
    ({"audience": "person", "user_id": ""}, INVALID),
    ({"audience": "person", "user_id": 5}, INVALID),
    ({"audience": "person", "user_id": "a" * 65}, INVALID),
    ({"audience": "person", "user_id": "nobody"}, (422, "recipient_cannot_read")),
    ({"audience": "meeting", "user_id": "somebody"}, INVALID),
]


@pytest.mark.parametrize(("wrong", "expected"), WRONG, ids=[f"{n}" for n in range(len(WRONG))])
def test_what_is_no_annotation(room: Room, wrong: dict[str, Any], expected: Refused) -> None:
    refused(post(room.member, room.document, stroke(**wrong)), *expected)
    refused(batch(room.member, room.document, [stroke(), stroke(**wrong)]), *expected)


CHANGES = [
    case
    for case in WRONG
    if not {"kind", "page", "version", "id", "user_id"} & set(case[0])
    and case[0].get("audience") != "person"
]


@pytest.mark.parametrize(("wrong", "expected"), CHANGES, ids=[f"{n}" for n in range(len(CHANGES))])
def test_what_is_no_change(
    room: Room, mark: dict[str, Any], wrong: dict[str, Any], expected: Refused
) -> None:
    if wrong.get("geometry") == {"at": [0.1, 0.1]}:
        wrong = {"geometry": {"box": [0, 0, 1, 1]}}
    elif "geometry" in wrong and expected == OFF:
        wrong = {"geometry": {"at": [0.5, 1.5]}}
    refused(change(room.member, mark, **wrong), *expected)


@pytest.mark.parametrize("revision", [0, -1, 1.5, "1", None, 10**30, 2])
def test_a_change_is_of_a_revision_that_stands(
    room: Room, mark: dict[str, Any], revision: Any
) -> None:
    answer = room.member.patch(f"/annotations/{mark['id']}", revision=revision, text="x")
    expected = (409, "stale_revision") if revision in (2, 10**30) else INVALID
    refused(answer, *expected)
    assert code(room.member.patch(f"/annotations/{mark['id']}", text="x")) == INVALID


def test_a_kind_does_not_change(room: Room, mark: dict[str, Any]) -> None:
    """Fields that are none of a change are passed over; geometry of another kind is refused."""
    ink = stroke()["geometry"]
    assert code(change(room.member, mark, kind="ink", geometry=ink)) == NO_FIT


@pytest.fixture
def foreign_paper(room: Room) -> str:
    """A paper of a meeting in which the member does not sit."""
    body = {"title": "Họp kín", "starts_at": today_at(2), "chair_ids": [room.chair.id]}
    meeting = done(room.secretary.post("/meetings", **body), 201)["id"]
    path = f"/meetings/{meeting}/agenda-items"
    item = done(room.secretary.post(path, title="Việc", minutes=5), 201)["id"]
    paper = add_paper(room.secretary, item, small_pdf(1))
    done(room.secretary.post(f"/meetings/{meeting}/status", status="in_session"))
    return paper


def test_a_foreign_paper_is_closed(room: Room, foreign_paper: str) -> None:
    assert code(post(room.member, foreign_paper, stroke())) == (403, "not_allowed")
    assert code(batch(room.member, foreign_paper, [stroke()])) == (403, "not_allowed")
    one = written(room.chair, foreign_paper, stroke(audience="meeting"))
    assert code(change(room.member, one, text="x")) == (403, "not_allowed")
    assert code(delete(room.member, one)) == (403, "not_allowed")
    sent = stroke(audience="person", user_id=room.member.id)
    assert code(post(room.chair, foreign_paper, sent)) == (422, "recipient_cannot_read")
    for document in ("none", "a" * 5_000, "..%2Fx", "%00"):
        assert post(room.member, document, stroke()).status_code == 404


def test_an_id_of_somebody_else_is_taken(
    room: Room, mark: dict[str, Any], foreign_paper: str
) -> None:
    taken = (409, "annotation_id_taken")
    refused(post(room.chair, room.document, stroke(id=mark["id"])), *taken)
    refused(batch(room.chair, room.document, [stroke(), stroke(id=mark["id"])]), *taken)
    # One's own of another paper is another annotation too.
    mine = written(room.chair, foreign_paper)
    refused(post(room.chair, room.document, stroke(id=mine["id"])), *taken)


def test_what_is_private_is_not_there_for_others(room: Room, mark: dict[str, Any]) -> None:
    for person in (room.other, room.chair, room.secretary):
        refused(change(person, mark, text="x"), *MISSING)
        refused(delete(person, mark), *MISSING)
    for name in ("none", "a" * 64, "a" * 5_000):
        refused(room.member.patch(f"/annotations/{name}", revision=1), *MISSING)
        refused(room.member.delete(f"/annotations/{name}"), *MISSING)


def test_batches_of_wrong_size(room: Room) -> None:
    assert code(batch(room.member, room.document, [])) == INVALID
    assert code(batch(room.member, room.document, [stroke() for _ in range(101)])) == INVALID
    same = stroke()
    assert code(batch(room.member, room.document, [same, same])) == (409, "annotation_id_taken")
    path = f"/documents/{room.document}/annotations/batch"
    wrong: tuple[Any, ...] = (None, {}, "x", [None], [[]], 5)
    for items in wrong:
        assert code(room.member.post(path, items=items)) == INVALID


@pytest.mark.parametrize("query", ["version=0", "version=x", "version=1.5", "version=" + "9" * 400])
def test_a_version_that_is_no_number(room: Room, query: str) -> None:
    answer = room.member.get(f"/documents/{room.document}/annotations?{query}")
    assert code(answer) == INVALID


def test_who_cannot_read_gets_nothing(room: Room) -> None:
    for person in (room.stranger, room.guest, room.admin):
        sent = stroke(audience="person", user_id=person.id)
        assert code(post(room.member, room.document, sent)) == (422, "recipient_cannot_read")


def test_texts_are_cleaned_on_the_way_in(room: Room, mark: dict[str, Any]) -> None:
    dirty = (
        "  Bie\u0302\u0309u \u202equye\u0302\u0301t\u0000\r\n\ttha\u0300nh\x07 \x1b[1m\ufeff\x85 "
    )
    body = note(dirty, anchor={"text": dirty, "prefix": "\x00", "suffix": "</w:t>", "box": None})
    made = written(room.member, room.document, body)
    clean = "Biểu quyết\n\tthành [1m"
    assert made["text"] == clean
    # A quote is as it stands in the paper, which may well be about HTML.
    assert made["anchor"] == {"text": clean, "prefix": "", "suffix": "</w:t>", "box": None}
    again = changed(room.member, made, text=dirty + "!")
    assert again["text"] == "Biểu quyết\n\tthành [1m !"
    assert changed(room.member, again, text=" \u200e ")["text"] == ""
    assert delete(room.member, made).status_code == 204


def test_less_and_more_are_no_html(room: Room) -> None:
    text = "Nếu x<y và y>z thì tăng <5%, a < b > c"
    made = written(room.member, room.document, note(text))
    assert made["text"] == text
    assert delete(room.member, made).status_code == 204

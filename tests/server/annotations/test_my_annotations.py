"""The list of what one wrote on all papers: what is in it, what is not, and how it is searched."""

from typing import Any

import pytest
import requests

from core.ids import new_id
from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper, make_room, wait_ready
from tests.server.real_server import Person, RealServer

pytestmark = pytest.mark.slow

STYLE = {"color": "#1c4fa1"}
GEOMETRY: dict[str, Any] = {
    "ink": {"strokes": [[[0.1, 0.1, 0.5], [0.2, 0.2, 0.5]]]},
    "highlight": {"boxes": [[0.1, 0.1, 0.5, 0.12]]},
    "note": {"at": [0.5, 0.5]},
}


def write(person: Person, document: str, kind: str = "note", **more: Any) -> str:
    """One more private annotation; its id."""
    body = {
        "id": new_id(),
        "page": 1,
        "kind": kind,
        "audience": "private",
        "geometry": GEOMETRY[kind],
        "style": STYLE,
        **more,
    }
    answer = person.post(f"/documents/{document}/annotations", **body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def listed(person: Person, **query: Any) -> list[dict[str, Any]]:
    """Every page of the list."""
    found: list[dict[str, Any]] = []
    after: str | None = None
    while True:
        more = {"after": after} if after else {}
        answer = person.get("/annotations", params={**query, **more})
        assert answer.status_code == 200, answer.text
        found += answer.json()["items"]
        after = answer.json()["next"]
        if after is None:
            return found


def ids(person: Person, **query: Any) -> list[str]:
    return [one["id"] for one in listed(person, **query)]


def papers(person: Person) -> dict[str, int]:
    items = person.get("/annotations/papers").json()["items"]
    return {one["document_id"]: one["annotations"] for one in items}


def test_everything_of_mine_the_newest_first_and_nothing_of_others(room: Room) -> None:
    mine = [write(room.member, room.document, kind) for kind in GEOMETRY]
    other = write(room.other, room.document, audience="meeting", text="Cho cả phòng")
    sent = write(room.other, room.document, audience="person", user_id=room.member.id)
    found = ids(room.member, document_id=room.document)
    assert found == mine[::-1]
    assert other not in found
    assert sent not in found
    first = listed(room.member, document_id=room.document)[0]
    assert first["document_title"] == "bao-cao"
    assert (first["meeting_id"], first["meeting_title"]) == (room.id, "Kỳ họp thứ Hai")
    assert first["page_aspect"] == pytest.approx(842 / 595)
    assert papers(room.member)[room.document] == 3


def test_it_goes_over_papers_and_meetings(
    server: RealServer, people: dict[str, Person], room: Room
) -> None:
    second = add_paper(room.secretary, room.items[0], small_pdf(2, "hai"), "to-trinh.pdf")
    elsewhere = make_room(server, people)
    places = [(room.document, room.id), (second, room.id), (elsewhere.document, elsewhere.id)]
    assert room.secretary.post(f"/documents/{second}/publish").ok
    made = [write(room.chair, document) for document, _ in places]
    found = {one["id"]: one for one in listed(room.chair)}
    for annotation, (document, meeting) in zip(made, places, strict=True):
        assert found[annotation]["document_id"] == document
        assert found[annotation]["meeting_id"] == meeting
    asked = room.chair.get("/annotations/papers").json()["items"]
    assert [one["document_id"] for one in asked[:3]] == [doc for doc, _ in places][::-1]


def test_it_is_narrowed_by_paper_and_by_kind(room: Room) -> None:
    note, ink = (write(room.member, room.document, kind) for kind in ("note", "ink"))
    assert ids(room.member, document_id=room.document, kind="ink") == [ink]
    assert ids(room.member, document_id=room.document, kind="note") == [note]
    assert ids(room.member, document_id=room.document, kind="arrow") == []
    assert ids(room.member, document_id="no-such-paper") == []
    refused = room.member.get("/annotations?kind=poem")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")


@pytest.mark.parametrize("query", ["kinh phi", "PHÍ kinh", "ngan sach", "“ngân", "kinh ngân"])
def test_its_text_and_the_words_it_marks_are_searched(room: Room, query: str) -> None:
    anchor = {"text": "dự toán “ngân sách” địa phương", "prefix": "của", "suffix": "năm"}
    mine = write(room.member, room.document, "highlight", text="Hỏi kinh phí", anchor=anchor)
    write(room.member, room.document, "note", text="Việc khác")
    assert ids(room.member, document_id=room.document, q=query) == [mine]
    assert ids(room.member, document_id=room.document, q=f"{query} năm") == []


def test_what_is_deleted_is_not_in_it(room: Room) -> None:
    mine = write(room.member, room.document, text="Sẽ xóa")
    assert room.member.delete(f"/annotations/{mine}").ok
    assert ids(room.member, document_id=room.document) == []
    assert room.document not in papers(room.member)


def test_only_on_papers_that_one_may_still_read(room: Room) -> None:
    mine = write(room.member, room.document)
    place = f"/meetings/{room.id}/participants/{room.member.id}"
    assert room.secretary.delete(place).ok
    assert mine not in ids(room.member)
    assert room.document not in papers(room.member)
    assert room.secretary.put(place, role="guest").ok
    assert mine not in ids(room.member), "guests read what is open to them"
    assert room.secretary.patch(f"/documents/{room.document}", open_to_guests=True).ok
    assert mine in ids(room.member)
    assert room.secretary.put(place, role="member").ok


def test_an_administrator_reads_nothing_through_it(room: Room) -> None:
    place = f"/meetings/{room.id}/participants/{room.admin.id}"
    assert room.secretary.put(place, role="member").ok
    mine = write(room.admin, room.document)
    assert mine in ids(room.admin)
    assert room.secretary.delete(place).ok
    assert mine not in ids(room.admin), "without a seat even one's own are closed away"
    secret = write(room.member, room.document, text="zqxwvk")
    for person in (room.admin, room.secretary, room.chair, room.other, room.guest, room.stranger):
        assert secret not in ids(person)
        assert "zqxwvk" not in person.get("/annotations?q=zqxwvk").text
    assert "zqxwvk" not in room.server.log.read_text()


def test_marks_on_an_earlier_version_stay_in_it(room: Room) -> None:
    old = write(room.member, room.document)
    answer = room.secretary.upload(
        f"/documents/{room.document}/versions", "moi.pdf", small_pdf(3, "moi")
    )
    assert answer.status_code == 202, answer.text
    wait_ready(room.secretary, room.document, 2)
    new = write(room.member, room.document, version=2)
    found = listed(room.member, document_id=room.document)
    assert [(one["id"], one["version"]) for one in found] == [(new, 2), (old, 1)]
    assert papers(room.member)[room.document] == 2


def test_what_was_never_shown_is_for_its_preparers(room: Room) -> None:
    paper = add_paper(room.secretary, room.items[0], small_pdf(1, "nhap"), "nhap.pdf")
    draft = write(room.secretary, paper)
    answer = room.secretary.upload(f"/documents/{paper}/versions", "n2.pdf", small_pdf(1, "n2"))
    assert answer.status_code == 202
    wait_ready(room.secretary, paper, 2)
    assert room.secretary.post(f"/documents/{paper}/publish").ok
    assert draft in ids(room.secretary)
    place = f"/meetings/{room.id}/participants/{room.secretary.id}"
    assert room.chair.put(place, role="member").ok
    assert draft not in ids(room.secretary)
    assert room.chair.put(place, role="secretary").ok


def test_long_and_heavy_lists_come_in_pages(room: Room) -> None:
    light = [body("note", n) for n in range(100)]
    assert batch(room.other, room.document, light).status_code == 201
    assert batch(room.other, room.document, [body("note", n) for n in range(100)]).ok
    assert batch(room.other, room.document, [body("note", n) for n in range(50)]).ok
    first = room.other.get("/annotations", params={"document_id": room.document}).json()
    assert len(first["items"]) == 200
    whole = ids(room.other, document_id=room.document)
    assert len(whole) == len(set(whole)) == 250
    heavy = [[i / 10_000, (i * i % 9_000) / 10_000, 0.5] for i in range(8_000)]
    for _ in range(4):
        write(room.chair, room.document, "ink", geometry={"strokes": [heavy]})
    page = room.chair.get("/annotations", params={"document_id": room.document}).json()
    assert 1 <= len(page["items"]) < 4
    assert len(ids(room.chair, document_id=room.document)) == 4


def body(kind: str, n: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "page": 1 + n % 3,
        "kind": kind,
        "audience": "private",
        "geometry": GEOMETRY[kind],
        "style": STYLE,
    }


def batch(person: Person, document: str, items: list[dict[str, Any]]) -> requests.Response:
    return person.post(f"/documents/{document}/annotations/batch", items=items)


@pytest.mark.parametrize("after", ["!", "x", "kpKSkg==", "2" * 300])
def test_a_cursor_that_is_none_is_refused(room: Room, after: str) -> None:
    refused = room.member.get("/annotations", params={"after": after})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid_input")

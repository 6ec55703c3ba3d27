"""Notes of one's own that lie on no page: their life, what they may not be, and who reads them."""

import sqlite3
import unicodedata
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests

from core.ids import new_id
from tests.server.conftest import Room, make_room
from tests.server.real_server import Person, RealServer, Tablet

pytestmark = pytest.mark.slow

SECRET = "Hỏi thêm về kinh phí duy tu đường liên xã zqxwvk"
LONGEST = 20_000
NO_MEETING = dict.fromkeys(("meeting_id", "meeting_title", "meeting_starts_at"))
SECRETS = count(880_000)


def keep(person: Person, text: str = SECRET, **more: Any) -> dict[str, Any]:
    """One more note of this person."""
    answer = person.post("/notes", **{"id": new_id(), "text": text, **more})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def refusal(answer: requests.Response) -> tuple[int, str]:
    problem = answer.json()
    assert len(problem["detail"]) > 15
    return answer.status_code, problem["code"]


def texts(person: Person, **query: str) -> list[str]:
    """What a list of this person's notes holds."""
    answer = person.get("/notes", params=query)
    assert answer.status_code == 200, answer.text
    return [note["text"] for note in answer.json()["items"]]


@pytest.fixture
def tablet(room: Room) -> Tablet:
    """A device of the member's in the room."""
    return room.tablet(room.member)


# Its life.


def test_a_note_is_kept_changed_and_deleted(room: Room) -> None:
    mine = keep(room.member, meeting_id=room.id)
    assert mine["meeting_title"] == "Kỳ họp thứ Hai"
    assert (mine["revision"], mine["text"]) == (1, SECRET)
    changed = room.member.patch(f"/notes/{mine['id']}", revision=1, text="Đã hỏi.\nChờ trả lời.")
    assert changed.status_code == 200, changed.text
    assert changed.json()["revision"] == 2
    assert changed.json()["updated_at"] >= mine["updated_at"]
    assert texts(room.member, meeting_id=room.id) == ["Đã hỏi.\nChờ trả lời."]
    assert room.member.delete(f"/notes/{mine['id']}").status_code == 204
    assert room.member.delete(f"/notes/{mine['id']}").status_code == 204
    assert texts(room.member, meeting_id=room.id) == []


def test_the_same_id_again_gives_what_stands(room: Room) -> None:
    mine = keep(room.member)
    room.member.patch(f"/notes/{mine['id']}", revision=1, text="Mới")
    again = room.member.post("/notes", id=mine["id"], text=SECRET)
    assert again.status_code == 200
    assert (again.json()["text"], again.json()["revision"]) == ("Mới", 2)
    room.member.delete(f"/notes/{mine['id']}")
    dead = room.member.post("/notes", id=mine["id"], text=SECRET)
    assert refusal(dead) == (410, "note_deleted")


def test_a_request_that_is_sent_again_is_done_once(room: Room) -> None:
    note = {"id": new_id(), "text": SECRET}
    answers = [
        room.member.call("POST", "/notes", json=note, headers={"Idempotency-Key": "k1"})
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [201, 201]
    path = f"/notes/{note['id']}"
    change = {"revision": 1, "text": "Khác"}
    twice = [
        room.member.call("PATCH", path, json=change, headers={"Idempotency-Key": "k2"})
        for _ in range(2)
    ]
    assert [answer.json()["revision"] for answer in twice] == [2, 2]
    other = {**note, "text": "Nội dung khác"}
    taken = room.member.call("POST", "/notes", json=other, headers={"Idempotency-Key": "k1"})
    assert refusal(taken) == (409, "idempotency_conflict")


def test_a_change_to_an_older_revision_is_refused_and_deletion_wins(room: Room) -> None:
    path = f"/notes/{keep(room.member)['id']}"
    assert room.member.patch(path, revision=1, text="Máy thứ nhất").ok
    late = room.member.patch(path, revision=1, text="Máy thứ hai")
    assert refusal(late) == (409, "stale_revision")
    room.member.delete(path)
    assert refusal(room.member.patch(path, revision=2, text="Muộn")) == (410, "note_deleted")


def test_of_a_deleted_note_nothing_is_left_but_that_it_was(room: Room, server: RealServer) -> None:
    mine = keep(room.member, "Mật mã 5512", meeting_id=room.id)
    room.member.delete(f"/notes/{mine['id']}")
    assert texts(room.member, q="5512") == []
    (row,) = rows(
        server.made.data,
        "select text, search_text, meeting_id, revision from personal_note where id = ?",
        mine["id"],
    )
    assert row == ("", "", None, 2)


def test_two_people_may_have_the_same_id_and_neither_learns_of_it(room: Room) -> None:
    mine = keep(room.member)
    theirs = keep(room.other, "Của người khác", id=mine["id"])
    assert theirs["revision"] == 1
    assert room.other.delete(f"/notes/{mine['id']}").status_code == 204
    assert mine in all_notes(room.member)


def test_another_device_of_the_same_person_is_told(room: Room, tablet: Tablet) -> None:
    mine = keep(room.member, meeting_id=room.id)
    assert tablet.next("mine.event", type="own_note_put")["data"] == {"note": mine}
    room.member.patch(f"/notes/{mine['id']}", revision=1, text="Khác")
    assert tablet.next("mine.event", type="own_note_put")["data"]["note"]["revision"] == 2
    room.member.delete(f"/notes/{mine['id']}")
    told = tablet.next("mine.event", type="own_note_removed")["data"]
    assert told == {"id": mine["id"], "revision": 3}


def test_long_lists_come_in_pages_the_newest_first(room: Room) -> None:
    wanted = [keep(room.guest, f"Ghi chú {n:03}")["text"] for n in range(120)][::-1]
    first = room.guest.get("/notes").json()
    assert len(first["items"]) == 50
    assert [note["text"] for note in all_notes(room.guest)][:120] == wanted


def all_notes(person: Person) -> list[dict[str, Any]]:
    """Every note of this person, page after page."""
    found: list[dict[str, Any]] = []
    after: dict[str, str] = {}
    while True:
        page = person.get("/notes", params=after).json()
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


@pytest.mark.parametrize("query", ["kinh phi", "KINH PHÍ", "phí duy", "đuong lien", "zqxwvk hoi"])
def test_notes_are_found_with_and_without_accents(room: Room, query: str) -> None:
    keep(room.chair, "Việc khác")
    mine = keep(room.chair)
    assert SECRET in texts(room.chair, q=query)
    assert texts(room.chair, q=f"{query} không-có") == []
    room.chair.delete(f"/notes/{mine['id']}")


def test_signs_that_searching_knows_are_plain_ones(room: Room) -> None:
    keep(room.chair, "Tăng 12% so với năm trước")
    assert texts(room.chair, q="12%") == ["Tăng 12% so với năm trước"]
    assert texts(room.chair, q="1_%") == []


def test_who_no_longer_sits_in_the_meeting_keeps_the_note(room: Room) -> None:
    mine = keep(room.member, meeting_id=room.id)
    assert room.secretary.delete(f"/meetings/{room.id}/participants/{room.member.id}").ok
    path = f"/notes/{mine['id']}"
    still = room.member.patch(path, revision=1, text="Vẫn của tôi").json()
    assert {key: still[key] for key in NO_MEETING} == NO_MEETING
    refused = room.member.post("/notes", text="Nữa", meeting_id=room.id)
    assert refusal(refused) == (403, "not_allowed")
    back = room.secretary.put(f"/meetings/{room.id}/participants/{room.member.id}", role="member")
    assert back.ok
    assert texts(room.member, meeting_id=room.id) == ["Vẫn của tôi"]


def test_notes_outlive_the_meeting_they_were_made_for(
    server: RealServer, people: dict[str, Person], room: Room, tablet: Tablet
) -> None:
    gone = make_room(server, people, papers=False, status="published")
    mine = keep(room.member, meeting_id=gone.id)
    other = keep(room.other, "Việc của phiên họp đã hủy", meeting_id=gone.id)
    assert room.secretary.delete(f"/meetings/{gone.id}").status_code == 204
    told = tablet.next("mine.event", type="own_note_put")
    while told["data"]["note"]["meeting_id"] is not None:
        told = tablet.next("mine.event", type="own_note_put")
    assert told["data"]["note"] == {**mine, **NO_MEETING}
    changed = room.member.patch(f"/notes/{mine['id']}", revision=1, text="Vẫn còn")
    assert changed.json()["revision"] == 2
    assert other["text"] in texts(room.other)
    assert texts(room.other, meeting_id=gone.id) == []


# What it may not be.


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "invalid_input"),
        ({"text": ""}, 422, "invalid_input"),
        ({"text": " \n\t "}, 422, "invalid_input"),
        ({"text": None}, 422, "invalid_input"),
        ({"text": 7}, 422, "invalid_input"),
        ({"text": "ấ" * (LONGEST + 1)}, 422, "invalid_input"),
        ({"text": "a" * 1_000_000}, 413, "payload_too_large"),
        ({"text": "<img src=x onerror=alert(1)>"}, 422, "html_in_text"),
        ({"text": "chữ <b>đậm</b>"}, 422, "html_in_text"),
        ({"text": "ok", "id": "short"}, 422, "invalid_input"),
        ({"text": "ok", "id": "../../etc/passwd/and/more"}, 422, "invalid_input"),
        ({"text": "ok", "meeting_id": ""}, 422, "invalid_input"),
        ({"text": "ok", "meeting_id": "no-such-meeting"}, 404, "not_found"),
    ],
)
def test_wrong_notes_are_refused(room: Room, body: dict[str, Any], status: int, code: str) -> None:
    before = len(all_notes(room.secretary))
    assert refusal(room.secretary.post("/notes", **body)) == (status, code)
    assert len(all_notes(room.secretary)) == before


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": "ok"}, 422, "invalid_input"),
        ({"revision": 0, "text": "ok"}, 422, "invalid_input"),
        ({"revision": 1}, 422, "invalid_input"),
        ({"revision": "1", "text": "ok"}, 422, "invalid_input"),
        ({"revision": 10**30, "text": "ok"}, 409, "stale_revision"),
        ({"revision": 7, "text": "ok"}, 409, "stale_revision"),
        ({"revision": 1, "text": "<script>"}, 422, "html_in_text"),
        ({"revision": 1, "text": " "}, 422, "invalid_input"),
    ],
)
def test_wrong_changes_are_refused(
    room: Room, body: dict[str, Any], status: int, code: str
) -> None:
    mine = keep(room.secretary)
    assert refusal(room.secretary.patch(f"/notes/{mine['id']}", **body)) == (status, code)
    assert mine in all_notes(room.secretary)


def test_broken_json_and_cursors_are_refused(room: Room) -> None:
    headers = {"Content-Type": "application/json"}
    broken = room.secretary.call("POST", "/notes", data=b'{"text": NaN}', headers=headers)
    assert refusal(broken) == (400, "malformed_request")
    for cursor in ("!", "aGVsbG8=", "x" * 500):
        assert refusal(room.secretary.get(f"/notes?after={cursor}")) == (422, "invalid_input")


def test_the_longest_text_is_kept_as_it_is_written(room: Room) -> None:
    text = "Dòng có dấu: Nghị quyết.\n" * (LONGEST // 25)
    mine = keep(room.secretary, unicodedata.normalize("NFD", text))
    assert mine["text"] == unicodedata.normalize("NFC", text).strip()
    signs = "1 < 2, a<b và 3 > 2; “trích”; <- xem trang 7"
    assert keep(room.secretary, signs)["text"] == signs
    hidden = keep(room.secretary, "trái \u202e phải\u0000")
    assert hidden["text"] == "trái  phải"


# Who reads it: its owner, and nobody else by any way.


@pytest.mark.parametrize(
    "who", ["secretary", "chair", "other", "guest", "stranger", "admin"], ids=str
)
def test_nobody_else_has_any_way_to_a_note(room: Room, who: str) -> None:
    person: Person = getattr(room, who)
    secret = f"Việc riêng {next(SECRETS)}"
    mine = keep(room.member, secret, meeting_id=room.id)
    path = f"/notes/{mine['id']}"
    assert refusal(person.patch(path, revision=1, text="Chen vào")) == (404, "not_found")
    assert refusal(person.delete(path)) == (404, "not_found")
    for query in ({}, {"meeting_id": room.id}, {"q": secret}, {"q": "viec rieng"}):
        assert secret not in texts(person, **query)
    asked: list[Callable[[], requests.Response]] = [
        lambda: person.get(f"/meetings/{room.id}"),
        lambda: person.get(f"/meetings/{room.id}/snapshot"),
        lambda: person.get(f"/meetings/{room.id}/events"),
        lambda: person.get(f"/documents/{room.document}/annotations"),
        lambda: person.get("/annotations"),
        lambda: person.get(f"{room.server.url}/notes"),
        lambda: person.get(f"{room.server.url}/meetings/{room.id}"),
        lambda: person.post("/notes", id=mine["id"], text="Cùng mã"),
    ]
    for ask in asked:
        answer = ask()
        assert secret not in answer.text, answer.url
    assert person.delete(path).status_code == 204, "one of its own, with the same id"
    assert mine in all_notes(room.member)


def test_nobody_else_hears_of_it(room: Room) -> None:
    others = [room.tablet(one) for one in (room.secretary, room.chair, room.other, room.guest)]
    mine = keep(room.member, meeting_id=room.id)
    room.member.patch(f"/notes/{mine['id']}", revision=1, text=f"{SECRET} nữa")
    room.member.delete(f"/notes/{mine['id']}")
    assert room.secretary.put(f"/meetings/{room.id}/current-item", agenda_item_id=room.items[0]).ok
    for tablet in others:
        tablet.next("room.event", type="current_item_changed")
        assert not any("zqxwvk" in repr(packet) or "note" in repr(packet) for packet in tablet.seen)


def test_no_log_and_no_audit_holds_its_words(room: Room, server: RealServer) -> None:
    keep(room.member, meeting_id=room.id)
    room.member.get("/notes", params={"q": "đường liên xã zqxwvk"})
    assert "zqxwvk" not in server.log.read_text()
    assert "zqxwvk" not in repr(rows(server.made.data, "select * from audit_entry"))


def rows(data: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    """What stands in the database."""
    with sqlite3.connect(f"file:{data / 'dienhong.sqlite3'}?mode=ro", uri=True) as base:
        return base.execute(query, values).fetchall()


def test_a_person_signed_out_reads_nothing(room: Room, server: RealServer) -> None:
    second = server.sign_in(room.member.username)
    assert second.delete("/session").ok
    assert second.get("/notes").status_code == 401

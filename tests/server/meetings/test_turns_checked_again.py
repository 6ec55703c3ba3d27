"""What a turn was allowed to show is looked up again as soon as something happens in the room."""

import pytest

from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper

pytestmark = pytest.mark.slow


def test_a_turn_after_the_end_is_refused(room: Room) -> None:
    secretary = room.tablet(room.secretary)
    assert secretary.turn(room.document, 2)["ok"]
    assert secretary.turn(room.document, 3)["ok"]
    closed = room.secretary.post(f"/meetings/{room.id}/status", status="closed")
    assert closed.status_code == 200, closed.text
    assert secretary.turn(room.document, 2)["code"] == "wrong_status"


def test_a_paper_that_was_removed_is_no_page_any_more(room: Room) -> None:
    late = add_paper(room.secretary, room.items[0], small_pdf(2, "late"))
    secretary = room.tablet(room.secretary)
    assert secretary.turn(late, 1)["ok"]
    removed = room.secretary.delete(f"/documents/{late}")
    assert removed.status_code in (200, 204), removed.text
    assert secretary.turn(late, 2)["code"] == "no_such_page"


def test_a_page_beyond_the_paper_is_refused_however_often(room: Room) -> None:
    secretary = room.tablet(room.secretary)
    for _ in range(2):
        assert secretary.turn(room.document, 3)["ok"]
        assert secretary.turn(room.document, 4)["code"] == "no_such_page"
        assert secretary.turn(room.document, 0)["code"] == "no_such_page"


def test_a_paper_opened_to_guests_reaches_them_at_the_next_turn(room: Room) -> None:
    guest, secretary = room.tablet(room.guest), room.tablet(room.secretary)
    assert secretary.turn(room.document, 2)["ok"]
    assert guest.next("room.live")["hidden"] is True
    opened = room.secretary.patch(f"/documents/{room.document}", open_to_guests=True)
    assert opened.status_code == 200, opened.text
    assert secretary.turn(room.document, 3)["ok"]
    assert guest.next("room.live", page=3)["document_id"] == room.document


def test_a_turn_after_much_was_written_is_still_checked(room: Room) -> None:
    """What people write moves the room's seq, and changes nothing about who may show what."""
    secretary = room.tablet(room.secretary)
    assert secretary.turn(room.document, 2)["ok"]
    note = {"page": 1, "kind": "note", "audience": "meeting", "geometry": {"at": [0.5, 0.5]}}
    for _ in range(3):
        kept = room.member.post(f"/documents/{room.document}/annotations", **note, text="Hỏi")
        assert kept.status_code == 201, kept.text
        assert secretary.turn(room.document, 3)["ok"]
    closed = room.secretary.post(f"/meetings/{room.id}/status", status="closed")
    assert closed.status_code == 200, closed.text
    assert secretary.turn(room.document, 2)["code"] == "wrong_status"


def test_what_happens_to_other_papers_hides_nothing_about_this_one(room: Room) -> None:
    shown, other = (add_paper(room.secretary, room.items[0], small_pdf(2, name)) for name in "ab")
    secretary = room.tablet(room.secretary)
    assert secretary.turn(shown, 1)["ok"]
    for happens in (
        room.secretary.patch(f"/documents/{other}", title="Tờ trình"),
        room.secretary.delete(f"/documents/{other}"),
    ):
        assert happens.status_code in (200, 204), happens.text
        assert secretary.turn(shown, 2)["ok"]
    assert room.secretary.patch(f"/documents/{other}", title="Không còn").status_code == 404
    gone = room.secretary.delete(f"/documents/{shown}")
    assert gone.status_code in (200, 204), gone.text
    assert secretary.turn(shown, 1)["code"] == "no_such_page"

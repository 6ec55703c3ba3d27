"""Which versions of a paper are there for whom, and numbers that are none."""

import pytest

from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper, wait_ready

pytestmark = pytest.mark.slow


@pytest.fixture
def replaced_before_publishing(room: Room) -> str:
    """A paper whose first version was replaced by a second before anybody else saw it."""
    paper = add_paper(room.secretary, room.items[0], small_pdf(2, "nhap"))
    room.secretary.upload(f"/documents/{paper}/versions", "dung.pdf", small_pdf(2, "dung"))
    wait_ready(room.secretary, paper, version=2)
    assert room.secretary.post(f"/documents/{paper}/publish").status_code == 200
    return paper


def test_what_was_replaced_before_publishing_is_for_the_staff_alone(
    room: Room, replaced_before_publishing: str
) -> None:
    paper = replaced_before_publishing
    for person in (room.secretary, room.chair):
        numbers = [v["number"] for v in person.get(f"/documents/{paper}").json()["versions"]]
        assert numbers == [1, 2]
        assert person.get(f"/documents/{paper}/versions/1/file").status_code == 200
    numbers = [v["number"] for v in room.member.get(f"/documents/{paper}").json()["versions"]]
    assert numbers == [2]
    for what in ("file", "pages/1", "pages/1/image", "pages/1/text"):
        assert room.member.get(f"/documents/{paper}/versions/1/{what}").status_code == 404
        assert room.member.get(f"/documents/{paper}/versions/2/{what}").status_code == 200


def test_presenting_it_shows_it_to_the_staff_alone(
    room: Room, replaced_before_publishing: str
) -> None:
    secretary, member, chair = (
        room.tablet(person) for person in (room.secretary, room.member, room.chair)
    )
    assert secretary.turn(replaced_before_publishing, 1, version=1)["ok"]
    assert chair.next("room.live", version=1)["page"] == 1
    assert member.next("room.live")["hidden"] is True
    assert secretary.turn(replaced_before_publishing, 1, version=2)["ok"]
    assert member.next("room.live", version=2)["page"] == 1


def test_a_version_that_was_shown_stays_readable(room: Room) -> None:
    room.secretary.upload(f"/documents/{room.document}/versions", "moi.pdf", small_pdf(2, "moi"))
    wait_ready(room.secretary, room.document, version=2)
    for number in (1, 2):
        path = f"/documents/{room.document}/versions/{number}/pages/1"
        assert room.member.get(path).status_code == 200


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000])
def test_numbers_of_any_size_are_not_found(room: Room, number: str) -> None:
    for path in (f"{number}/file", f"{number}/pages/1", f"1/pages/{number}/image"):
        answer = room.secretary.get(f"/documents/{room.document}/versions/{path}")
        assert answer.status_code == 404, answer.text
        assert answer.json()["code"] == "not_found"


def test_a_turn_to_a_version_of_any_number_is_no_page(room: Room) -> None:
    secretary = room.tablet(room.secretary)
    assert secretary.turn(room.document, 1, version=10**15)["code"] == "no_such_page"
    assert secretary.turn(room.document, 2)["ok"]

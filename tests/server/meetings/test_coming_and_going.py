"""People come into a room and leave it while others do; what the room shows changes under them."""

from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from meetings.room import presence
from meetings.room.presence import Presences
from tests.factories import small_pdf
from tests.server.conftest import Room, add_paper

pytestmark = pytest.mark.slow


class SlowDatabase:
    """Stands for one whose writer's turn has to be waited for: `meanwhile` happens then."""

    def __init__(self) -> None:
        self.meanwhile: list[Any] = []
        self.commits = 0

    @contextmanager
    def write(self) -> Iterator[Any]:
        yield SimpleNamespace(execute=lambda *_: None)

    @contextmanager
    def read(self) -> Iterator[Any]:
        yield SimpleNamespace(scalars=lambda *_: [])

    def commit(self, _session: Session) -> None:
        self.commits += 1
        while self.meanwhile:
            self.meanwhile.pop()()


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> SlowDatabase:
    made = SlowDatabase()
    monkeypatch.setattr(presence, "current_context", lambda: SimpleNamespace(database=made))
    return made


def test_who_comes_while_the_last_one_leaves_is_in_the_room(database: SlowDatabase) -> None:
    presences = Presences(lambda _: 0, lambda _: None, lambda _: [])
    presences.enter("room", "old", "ngọc")
    database.meanwhile.append(lambda: presences.enter("room", "new", "ngọc"))
    assert presences.leave("room", "old", for_good=True)
    presences.publish_all()
    presences.tell("room", "new", "paper", 3, True)
    assert presences.people("room")["ngọc"].page == 3
    presences.publish_all()
    assert not presences.leave("room", "unknown", for_good=False)
    assert presences.leave("room", "new", for_good=False)


def test_an_empty_room_is_saved_and_forgotten(database: SlowDatabase) -> None:
    presences = Presences(lambda _: 0, lambda _: None, lambda _: [])
    presences.enter("room", "one", "ngọc")
    presences.leave("room", "one", for_good=False)
    presences.publish_all()
    assert database.commits == 1
    assert presences.people("room") == {}
    assert not presences._rooms


def test_what_becomes_visible_is_later_than_what_was_hidden(room: Room) -> None:
    guest, secretary = room.tablet(room.guest), room.tablet(room.secretary)
    secretary.turn(room.document, 2)
    hidden = guest.next("room.live")
    room.secretary.patch(f"/documents/{room.document}", open_to_guests=True)
    shown = guest.next("room.live", document_id=room.document)
    assert (shown["term"], shown["rev"]) > (hidden["term"], hidden["rev"])
    room.secretary.patch(f"/documents/{room.document}", open_to_guests=False)
    again = guest.next("room.live", hidden=True)
    assert (again["term"], again["rev"]) > (shown["term"], shown["rev"])


def test_a_removed_paper_leaves_every_stage(room: Room) -> None:
    late = add_paper(room.secretary, room.items[0], small_pdf(2, "tam"))
    room.secretary.post(f"/documents/{late}/publish")
    member, secretary = room.tablet(room.member), room.tablet(room.secretary)
    secretary.turn(late, 2)
    shown = member.next("room.live", document_id=late)
    assert room.secretary.delete(f"/documents/{late}").status_code == 204
    gone = member.next("room.live", document_id=None)
    assert (gone["term"], gone["rev"]) > (shown["term"], shown["rev"])


def test_a_member_who_presents_sees_where_people_are(room: Room) -> None:
    presenter, other = room.tablet(room.member), room.tablet(room.other)
    other.call("presence.at", document_id=room.document, page=3, following=False)
    room.chair.put(f"/meetings/{room.id}/presenter", user_id=room.member.id)
    place = {"document_id": room.document, "page": 3, "people": 1}
    seen = presenter.next("room.presence", pages=[place])
    assert "lost_ids" not in seen
    assert "pages" not in other.next("room.presence", online=2)

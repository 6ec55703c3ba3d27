"""Rings of a room: each has a number of its own, and a lost one is made up for."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import update

from core.actor import Actor
from core.database import Base, Database
from core.dispatcher import Dispatcher
from core.models import Room
from core.permissions import IN_THE_ROOM
from meetings.live.declares import NoSuchPage
from meetings.live.showable import Showable, check_showable

ROOM, OTHER = "room", "other"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database with two rooms to which nothing happened yet."""
    opened = Database(f"sqlite:///{tmp_path}/test.db", tmp_path / "test.lock")
    with opened.write() as session:
        Base.metadata.create_all(session.connection())
        session.add_all([Room(id=ROOM, seq=0), Room(id=OTHER, seq=0)])
        opened.commit(session)
    yield opened
    opened.close()


@pytest.fixture
def dispatcher(database: Database) -> Dispatcher:
    """Watches both rooms; its next look is at all of them."""
    made = Dispatcher(database, "epoch", lambda: None)
    for room in (ROOM, OTHER):
        made.watch_room(room, 0)
    return made


def test_each_ring_has_another_number(dispatcher: Dispatcher) -> None:
    seen = {dispatcher.last_ring(ROOM)}
    for _ in range(3):
        dispatcher.room(ROOM)
        seen.add(dispatcher.last_ring(ROOM))
        dispatcher.forget_room(ROOM)
        seen.add(dispatcher.last_ring(ROOM))
    assert len(seen) == 4
    assert dispatcher.last_ring(OTHER) == 0


def test_a_ring_that_was_lost_is_made_up_for(dispatcher: Dispatcher, database: Database) -> None:
    with database.write() as session:
        session.execute(update(Room).where(Room.id == ROOM).values(seq=1))
        database.commit(session)
    before = dispatcher.last_ring(ROOM)
    dispatcher.send_new()
    assert dispatcher.last_ring(ROOM) != before
    assert dispatcher.last_ring(OTHER) == 0


def test_while_nobody_rang_the_last_answer_holds() -> None:
    """No house is there to be asked."""
    presenter = Actor("u", "U", False, "s")
    before = Showable(3, 9, "u", "d", 1, 4, IN_THE_ROOM)
    assert check_showable(presenter, "m", "d", 1, 4, before, 3) is before
    with pytest.raises(NoSuchPage):
        check_showable(presenter, "m", "d", 1, 5, before, 3)

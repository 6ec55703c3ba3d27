"""Who asks within a moment shares what was loaded, and no old state stays open meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base, Database, keep
from core.db.shared_read_session import SharedReadSession
from core.errors import NotFound

LONG, NO_TIME = 3600.0, -1.0


class Scratch(Base):
    """Tables of this test alone, outside the program's own metadata."""

    __abstract__ = True
    metadata = sqlalchemy.MetaData()


class Paper(Scratch):
    __tablename__ = "paper"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/test.db", tmp_path / "test.lock")
    with opened.write() as session:
        Scratch.metadata.create_all(session.connection())
        session.add(Paper(id=1, name="one"))
        opened.commit(session)
    yield opened
    opened.close()


@pytest.fixture
def asked(database: Database) -> list[str]:
    """The questions put to the database."""
    questions: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        questions.append(statement)

    sqlalchemy.event.listen(database.engine, "before_cursor_execute", note)
    return questions


def name_by(look: SharedReadSession, database: Database) -> str:
    with look.read(database) as (session, _):
        paper = session.get_one(Paper, 1)
        keep(session, paper)
        return paper.name


def rename(database: Database, name: str) -> None:
    with database.write() as session:
        session.get_one(Paper, 1).name = name
        database.commit(session)


def test_what_one_loaded_costs_the_next_no_question(database: Database, asked: list[str]) -> None:
    look = SharedReadSession(LONG)
    assert name_by(look, database) == "one"
    before = len(asked)
    assert name_by(look, database) == "one"
    assert len(asked) == before


def test_later_everything_is_asked_anew(database: Database) -> None:
    look = SharedReadSession(NO_TIME)
    assert name_by(look, database) == "one"
    rename(database, "two")
    assert name_by(look, database) == "two"


def test_all_who_share_are_told_since_when_it_is_known(database: Database) -> None:
    look, fresh = SharedReadSession(LONG), SharedReadSession(NO_TIME)
    since = []
    for _ in range(2):
        for one in (look, fresh):
            with one.read(database) as (_session, known_since):
                since.append(known_since)
    assert since[0] == since[2]
    assert since[1] < since[3]


def test_no_old_state_stays_open(database: Database) -> None:
    name_by(SharedReadSession(LONG), database)
    rename(database, "two")
    assert database.checkpoint()
    assert database.wal_bytes() == 0


@pytest.mark.parametrize(
    ("error", "ends"), [(NotFound(kind="document"), False), (OSError("the disk"), True)]
)
def test_a_fault_ends_the_look_and_a_refusal_does_not(
    database: Database, asked: list[str], error: Exception, ends: bool
) -> None:
    look = SharedReadSession(LONG)
    name_by(look, database)
    with pytest.raises(type(error)), look.read(database):
        raise error
    before = len(asked)
    assert name_by(look, database) == "one"
    assert (len(asked) > before) is ends
    assert database.checkpoint()

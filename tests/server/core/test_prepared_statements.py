"""Statements that are compiled once and run on the connection of a write session."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.exc import CompileError, DBAPIError, IntegrityError

from core.db.database import Base, Database, table_of
from core.db.models import IdempotentAnswer, Room
from core.db.prepared_statements import PreparedChange, PreparedQuery, on_present_driver

AT = datetime(2026, 12, 1, 8, tzinfo=UTC)
_rooms, _answers = table_of(Room), table_of(IdempotentAnswer)
ADD = PreparedChange(insert(_rooms), "id", "seq")
ADVANCE = PreparedChange(
    update(_rooms)
    .where(_rooms.c.id == bindparam("of"))
    .values(seq=_rooms.c.seq + bindparam("by"))
    .returning(_rooms.c.seq)
)


class _Found(NamedTuple):
    seq: int


FIND = PreparedQuery(select(_rooms.c.seq).where(_rooms.c.id == bindparam("of")), _Found)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path}/test.sqlite3", None)
    with made.write() as session:
        Base.metadata.create_all(session.connection(), tables=[_rooms, _answers])
        made.commit(session)
    yield made
    made.close()


def test_changes_are_seen_in_their_transaction_and_by_others_after_it(database: Database):
    with database.write() as session:
        ADD.run(session, {"id": "a", "seq": 1}, {"id": "b", "seq": 5})
        assert ADVANCE.returned(session, of="b", by=2) == 7
        assert ADVANCE.returned(session, of="none", by=2) is None
        assert FIND.fetch_one_in(session, of="b") == _Found(7)
        assert FIND.fetch_one_in(session, of="none") is None
        assert FIND.fetch_one(database, of="b") is None
        database.commit(session)
    assert FIND.fetch_all(database, of="b") == [_Found(7)]


def test_without_a_commit_nothing_was_changed(database: Database):
    with database.write() as session:
        ADD.run(session, {"id": "a", "seq": 1})
    assert FIND.fetch_one(database, of="a") is None


def test_a_savepoint_that_is_rolled_back_takes_its_changes_along(database: Database):
    with database.write() as session:
        ADD.run(session, {"id": "before", "seq": 1})
        savepoint = session.begin_nested()
        with on_present_driver(session):
            ADD.run(session, {"id": "inside", "seq": 1})
        savepoint.rollback()
        ADD.run(session, {"id": "after", "seq": 1})
        database.commit(session)
    found = [
        FIND.fetch_one(database, of=name) is not None for name in ("before", "inside", "after")
    ]
    assert found == [True, False, True]


def test_values_are_converted_as_by_the_columns(database: Database):
    add = PreparedChange(insert(_answers), "scope", "body_sha256", "status", "answer", "at")
    row = {"scope": "s", "body_sha256": "b", "status": 201, "answer": b"{}", "at": AT}
    with database.write() as session:
        add.run(session, row)
        database.commit(session)
    with database.read() as session:
        assert session.get_one(IdempotentAnswer, "s").at == AT


def test_what_the_database_refuses_has_the_error_of_a_session(database: Database):
    with database.write() as session:
        ADD.run(session, {"id": "a", "seq": 1})
        with pytest.raises(IntegrityError) as refused:
            ADD.run(session, {"id": "a", "seq": 2})
    assert isinstance(refused.value, DBAPIError)
    assert "'a'" not in str(refused.value)  # values are private


def test_a_value_that_is_missing_is_an_error(database: Database):
    with database.write() as session:
        with pytest.raises(KeyError):
            ADD.run(session, {"id": "a"})
        with pytest.raises(KeyError):
            FIND.fetch_one_in(session)


def test_a_column_that_would_get_a_default_must_be_given(database: Database):
    from core.db.models import Job

    with database.write() as session, pytest.raises(CompileError):
        PreparedChange(insert(table_of(Job)), "id").run(session, {"id": "a"})

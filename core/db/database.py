"""Database access: the connections, the read session, the write session.

SQLite in WAL mode, shared by several processes. Readers never wait. Every write transaction and
every checkpoint runs under one `WriteLock`: SQLite before 3.51.3 (3.50.7, 3.44.6) can lose a
commit when a write or checkpoint runs concurrently with another connection's checkpoint.

Read connections are `query_only`, so no write bypasses the lock. SQLAlchemy does not issue BEGIN:
read transactions begin DEFERRED, write transactions IMMEDIATE.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy
from sqlalchemy import (
    BigInteger,
    Connection,
    Dialect,
    MetaData,
    Table,
    TypeDecorator,
)
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session

from core.db.connections import (
    engine_of,
    open_altering,
    open_guard,
    open_reader,
    open_sqlite,
    sqlite_path,
    truncate_wal,
)
from core.db.write_lock import WriteLock
from core.disk_reserve import DiskReserve
from core.offload import run_native

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class NewerData(Exception):
    """A newer version wrote the data folder; the message says what to do."""


class Timestamp(TypeDecorator[datetime]):
    """A point in time: aware datetime in Python (read as UTC), stored as microseconds since 1970.

    Integers keep order, equality and arithmetic exact in SQL. A naive datetime raises ValueError.
    A value that its offset moves outside the calendar in UTC is read as `EARLIEST` or `LATEST`.
    """

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return (value - EPOCH) // timedelta(microseconds=1)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        try:
            return EPOCH + timedelta(microseconds=value)
        except OverflowError:
            return EARLIEST if value < 0 else LATEST


def _values(members: type[Enum]) -> list[str]:
    return [member.value for member in members]


class Base(DeclarativeBase):
    """Base class of all tables. Constraints have names, which batch migrations need.

    `Mapped[datetime]` maps to Timestamp; `Mapped[SomeStrEnum]` stores the member's value as text.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Timestamp(),
        Enum: sqlalchemy.Enum(Enum, native_enum=False, length=40, values_callable=_values),
    }


def table_of(kind: type[Base]) -> Table:
    """Return the table of a model, for statements that are built once and run very often.

    Core statements take a fifth of the time of ORM objects; they do not see unflushed changes.
    """
    table = kind.__table__
    assert isinstance(table, Table)
    return table


def keep(session: Session, *rows: Base) -> None:
    """Keep strong references to rows for the session's lifetime: `get` by key then runs no query.

    A session references its rows weakly.
    """
    session.info.setdefault("kept", set()).update(rows)


class _ReadSession(Session):
    """Keeps what it loaded, so that `get` of the same row runs no second query."""


@sqlalchemy.event.listens_for(_ReadSession, "loaded_as_persistent")
def _keep_loaded(session: Session, row: Base) -> None:
    session.info.setdefault("kept", set()).add(row)


class BrokenReferences(Exception):
    """A schema change would leave dangling foreign keys; `tables` holds the tables' names."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"rows refer to nothing in: {', '.join(tables)}")
        self.tables = tables


class CommitIn(StrEnum):
    """The thread that runs COMMIT, which waits for the disk."""

    CALLER = "caller"
    NATIVE = "native"


class Database:
    """One SQLite file, its connections in this process, and the lock for its writers.

    url: `sqlite:////absolute/path`. lock_path: the file that all processes lock; None when no
    other process opens this database. reserve: released when a write finds the disk full, so that
    the client's next attempt succeeds. Creates the file, in WAL mode, when it is missing.
    Raises: ValueError for another kind of URL; RuntimeError where WAL is not possible.
    """

    def __init__(
        self,
        url: str,
        lock_path: Path | None,
        commit_in: CommitIn = CommitIn.NATIVE,
        reserve: DiskReserve | None = None,
    ) -> None:
        self.path = sqlite_path(url)
        self.lock = WriteLock(lock_path)
        self._commit_in = commit_in
        self._reserve = reserve
        self.engine = engine_of(self.path, open_reader, "BEGIN DEFERRED")
        self._writer = engine_of(self.path, open_sqlite, "BEGIN IMMEDIATE")
        self._readers: deque[sqlite3.Connection] = deque()
        with self.lock.held():
            self._guard = open_guard(self.path)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Open a read-only session with one consistent snapshot of the database; it never waits.

        Loaded objects stay readable after the block.
        """
        with _ReadSession(self.engine, expire_on_commit=False, close_resets_only=False) as session:
            yield session

    def fetch_rows(self, statement: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        """Return all rows of one query, for queries that every request or message runs.

        statement: SQL that reads, with `?` for each value. It sees every COMMIT that has ended, of
        any process, and runs outside `read()`. Takes a tenth of the time of a one-query session.
        """
        try:
            reader = self._readers.pop()
        except IndexError:
            reader = open_reader(self.path)
        try:
            # All rows: an unfinished statement would keep an old snapshot open.
            rows = reader.execute(statement, values).fetchall()
        except BaseException:
            reader.close()
            raise
        self._readers.append(reader)
        return rows

    def fetch_scalar(self, statement: str, *values: object) -> Any:
        """Return the first column of the first row, or None; see `fetch_rows`."""
        rows = self.fetch_rows(statement, values)
        return rows[0][0] if rows else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Open the only write session: it holds the lock and an open transaction.

        Rolls back unless `commit(session)` is called inside the block. Do not nest.
        Raises: WriteLockTimeout.
        """
        with (
            self.lock.held(),
            Session(self._writer, expire_on_commit=False, close_resets_only=False) as session,
        ):
            session.connection()
            try:
                yield session
            except Exception as fault:
                if self._reserve is not None:
                    self._reserve.release_after(fault)
                raise

    def commit(self, session: Session, then: Callable[[], None] | None = None) -> None:
        """Commit a `write()` session; the data is on the disk when this returns.

        Closes the session: loaded objects stay readable, a further query is an error.
        then: runs after the COMMIT, in the same thread; its exceptions are raised when the session
        is closed. Raises: sqlalchemy.exc.DBAPIError (disk full, broken reference); nothing is
        committed then.
        """
        session.flush()
        driver = session.connection().connection.dbapi_connection
        assert driver is not None
        # The driver's commit: SQLAlchemy would not roll back a commit that the driver refuses.
        try:
            if self._commit_in is CommitIn.NATIVE:
                fault = run_native(_commit, driver, then)
            else:
                fault = _commit(driver, then)
        except sqlite3.Error as error:
            raise DBAPIError.instance("COMMIT", None, error, sqlite3.Error) from error
        # The COMMIT is done: this call updates SQLAlchemy's state.
        session.commit()
        session.close()
        if fault is not None:
            raise fault

    @contextmanager
    def alter(self) -> Iterator[Connection]:
        """Open a transaction that may rebuild tables, on its own connection, foreign keys off.

        With foreign keys on, replacing a table would delete the rows that refer to it. References
        are checked before the COMMIT, which happens when the block ends without an exception.
        Raises: BrokenReferences (nothing is committed); WriteLockTimeout.
        """
        engine = engine_of(self.path, open_altering, "BEGIN IMMEDIATE")
        with self.lock.held():
            try:
                with engine.begin() as connection:
                    yield connection
                    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                    if broken:
                        raise BrokenReferences(sorted({row[0] for row in broken}))
            finally:
                engine.dispose()

    def wal_bytes(self) -> int:
        """Return the size of the WAL, which decides when to checkpoint."""
        try:
            return Path(f"{self.path}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def checkpoint(self) -> bool:
        """Copy the WAL into the database and truncate it; return True when it is empty.

        A reader of an old snapshot makes it partial (False); a later checkpoint copies the rest.
        Raises: WriteLockTimeout.
        """
        with self.lock.held():
            return run_native(truncate_wal, self._guard)

    def close(self) -> None:
        """Checkpoint the WAL and close every connection, under the lock. Idempotent."""
        with self.lock.held():
            self.engine.dispose()
            self._writer.dispose()
            while self._readers:
                self._readers.pop().close()
            try:
                truncate_wal(self._guard)
            except sqlite3.ProgrammingError:
                return
            self._guard.close()


def _commit(driver: DBAPIConnection, then: Callable[[], None] | None) -> Exception | None:
    """COMMIT, then `then`; returns the exception of the latter."""
    driver.commit()
    try:
        if then is not None:
            then()
    except Exception as fault:
        return fault
    return None


def is_writing(connection: Connection) -> bool:
    """Return whether the transaction of a `write()` session's connection is still open.

    SQLite rolls it back on some errors (disk full, no memory); the next statement would then begin
    another transaction.
    """
    driver = connection.connection.dbapi_connection
    return driver is not None and bool(driver.in_transaction)

"""Owns the database: its connections, its one way to read, its one way to write.

SQLite in WAL mode, shared by several processes. Readers never wait. Every write transaction and
every checkpoint runs under one `WriteLock`: SQLite before 3.51.3 (3.50.7, 3.44.6) can lose a
commit when a write or checkpoint runs beside another connection's checkpoint.

Reading connections are `query_only`, so nothing can write around the lock. SQLAlchemy issues no
BEGIN of its own here: reads begin DEFERRED, writes IMMEDIATE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy
from sqlalchemy import (
    URL,
    BigInteger,
    Connection,
    Dialect,
    Engine,
    MetaData,
    Table,
    TypeDecorator,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import QueuePool

from core.db.write_lock import WriteLock
from core.offload import run_native

OPEN_TIMEOUT_MS = 2000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EARLIEST, LATEST = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


class Timestamp(TypeDecorator[datetime]):
    """A moment: an aware datetime in Python (UTC coming out), microseconds since 1970 as kept.

    Integers keep order, equality and arithmetic exact in SQL. A naive datetime is a ValueError.
    What lies beyond the calendar in UTC, for an offset moved it there, comes out as its end.
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
    """The parent of every table. Constraints have names, which migrations in batch mode need.

    `Mapped[datetime]` becomes a Timestamp; `Mapped[SomeStrEnum]` keeps the member's value as text.
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
    """The table behind a kind of row, for statements that are made once and run very often.

    They take a fifth of the time that objects take, and do not know what is not flushed yet.
    """
    table = kind.__table__
    assert isinstance(table, Table)
    return table


def keep(session: Session, *rows: Base) -> None:
    """Hold rows as long as the session lives: asked for again by their key, they cost no query.

    A session by itself forgets what nobody else holds.
    """
    session.info.setdefault("kept", set()).update(rows)


class BrokenReferences(Exception):
    """A change of the tables would leave rows that refer to nothing; `tables` holds their names."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"rows refer to nothing in: {', '.join(tables)}")
        self.tables = tables


class CommitIn(StrEnum):
    """Which thread runs the COMMIT, which waits for the disk."""

    CALLER = "caller"
    NATIVE = "native"


def open_sqlite(path: str) -> sqlite3.Connection:
    """Open one connection as the whole program uses it, and let it read once.

    A first read may have to rebuild the WAL index or wait for another process to do so: it waits
    up to 2 s. Later nothing can be busy that the write lock does not rule out, so it waits 0 s.
    The connection may be handed from thread to thread, never used by two at once.
    """
    connection = sqlite3.connect(
        path, timeout=OPEN_TIMEOUT_MS / 1000, isolation_level=None, check_same_thread=False
    )
    try:
        for setting in (
            "synchronous = FULL",
            "foreign_keys = ON",
            "secure_delete = ON",
            "wal_autocheckpoint = 0",
        ):
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        connection.execute("PRAGMA busy_timeout = 0").fetchall()
    except BaseException:
        connection.close()
        raise
    return connection


def _open_reader(path: str) -> sqlite3.Connection:
    connection = open_sqlite(path)
    connection.execute("PRAGMA query_only = ON").fetchall()
    return connection


def _open_altering(path: str) -> sqlite3.Connection:
    connection = open_sqlite(path)
    connection.execute("PRAGMA foreign_keys = OFF").fetchall()
    return connection


def _engine(path: str, open_one: Callable[[str], sqlite3.Connection], begin: str) -> Engine:
    engine = sqlalchemy.create_engine(
        URL.create("sqlite+pysqlite", database=path),
        creator=lambda: open_one(path),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=-1,
        hide_parameters=True,  # A fault is logged with its statement: what was written is private.
    )

    def issue_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    sqlalchemy.event.listen(engine, "begin", issue_begin)
    return engine


class Database:
    """One SQLite file, its connections in this process, and the lock around its writers.

    url: `sqlite:////absolute/path`. lock_path: the file that all processes lock; None when no
    other process opens this database. The file is created, in WAL mode, when missing.
    Raises: ValueError for another kind of URL; RuntimeError where WAL is not possible.
    """

    def __init__(
        self, url: str, lock_path: Path | None, commit_in: CommitIn = CommitIn.NATIVE
    ) -> None:
        self.path = _sqlite_path(url)
        self.lock = WriteLock(lock_path)
        self._commit_in = commit_in
        self.engine = _engine(self.path, _open_reader, "BEGIN DEFERRED")
        self._writer = _engine(self.path, open_sqlite, "BEGIN IMMEDIATE")
        with self.lock.held():
            self._guard = _open_guard(self.path)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that sees one consistent state and cannot write; nothing makes it wait.

        What it loaded stays readable afterwards.
        """
        with Session(self.engine, expire_on_commit=False, close_resets_only=False) as session:
            yield session

    def fetch_scalar(self, statement: str, *values: object) -> Any:
        """The first column of the first row as of now, or None: for what every message asks.

        statement: SQL that reads, with `?` for each value. It sees every COMMIT that has ended, of
        any process, and is no part of a `read()`. A tenth of the time of a session with one query.
        """
        with closing(self.engine.raw_connection()) as connection:
            # All rows: a statement that was not read to its end would hold on to an old state.
            rows = connection.cursor().execute(statement, values).fetchall()
        return rows[0][0] if rows else None

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that alone may write: it has the lock and an open transaction.

        Without `commit(session)` inside the block everything is rolled back. Do not nest.
        Raises: WriteLockTimeout.
        """
        with (
            self.lock.held(),
            Session(self._writer, expire_on_commit=False, close_resets_only=False) as session,
        ):
            session.connection()
            yield session

    def commit(self, session: Session) -> None:
        """Make the work of a `write()` session durable: on the disk when this returns.

        The session is closed by it: what was loaded stays readable, a further query is an error.
        Raises: sqlalchemy.exc.DBAPIError (disk full, a broken reference): then nothing was kept.
        """
        session.flush()
        driver = session.connection().connection.dbapi_connection
        assert driver is not None
        # The driver's own commit: SQLAlchemy would not roll back one that the driver refuses.
        try:
            if self._commit_in is CommitIn.NATIVE:
                run_native(driver.commit)
            else:
                driver.commit()
        except sqlite3.Error as error:
            raise DBAPIError.instance("COMMIT", None, error, sqlite3.Error) from error
        # Nothing is left to commit: this brings SQLAlchemy's own state up to date.
        session.commit()
        session.close()

    @contextmanager
    def alter(self) -> Iterator[Connection]:
        """One transaction that may rebuild tables: a connection of its own, foreign keys off.

        With them on, replacing a table would delete the rows that refer to it. They are checked as
        a whole before the COMMIT, which happens when the block ends without an exception.
        Raises: BrokenReferences (nothing is kept); WriteLockTimeout.
        """
        engine = _engine(self.path, _open_altering, "BEGIN IMMEDIATE")
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
        """How much is written but not yet copied into the database: when to checkpoint."""
        try:
            return Path(f"{self.path}-wal").stat().st_size
        except FileNotFoundError:
            return 0

    def checkpoint(self) -> bool:
        """Copy the WAL into the database and empty it; True when nothing is left in it.

        A reader of an old state makes it partial (False); the next one does the rest.
        Raises: WriteLockTimeout.
        """
        with self.lock.held():
            return run_native(_truncate_wal, self._guard)

    def close(self) -> None:
        """Write the WAL back and close every connection, under the lock. Safe to call twice."""
        with self.lock.held():
            self.engine.dispose()
            self._writer.dispose()
            try:
                _truncate_wal(self._guard)
            except sqlite3.ProgrammingError:
                return
            self._guard.close()


def is_writing(connection: Connection) -> bool:
    """Whether the transaction of a `write()` session's connection is still open.

    SQLite ends it by itself on some faults (disk full, no memory): everything is undone then, and
    the next statement would begin a transaction of its own.
    """
    driver = connection.connection.dbapi_connection
    return driver is not None and bool(driver.in_transaction)


def _sqlite_path(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise ValueError(f"not the URL of a SQLite file: {parsed.render_as_string()}")
    return str(parsed.database)


def _open_guard(path: str) -> sqlite3.Connection:
    """The connection that stays open, so that closing another is never closing the last one."""
    guard = open_sqlite(path)
    (mode,) = guard.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        guard.close()
        raise RuntimeError(f"{path} cannot be in WAL mode (it is in {mode} mode)")
    guard.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    return guard


def _truncate_wal(connection: sqlite3.Connection) -> bool:
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy

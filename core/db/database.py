"""Database access: the connections, the read session, the write session.

SQLite in WAL mode, shared by several processes. Readers never wait. Every write transaction and
every checkpoint runs under one `WriteLock`: SQLite before 3.51.3 (3.50.7, 3.44.6) can lose a
commit when a write or checkpoint runs concurrently with another connection's checkpoint.

Read connections are `query_only`, so no write bypasses the lock. SQLAlchemy does not issue BEGIN:
read transactions begin DEFERRED, write transactions IMMEDIATE.
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


class BrokenReferences(Exception):
    """A schema change would leave dangling foreign keys; `tables` holds the tables' names."""

    def __init__(self, tables: list[str]) -> None:
        super().__init__(f"rows refer to nothing in: {', '.join(tables)}")
        self.tables = tables


class CommitIn(StrEnum):
    """The thread that runs COMMIT, which waits for the disk."""

    CALLER = "caller"
    NATIVE = "native"


def open_sqlite(path: str) -> sqlite3.Connection:
    """Open a connection with the settings of the whole program and run a first read.

    A first read may have to rebuild the WAL index or wait for another process to do so: it waits
    up to 2 s. Later the write lock rules out every busy state, so the busy timeout is 0 s.
    The connection may move between threads but must not be used by two at once.
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
        hide_parameters=True,  # Errors are logged with their statement; parameters are private.
    )

    def issue_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    sqlalchemy.event.listen(engine, "begin", issue_begin)
    return engine


class Database:
    """One SQLite file, its connections in this process, and the lock for its writers.

    url: `sqlite:////absolute/path`. lock_path: the file that all processes lock; None when no
    other process opens this database. Creates the file, in WAL mode, when it is missing.
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
        """Open a read-only session with one consistent snapshot of the database; it never waits.

        Loaded objects stay readable after the block.
        """
        with Session(self.engine, expire_on_commit=False, close_resets_only=False) as session:
            yield session

    def fetch_scalar(self, statement: str, *values: object) -> Any:
        """Return the first column of the first row, or None; for queries that every message runs.

        statement: SQL that reads, with `?` for each value. It sees every COMMIT that has ended, of
        any process, and runs outside `read()`. Takes a tenth of the time of a one-query session.
        """
        with closing(self.engine.raw_connection()) as connection:
            # All rows: an unfinished statement would keep an old snapshot open.
            rows = connection.cursor().execute(statement, values).fetchall()
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
            yield session

    def commit(self, session: Session) -> None:
        """Commit a `write()` session; the data is on the disk when this returns.

        Closes the session: loaded objects stay readable, a further query is an error.
        Raises: sqlalchemy.exc.DBAPIError (disk full, broken reference); nothing is committed then.
        """
        session.flush()
        driver = session.connection().connection.dbapi_connection
        assert driver is not None
        # The driver's commit: SQLAlchemy would not roll back a commit that the driver refuses.
        try:
            if self._commit_in is CommitIn.NATIVE:
                run_native(driver.commit)
            else:
                driver.commit()
        except sqlite3.Error as error:
            raise DBAPIError.instance("COMMIT", None, error, sqlite3.Error) from error
        # The COMMIT is done: this call updates SQLAlchemy's state.
        session.commit()
        session.close()

    @contextmanager
    def alter(self) -> Iterator[Connection]:
        """Open a transaction that may rebuild tables, on its own connection, foreign keys off.

        With foreign keys on, replacing a table would delete the rows that refer to it. References
        are checked before the COMMIT, which happens when the block ends without an exception.
        Raises: BrokenReferences (nothing is committed); WriteLockTimeout.
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
            return run_native(_truncate_wal, self._guard)

    def close(self) -> None:
        """Checkpoint the WAL and close every connection, under the lock. Idempotent."""
        with self.lock.held():
            self.engine.dispose()
            self._writer.dispose()
            try:
                _truncate_wal(self._guard)
            except sqlite3.ProgrammingError:
                return
            self._guard.close()


def is_writing(connection: Connection) -> bool:
    """Return whether the transaction of a `write()` session's connection is still open.

    SQLite rolls it back on some errors (disk full, no memory); the next statement would then begin
    another transaction.
    """
    driver = connection.connection.dbapi_connection
    return driver is not None and bool(driver.in_transaction)


def _sqlite_path(url: str) -> str:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise ValueError(f"not the URL of a SQLite file: {parsed.render_as_string()}")
    return str(parsed.database)


def _open_guard(path: str) -> sqlite3.Connection:
    """Open the connection that stays open, so that no other close is the last one."""
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

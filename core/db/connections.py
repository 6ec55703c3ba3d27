"""Connections of SQLite files, with the settings of the whole program."""

import sqlite3
from collections.abc import Callable
from functools import partial

import sqlalchemy
from sqlalchemy import URL, Connection, Engine
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

OPEN_TIMEOUT_MS = 2000


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


def open_reader(path: str) -> sqlite3.Connection:
    """Open a connection that refuses to write."""
    connection = open_sqlite(path)
    connection.execute("PRAGMA query_only = ON").fetchall()
    return connection


def open_altering(path: str) -> sqlite3.Connection:
    """Open a connection for changes of tables, without checks of foreign keys."""
    connection = open_sqlite(path)
    connection.execute("PRAGMA foreign_keys = OFF").fetchall()
    return connection


def engine_of(path: str, open_one: Callable[[str], sqlite3.Connection], begin: str) -> Engine:
    """Return an engine whose transactions begin with `begin`. open_one: opens a connection."""
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
    # SQLAlchemy compiles each of these statements anew, because the names of savepoints differ.
    engine.dialect.do_savepoint = partial(_savepoint, "SAVEPOINT")  # type: ignore[method-assign]
    engine.dialect.do_release_savepoint = partial(  # type: ignore[method-assign]
        _savepoint, "RELEASE SAVEPOINT"
    )
    return engine


def _savepoint(statement: str, connection: Connection, name: str) -> None:
    """name: made by SQLAlchemy, without any input."""
    connection.exec_driver_sql(f"{statement} {name}")


def sqlite_path(url: str) -> str:
    """Return the path of a database URL. Raises: ValueError for another kind of URL."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        raise ValueError(f"not the URL of a SQLite file: {parsed.render_as_string()}")
    return str(parsed.database)


def open_guard(path: str) -> sqlite3.Connection:
    """Open the connection that stays open, so that no other close is the last one."""
    guard = open_sqlite(path)
    (mode,) = guard.execute("PRAGMA journal_mode = WAL").fetchone()
    if mode != "wal":
        guard.close()
        raise RuntimeError(f"{path} cannot be in WAL mode (it is in {mode} mode)")
    guard.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    return guard


def truncate_wal(connection: sqlite3.Connection) -> bool:
    """Copy the WAL into the database; return whether it is empty then."""
    busy, _, _ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy

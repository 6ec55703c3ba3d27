"""The database: settings of every connection, reading, writing, checkpoints, surviving kill -9."""

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import ForeignKey, MetaData, select, text
from sqlalchemy.exc import IntegrityError, InvalidRequestError, OperationalError
from sqlalchemy.orm import Mapped, Session, mapped_column

from bench.spikes.sqlite_torture import Machine, torture
from core.db import database as module
from core.db.connections import open_sqlite
from core.db.database import Base, BrokenReferences, CommitIn, Database
from core.paths import ROOT

EXPECTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "secure_delete": 1,
    "wal_autocheckpoint": 0,
    "busy_timeout": 0,
}


class Scratch(Base):
    """Tables of this test alone, outside the program's own metadata."""

    __abstract__ = True
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)


class Folder(Scratch):
    __tablename__ = "folder"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Paper(Scratch):
    __tablename__ = "paper"
    id: Mapped[int] = mapped_column(primary_key=True)
    folder_id: Mapped[int] = mapped_column(ForeignKey(Folder.id, ondelete="CASCADE"))


@pytest.fixture(params=CommitIn)
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/test.db", tmp_path / "test.lock", request.param)
    with opened.write() as session:
        Scratch.metadata.create_all(session.connection())
        opened.commit(session)
    yield opened
    opened.close()


def add_folder(database: Database, name: str) -> Folder:
    with database.write() as session:
        folder = Folder(name=name)
        session.add(folder)
        database.commit(session)
    return folder


@contextmanager
def open_other(database: Database) -> Iterator[Database]:
    """The same file as another process has it: other connections, the same lock file."""
    other = Database(f"sqlite:///{database.path}", Path(database.path).with_suffix(".lock"))
    try:
        yield other
    finally:
        other.close()


def names(session: Session) -> list[str]:
    return list(session.scalars(select(Folder.name).order_by(Folder.id)))


def names_now(database: Database) -> list[str]:
    with database.read() as session:
        return names(session)


def in_session(session: Session) -> Callable[[str], object]:
    return lambda sql: session.scalar(text(sql))


def settings(run: Callable[[str], object]) -> dict[str, object]:
    return {name: run(f"PRAGMA {name}") for name in EXPECTED}


def test_every_connection_has_the_settings(database: Database) -> None:
    with ExitStack() as several:
        for _ in range(12):
            reading = several.enter_context(database.read())
            assert settings(in_session(reading)) == EXPECTED
        writing = several.enter_context(database.write())
        assert settings(in_session(writing)) == EXPECTED
    alone = open_sqlite(database.path)
    assert settings(lambda sql: alone.execute(sql).fetchone()[0]) == EXPECTED
    alone.close()


def test_what_is_committed_is_read_and_stays_readable(database: Database) -> None:
    folder = add_folder(database, "papers")
    assert (folder.id, folder.name) == (1, "papers")
    assert names_now(database) == ["papers"]


def test_without_commit_nothing_is_kept(database: Database) -> None:
    with database.write() as session:
        session.add(Folder(name="lost"))
        session.flush()
    with pytest.raises(LookupError):
        leave_by_exception(database)
    assert names_now(database) == []


def leave_by_exception(database: Database) -> None:
    with database.write() as session:
        session.add(Folder(name="lost too"))
        session.flush()
        raise LookupError


@pytest.mark.parametrize("deferred", [False, True], ids=["by the statement", "by COMMIT"])
def test_a_refused_write_keeps_nothing_and_the_next_works(
    database: Database, deferred: bool
) -> None:
    with pytest.raises(IntegrityError):
        put_paper_on_no_folder(database, deferred)
    add_folder(database, "next")
    assert names_now(database) == ["next"]


def put_paper_on_no_folder(database: Database, deferred: bool) -> None:
    with database.write() as session:
        session.execute(text(f"PRAGMA defer_foreign_keys = {deferred:d}"))
        session.add(Folder(name="kept?"))
        session.flush()
        session.add(Paper(folder_id=99))
        database.commit(session)


def test_after_commit_the_session_is_closed(database: Database) -> None:
    with database.write() as session:
        session.add(Folder(name="a"))
        database.commit(session)
        with pytest.raises(InvalidRequestError):
            names(session)


def test_a_reading_session_cannot_write(database: Database) -> None:
    with database.read() as session, pytest.raises(OperationalError, match="readonly"):
        session.execute(text("INSERT INTO folder (name) VALUES ('around the lock')"))


def test_a_reading_session_sees_one_state(database: Database) -> None:
    add_folder(database, "before")
    with database.read() as session:
        assert names(session) == ["before"]
        add_folder(database, "after")
        assert names(session) == ["before"]
    assert names_now(database) == ["before", "after"]


def test_a_shared_read_sees_what_another_session_committed(database: Database) -> None:
    count = "SELECT count(*) FROM folder"
    assert database.fetch_scalar(count) == 0
    with open_other(database) as other, database.read() as session:
        assert names(session) == []
        add_folder(database, "here")
        assert database.fetch_scalar(count) == 1
        add_folder(other, "in another process")
        assert database.fetch_scalar(count) == 2
        assert (
            database.fetch_scalar("SELECT name FROM folder WHERE id = ?", 2) == "in another process"
        )
        assert names(session) == []
    assert database.fetch_scalar("SELECT name FROM folder WHERE id = ?", 3) is None


def test_a_shared_read_keeps_no_state_and_changes_nothing(database: Database) -> None:
    add_folder(database, "one")
    add_folder(database, "two")
    assert database.fetch_scalar("SELECT name FROM folder ORDER BY id") == "one"
    assert database.checkpoint()
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        database.fetch_scalar("DELETE FROM folder")


def test_reading_goes_on_while_a_commit_waits_for_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite:///{tmp_path}/test.db", tmp_path / "test.lock")
    with database.write() as session:
        Scratch.metadata.create_all(session.connection())
        database.commit(session)
    at_the_disk, disk_ready = threading.Event(), threading.Event()

    def slow_disk(commit: Callable[..., object], *args: object) -> object:
        at_the_disk.set()
        assert disk_ready.wait(10)
        return commit(*args)

    monkeypatch.setattr(module, "run_native", slow_disk)
    writer = threading.Thread(target=add_folder, args=(database, "slow"))
    writer.start()
    assert at_the_disk.wait(10)
    assert [names_now(database) for _ in range(20)] == [[]] * 20
    disk_ready.set()
    writer.join()
    assert names_now(database) == ["slow"]
    monkeypatch.undo()
    database.close()


SLOW_COMMIT_BESIDE_A_HUB = """
import sys
from core.server import eventlet_server
eventlet_server.patch()
import threading, time
from sqlalchemy import text
from core.db import database as module
from core.offload import native_sleep, run_native

def slow_disk(commit, *args):
    return run_native(lambda: (native_sleep(0.5), commit(*args))[1])

database = module.Database(f"sqlite:///{sys.argv[1]}/hub.db", None)
with database.write() as session:
    session.execute(text("CREATE TABLE one (n INTEGER)"))
    database.commit(session)
module.run_native = slow_disk

def write():
    with database.write() as session:
        session.execute(text("INSERT INTO one VALUES (1)"))
        database.commit(session)

writer = threading.Thread(target=write)
writer.start()
reads = 0
while writer.is_alive():
    with database.read() as session:
        seen = session.execute(text("SELECT count(*) FROM one")).scalar()
    reads += seen == 0
    time.sleep(0.001)
with database.read() as session:
    print(reads, session.execute(text("SELECT count(*) FROM one")).scalar())
"""


def test_the_hub_goes_on_while_a_commit_waits_for_the_disk(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", SLOW_COMMIT_BESIDE_A_HUB, str(tmp_path)],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=30,
    )
    assert answer.returncode == 0, answer.stderr
    reads, rows = (int(number) for number in answer.stdout.split())
    assert rows == 1
    assert reads > 10


def test_a_checkpoint_empties_the_wal(database: Database) -> None:
    add_folder(database, "a")
    assert database.wal_bytes() > 0
    assert database.checkpoint()
    assert database.wal_bytes() == 0
    assert names_now(database) == ["a"]


def test_a_checkpoint_beside_a_reader_is_partial_and_refuses_nobody(database: Database) -> None:
    add_folder(database, "a")
    with database.read() as session:
        assert names(session) == ["a"]
        add_folder(database, "b")
        assert not database.checkpoint()
        assert names(session) == ["a"]
    assert database.checkpoint()
    assert names_now(database) == ["a", "b"]


def test_the_guard_keeps_closing_connections_from_checkpointing(database: Database) -> None:
    add_folder(database, "a")
    before = database.wal_bytes()
    open_sqlite(database.path).close()
    database.engine.dispose()
    database._writer.dispose()
    assert database.wal_bytes() == before > 0


def test_closing_writes_everything_back_and_can_be_repeated(database: Database) -> None:
    add_folder(database, "a")
    database.close()
    assert not Path(f"{database.path}-wal").exists()
    database.close()
    alone = sqlite3.connect(database.path)
    assert alone.execute("SELECT name FROM folder").fetchall() == [("a",)]
    alone.close()


def test_altering_does_not_cascade(database: Database) -> None:
    folder = add_folder(database, "a")
    with database.write() as session:
        session.add(Paper(folder_id=folder.id))
        database.commit(session)
    with database.alter() as connection:
        for statement in (
            "CREATE TABLE other (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL)",
            "INSERT INTO other SELECT * FROM folder",
            "DROP TABLE folder",
            "ALTER TABLE other RENAME TO folder",
        ):
            connection.exec_driver_sql(statement)
    with database.read() as session:
        assert session.scalars(select(Paper.folder_id)).all() == [folder.id]


def test_altering_that_leaves_broken_references_is_undone(database: Database) -> None:
    folder = add_folder(database, "a")
    with database.write() as session:
        session.add(Paper(folder_id=folder.id))
        database.commit(session)
    with pytest.raises(BrokenReferences) as refused, database.alter() as connection:
        connection.exec_driver_sql("DELETE FROM folder")
    assert refused.value.tables == ["paper"]
    assert names_now(database) == ["a"]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql://localhost/x"])
def test_only_sqlite_files_are_opened(url: str) -> None:
    with pytest.raises(ValueError, match="not the URL of a SQLite file"):
        Database(url, None)


def test_kill_at_any_moment_loses_nothing_acknowledged(tmp_path: Path) -> None:
    outcome = torture(Machine(tmp_path), seconds=2)
    assert outcome.faults == []
    assert outcome.kills >= 3
    assert outcome.acknowledged > 0

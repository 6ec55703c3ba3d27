"""The reserve of the disk: given up when the disk is full, made again when there is ample space."""

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from core.db.database import Database
from core.disk_reserve import AMPLE, LOW_BYTES, DiskReserve
from core.errors import WitnessUnusable

SIZE = 3 * 1024 * 1024


@pytest.fixture
def reserve(tmp_path: Path) -> DiskReserve:
    made = DiskReserve(tmp_path / "disk-reserve", SIZE)
    made.adjust()
    return made


@pytest.fixture
def database(tmp_path: Path, reserve: DiskReserve) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'some.sqlite3'}", None, reserve=reserve)
    yield opened
    opened.close()


def is_there(folder: Path) -> bool:
    return (folder / "disk-reserve").exists()


def fill(database: Database) -> None:
    """Write more than SQLite may, which it reports as it reports a full disk."""
    with database.write() as session:
        run = session.connection().exec_driver_sql
        run("PRAGMA max_page_count = 4")
        run("CREATE TABLE big (content BLOB)")
        run("INSERT INTO big VALUES (zeroblob(100000))")


def with_free(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    """The disk has this many bytes left."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))


def test_it_occupies_the_disk(tmp_path: Path, reserve: DiskReserve):
    assert (tmp_path / "disk-reserve").stat().st_blocks * 512 >= SIZE
    assert [one.name for one in tmp_path.iterdir()] == ["disk-reserve"]


def test_it_goes_when_little_is_free_and_returns_when_much_is(
    tmp_path: Path, reserve: DiskReserve, monkeypatch: pytest.MonkeyPatch
):
    seen = []
    for free in (LOW_BYTES, LOW_BYTES - 1, AMPLE * SIZE, AMPLE * SIZE + 1):
        with_free(monkeypatch, free)
        reserve.adjust()
        seen.append(is_there(tmp_path))
    assert seen == [True, False, False, True]


def test_a_disk_that_fills_up_while_it_is_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(_descriptor: int, _start: int, _size: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("core.disk_reserve.os.posix_fallocate", full)
    with pytest.raises(OSError, match="No space left"):
        DiskReserve(tmp_path / "disk-reserve", SIZE).adjust()
    assert list(tmp_path.iterdir()) == []


def test_a_write_that_finds_the_disk_full_gives_it_up(tmp_path: Path, database: Database):
    with pytest.raises(OperationalError, match="disk is full"):
        fill(database)
    assert not is_there(tmp_path)


def test_so_does_a_witness_file_that_cannot_be_written(tmp_path: Path, database: Database):
    with pytest.raises(WitnessUnusable), database.write():
        raise WitnessUnusable() from OSError(errno.ENOSPC, "No space left on device")
    assert not is_there(tmp_path)


def test_other_faults_do_not(tmp_path: Path, database: Database):
    with pytest.raises(WitnessUnusable), database.write():
        raise WitnessUnusable() from OSError(errno.EIO, "Input/output error")
    with pytest.raises(ValueError, match="anything"), database.write():
        raise ValueError("anything")
    assert is_there(tmp_path)


def test_there_can_be_none(tmp_path: Path):
    DiskReserve(tmp_path / "disk-reserve", 0).adjust()
    assert not is_there(tmp_path)

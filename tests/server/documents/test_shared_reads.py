"""One read of a page's image for all who ask at one moment; the last ones stay, within bounds."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.storage import Storage
from documents.pages import shared_reads
from documents.pages.files import PageFiles
from documents.pages.shared_reads import PageReads
from tests.server.real_server import wait_until

SHA = "ab" * 32
WIDTH = 1200


def lay(storage: Storage, page: int, data: bytes) -> Path:
    """Lay a page's image in its place."""
    path = PageFiles(storage, SHA).image(page, WIDTH)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_fifty_who_ask_at_one_moment_share_one_read(
    storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(storage, 1, b"picture")
    begun: list[Path] = []
    go_on = threading.Event()
    read = shared_reads._bytes_of

    def slow_disk(path: Path) -> bytes | None:
        begun.append(path)
        assert go_on.wait(10)
        return read(path)

    monkeypatch.setattr(shared_reads, "_bytes_of", slow_disk)
    asking = threading.Barrier(51)
    reads = PageReads()

    def ask() -> bytes | None:
        asking.wait(10)
        return reads.image(storage, SHA, 1, WIDTH)

    with ThreadPoolExecutor(50) as pool:
        answers = [pool.submit(ask) for _ in range(50)]
        asking.wait(10)
        wait_until(lambda: begun, "a read has begun")
        go_on.set()
        found = [answer.result(10) for answer in answers]
    assert len(begun) == 1
    assert found == [b"picture"] * 50
    assert len({id(data) for data in found}) == 1


def test_what_is_not_there_is_asked_for_again(storage: Storage) -> None:
    reads = PageReads()
    assert reads.image(storage, SHA, 1, WIDTH) is None
    lay(storage, 1, b"picture")
    assert reads.image(storage, SHA, 1, WIDTH) == b"picture"


def test_the_last_ones_stay_in_memory_and_no_more_than_may(storage: Storage) -> None:
    reads = PageReads(most_bytes=25)
    for page in (1, 2, 3):
        path = lay(storage, page, b"0123456789")
        assert reads.image(storage, SHA, page, WIDTH) == b"0123456789"
        path.unlink()
    assert reads.image(storage, SHA, 1, WIDTH) is None
    assert reads.image(storage, SHA, 2, WIDTH) == b"0123456789"
    assert reads.image(storage, SHA, 3, WIDTH) == b"0123456789"
    lay(storage, 4, b"x" * 26)
    assert reads.image(storage, SHA, 4, WIDTH) == b"x" * 26
    assert reads._kept.currsize == 20


def test_a_read_that_fails_is_told_and_tried_again(storage: Storage) -> None:
    reads = PageReads()
    path = PageFiles(storage, SHA).image(1, WIDTH)
    path.mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        reads.image(storage, SHA, 1, WIDTH)
    path.rmdir()
    lay(storage, 1, b"picture")
    assert reads.image(storage, SHA, 1, WIDTH) == b"picture"

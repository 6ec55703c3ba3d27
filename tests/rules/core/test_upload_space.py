"""Announced bytes of uploads under way count against the floor of the disk until written."""

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from core.errors import DiskLow
from core.http.upload_space import UploadSpace

HERE = Path()


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A disk of which a test sets the free bytes."""
    made = SimpleNamespace(free=100)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: made)
    return made


def test_what_is_announced_counts_until_it_is_written_or_given_up(disk: SimpleNamespace):
    space = UploadSpace()
    with space.claim(HERE, 50, floor=10) as first:
        with pytest.raises(DiskLow), space.claim(HERE, 41, floor=10):
            pass
        with space.claim(HERE, 40, floor=10):
            pass
        first.written(30)
        disk.free -= 30
        with space.claim(HERE, 40, floor=10):
            pass
        with pytest.raises(DiskLow), space.claim(HERE, 41, floor=10):
            pass
    with space.claim(HERE, 60, floor=10):
        pass


def test_an_upload_that_fails_gives_its_claim_up(disk: SimpleNamespace):
    space = UploadSpace()
    with pytest.raises(ConnectionError), space.claim(HERE, 90, floor=10):
        raise ConnectionError
    with space.claim(HERE, 90, floor=10):
        pass

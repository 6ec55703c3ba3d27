"""The files made from a paper are whole, whoever writes them at one moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from core.storage import Storage
from documents.pages.files import PageFiles
from documents.render_protocol import WordsRead


def test_two_threads_may_write_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As render queue and ingest do, in one process."""
    files = PageFiles(Storage(tmp_path), "ab" * 32)
    files.prepare()
    both_wrote = threading.Barrier(2)
    write = Path.write_bytes

    def write_and_wait(path: Path, data: bytes) -> int:
        written = write(path, data)
        both_wrote.wait(10)
        return written

    monkeypatch.setattr(Path, "write_bytes", write_and_wait)
    with ThreadPoolExecutor(2) as pool:
        writing = [
            pool.submit(files.write_words, 1, WordsRead([], truncated=False)) for _ in range(2)
        ]
        for one in writing:
            one.result(10)
    assert files.read_words(1) == b"[]"
    assert [path.name for path in files.folder.iterdir()] == [files.words(1).name]

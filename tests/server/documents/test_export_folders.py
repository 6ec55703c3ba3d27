"""The child of an export reaches nothing of another person's export."""

from pathlib import Path
from typing import Any, Self

import pytest

from core.storage import Storage
from documents.sandbox.landlock import version
from documents.worker import export_queue
from documents.worker.export_queue import ExportQueue
from documents.worker.messages import ExportOutcome
from tests.factories import small_pdf
from tests.server.documents.test_render_landlock import REFUSED, held

SECRET = b"a private note"


class HostileChild:
    """Stands for the renderer of an export whose child is taken over by its document."""

    tries = ""
    said: list[str]

    def __init__(self, path: Path, *_limits: Any, results: Path, **_start: Any) -> None:
        self._path, self._results = path, results

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_end: object) -> None:
        pass

    def annotate(self, spec: Path, *, flat: bool) -> None:
        tries = f"print(tried(Path({str(spec)!r}).read_bytes), {self.tries})"
        HostileChild.said = held(str(self._path), str(self._results), tries).split()


@pytest.mark.skipif(not version(), reason="this kernel has no Landlock")
def test_it_neither_reads_nor_changes_another_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = Storage(tmp_path)
    original, own = tmp_path / "original.pdf", storage.exports / "own"
    original.write_bytes(small_pdf(1))
    own.mkdir()
    (own / "spec").write_bytes(b"{}")
    result, waiting = storage.exports / "other.pdf", storage.exports / "third" / "spec"
    waiting.parent.mkdir()
    for one in (result, waiting):
        one.write_bytes(SECRET)
    HostileChild.tries = (
        f"tried(Path({str(result)!r}).read_bytes), tried(Path({str(waiting)!r}).read_bytes),"
        f" tried(lambda: Path({str(result)!r}).write_bytes(b'')),"
        f" tried(lambda: os.listdir({str(storage.exports)!r})),"
        f" tried(lambda: Path({str(storage.exports / 'new.pdf')!r}).touch())"
    )
    monkeypatch.setattr(export_queue, "DocumentRenderer", HostileChild)
    made = ExportQueue(storage)._annotate_copy(original, own, flat=False)
    assert made is ExportOutcome.MADE
    assert HostileChild.said == ["done", *[REFUSED] * 5]
    assert result.read_bytes() == waiting.read_bytes() == SECRET


def test_folders_that_a_killed_worker_left_are_removed(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    left = storage.exports / "left"
    left.mkdir()
    (left / "spec").write_bytes(SECRET)
    queue = ExportQueue(storage)
    queue.delete_expired(older_than=60)
    assert left.exists()
    queue.delete_expired(older_than=0)
    assert list(storage.exports.iterdir()) == []

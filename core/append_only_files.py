"""Text files outside the database that only grow: what was written before an answer stays known.

Each file is a sequence of records, each followed by the line `--`. A record that a crash cut off
was never answered for, and is removed by the next append.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from core.durable_files import sync_folder

END = b"--\n"
_TAIL = 4096
"""Bytes that hold the last record of every file."""


class Record(NamedTuple):
    """A text for one file. name: of the file, without a folder; text: ends with a newline."""

    name: str
    text: str


class AppendOnlyFiles:
    """The files of one folder. `creates_folder`: when it is missing.

    Not on another disk: without the disk, the files would silently start again elsewhere. Records
    that could not be written are kept in `waiting` and come before those of the next append.
    """

    def __init__(self, folder: Path, *, creates_folder: bool) -> None:
        self.folder = folder
        self._creates_folder = creates_folder
        self.waiting: list[Record] = []
        self._last: dict[str, tuple[int, str]] = {}

    def append(self, records: Sequence[Record]) -> None:
        """Append records, oldest first; they are on the disk when this returns. Raises: OSError."""
        self.waiting += records
        names = dict.fromkeys(record.name for record in self.waiting)
        for name in names:
            self._append([record for record in self.waiting if record.name == name])
            self.waiting = [record for record in self.waiting if record.name != name]

    def last(self, name: str) -> str | None:
        """The last whole record of a file; None if there is none. Raises: OSError."""
        try:
            size = self.folder.joinpath(name).stat().st_size
        except FileNotFoundError:
            return None
        known = self._last.get(name)
        if known is None or known[0] != size:
            known = self._last[name] = size, self._read_last(name)
        return known[1] or None

    def all(self, name: str) -> list[str]:
        """Every whole record of a file, oldest first. Raises: OSError."""
        try:
            content = self.folder.joinpath(name).read_bytes()
        except FileNotFoundError:
            return []
        return [record.decode(errors="replace") for record in content.split(END)[:-1]]

    def names(self) -> list[str]:
        """The names of all files."""
        return sorted(path.name for path in self.folder.glob("*")) if self.folder.is_dir() else []

    def _append(self, records: Sequence[Record]) -> None:
        path = self.folder.joinpath(records[0].name)
        is_new = not path.exists()
        if is_new and self._creates_folder:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = b"".join(record.text.encode() + END for record in records)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        try:
            _cut_off_torn(descriptor)
            start = os.fstat(descriptor).st_size
            try:
                _write(descriptor, content)
            except OSError:
                os.ftruncate(descriptor, start)
                raise
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        if is_new:
            sync_folder(self.folder)
        self._last[path.name] = start + len(content), records[-1].text

    def _read_last(self, name: str) -> str:
        with self.folder.joinpath(name).open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            whole, separator, _torn = file.read(_TAIL).rpartition(END)
        return whole.rpartition(END)[2].decode(errors="replace") if separator else ""


def _cut_off_torn(descriptor: int) -> None:
    size = os.fstat(descriptor).st_size
    start = max(0, size - _TAIL)
    tail = os.pread(descriptor, size - start, start)
    if not size or tail.endswith(END):
        return
    if start and END not in tail:
        raise OSError("not a file of records")
    os.ftruncate(descriptor, start + tail.rfind(END) + len(END) if END in tail else 0)


def _write(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]

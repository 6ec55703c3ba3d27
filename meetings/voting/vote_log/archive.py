"""Writes vote-archive.zip: logs, checkpoints, leaves, keys, the verifier and its instructions.

An archive ends at the last checkpoint, so every entry in it is signed. The same logs give the same
bytes.
"""

import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from meetings.voting.vote_log.merkle import leaf_hash

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16
_SEPARATOR = "--\n"


@dataclass(frozen=True)
class LogFiles:
    """One log: canonical entries without newlines, signed notes oldest first, vkeys oldest first.

    An earlier log ends where the next one continues it; the last log ends at its last checkpoint.
    """

    lines: Sequence[bytes]
    notes: Sequence[str]
    vkeys: Sequence[str]


class LogText:
    """The files of one log, built entry by entry."""

    def __init__(self, notes: Sequence[str], vkeys: Sequence[str]) -> None:
        self._log, self._leaves = bytearray(), bytearray()
        self._notes, self._vkeys = notes, vkeys

    @property
    def last_vkey(self) -> str:
        """The key that came into use last."""
        return self._vkeys[-1]

    def add_lines(self, lines: Iterable[bytes]) -> None:
        """Append entries."""
        for line in lines:
            self._log += line + b"\n"
            self._leaves += leaf_hash(line).hex().encode() + b"\n"

    def files(self) -> dict[str, bytes | bytearray]:
        """File name → content."""
        return {
            "log.jsonl": self._log,
            "leaves.txt": self._leaves,
            "checkpoints.txt": _SEPARATOR.join(self._notes).encode(),
            "key.txt": "".join(f"{vkey}\n" for vkey in self._vkeys).encode(),
        }


def write_archive(
    out: IO[bytes], logs: Sequence[LogFiles], verifier: Mapping[str, bytes], readme: str
) -> None:
    """Write the logs of one meeting, oldest first. `verifier`: file name → content."""
    texts = [LogText(log.notes, log.vkeys) for log in logs]
    for text, log in zip(texts, logs, strict=True):
        text.add_lines(log.lines[: signed_for(log.notes)] if log is logs[-1] else log.lines)
    write_texts(out, texts, verifier, readme)


def write_texts(
    out: IO[bytes], logs: Sequence[LogText], verifier: Mapping[str, bytes], readme: str
) -> None:
    """Write logs that are already cut at the end of the archive, oldest first."""
    *earlier, last = logs
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "README.txt", readme.encode())
        _add_log(archive, "", last)
        for number, log in enumerate(earlier, 1):
            _add_log(archive, f"earlier/{number}/", log)
        for name, content in sorted(verifier.items()):
            _add(archive, f"verifier/{name}", content)


def signed_for(notes: Sequence[str]) -> int | None:
    """Number of entries that the last checkpoint covers.

    None if the last checkpoint is missing or unreadable: the archive then contains all entries.
    """
    try:
        return max(0, int(notes[-1].split("\n", 2)[1]))
    except (IndexError, ValueError):
        return None


def _add_log(archive: zipfile.ZipFile, folder: str, log: LogText) -> None:
    for name, content in log.files().items():
        _add(archive, f"{folder}{name}", content)


def _add(archive: zipfile.ZipFile, name: str, content: bytes | bytearray) -> None:
    member = zipfile.ZipInfo(name, _LONG_AGO)
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, _READABLE_FILE
    archive.writestr(member, content)

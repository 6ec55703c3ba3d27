"""Writes vote-archive.zip: logs, checkpoints, leaves, keys, the verifier and how to use it.

An archive ends at the last checkpoint: every entry in it is signed for. The same logs give the same
bytes.
"""

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from meetings.voting.log.merkle import leaf_hash

_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_READABLE_FILE = 0o100644 << 16
_SEPARATOR = "--\n"


@dataclass(frozen=True)
class LogFiles:
    """One log: canonical entries without newlines, signed notes oldest first, vkeys oldest first.

    An earlier log ends where the next one continues it; the last log at its last checkpoint.
    """

    lines: Sequence[bytes]
    notes: Sequence[str]
    vkeys: Sequence[str]


def write_archive(
    out: IO[bytes], logs: Sequence[LogFiles], verifier: Mapping[str, bytes], readme: str
) -> None:
    """Write the logs of one meeting, oldest first. `verifier`: file name → content."""
    *earlier, last = logs
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        _add(archive, "README.txt", readme.encode())
        _add_log(archive, "", last, _signed_for(last))
        for number, log in enumerate(earlier, 1):
            _add_log(archive, f"earlier/{number}/", log, len(log.lines))
        for name, content in sorted(verifier.items()):
            _add(archive, f"verifier/{name}", content)


def _add_log(archive: zipfile.ZipFile, folder: str, log: LogFiles, size: int) -> None:
    lines = log.lines[:size]
    _add(archive, f"{folder}log.jsonl", b"".join(line + b"\n" for line in lines))
    leaves = "".join(f"{leaf_hash(line).hex()}\n" for line in lines)
    _add(archive, f"{folder}leaves.txt", leaves.encode())
    _add(archive, f"{folder}checkpoints.txt", _SEPARATOR.join(log.notes).encode())
    _add(archive, f"{folder}key.txt", "".join(f"{vkey}\n" for vkey in log.vkeys).encode())


def _add(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    member = zipfile.ZipInfo(name, _LONG_AGO)
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, _READABLE_FILE
    archive.writestr(member, content)


def _signed_for(log: LogFiles) -> int:
    """How many entries the last checkpoint covers.

    All of them when there is none that can be read: whoever checks the archive shall see it all.
    """
    try:
        return max(0, int(log.notes[-1].split("\n", 2)[1]))
    except (IndexError, ValueError):
        return len(log.lines)

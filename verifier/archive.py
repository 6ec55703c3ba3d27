"""Opens an untrusted archive: extracts nothing to disk and limits the size of all reads."""

import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from verifier.faults import Unusable
from verifier.words import plain
from verifier.zip_layout import check_layout

MOST_BYTES = 256 * 1024 * 1024
"""Limit of the archive's size, and of the total size of its unpacked members."""
MOST_MEMBERS = 2000
MOST_ENTRIES = 2_000_000
MOST_LOGS = 50
MOST_OF = {"log.jsonl": MOST_BYTES, "checkpoints.txt": 32 << 20, "key.txt": 64 << 10}
_REQUIRED, _OPTIONAL = tuple(MOST_OF), "leaves.txt"
_LOG_MEMBER = re.compile(
    r"(?:earlier/([1-9][0-9]?)/)?(log\.jsonl|checkpoints\.txt|key\.txt|leaves\.txt)"
)
_OTHER_MEMBER = re.compile(r"README\.txt|verifier/[0-9A-Za-z_]+\.(?:py|txt)")
_COMPRESSION = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_ENCRYPTED = 1
_CHUNK = 4096


@dataclass(frozen=True)
class LogFiles:
    """The files of one log. `leaves` is None in an archive without the list of leaves.

    damaged: name of a member that could be unpacked only in part, else None.
    """

    log: bytes
    checkpoints: str
    keys: list[str]
    leaves: list[str] | None
    damaged: str | None = None


def open_archive(source: Path | IO[bytes]) -> list[LogFiles]:
    """The logs of a meeting, oldest first. Raises: Unusable."""
    try:
        if isinstance(source, Path) and source.stat().st_size > MOST_BYTES:
            raise Unusable("too_large", {"most": MOST_BYTES >> 20})
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
            _check_members(members)
            if archive.fp is not None:
                check_layout(archive.fp, members)
            return _logs(*_contents(archive))
    except FileNotFoundError as error:
        raise Unusable("no_file", {"path": str(source)}) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise Unusable("not_a_zip") from error
    except OSError as error:
        raise Unusable("not_readable", {"reason": str(error)}) from error


def _check_members(members: Sequence[zipfile.ZipInfo]) -> None:
    """Check that all members belong to the format and are unique. Raises: Unusable."""
    if len(members) > MOST_MEMBERS:
        raise Unusable("too_many_members", {"most": MOST_MEMBERS})
    names: set[str] = set()
    for member in members:
        # Not `filename`, which is truncated at a zero byte.
        name = member.orig_filename
        if name in names:
            raise Unusable("member_twice", {"name": plain(name)})
        if not _LOG_MEMBER.fullmatch(name) and not _OTHER_MEMBER.fullmatch(name):
            raise Unusable("member_unknown", {"name": plain(name)})
        if member.flag_bits & _ENCRYPTED or member.compress_type not in _COMPRESSION:
            raise Unusable("member_packed_oddly", {"name": name})
        names.add(name)


def _contents(archive: zipfile.ZipFile) -> tuple[dict[str, bytes], set[str]]:
    """The members of the logs by name, and the names of damaged ones, which are incomplete.

    Raises: Unusable.
    """
    found: dict[str, bytes] = {}
    damaged: set[str] = set()
    left = MOST_BYTES
    for member in archive.infolist():
        if not _LOG_MEMBER.fullmatch(member.filename):
            continue
        # The size in the header is untrusted: the read is limited.
        room = min(left, MOST_OF.get(member.filename.rpartition("/")[2], MOST_BYTES))
        content, whole = _unpacked(archive, member, room + 1)
        if not whole:
            damaged.add(member.filename)
        if len(content) > room or content.count(b"\n") > MOST_ENTRIES:
            raise Unusable("member_too_large", {"name": member.filename})
        left -= len(content)
        found[member.filename] = content
    return found, damaged


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> tuple[bytes, bool]:
    """The readable content of a member, and whether it is complete.

    A damaged member is checked up to the damage, so that the damaged entry is reported.
    """
    content = bytearray()
    with archive.open(member) as stream:
        try:
            while len(content) < most and (chunk := stream.read(min(_CHUNK, most - len(content)))):
                content += chunk
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return bytes(content), False
    return bytes(content), True


def _logs(contents: dict[str, bytes], damaged: set[str]) -> list[LogFiles]:
    folders = {found[1] for name in contents if (found := _LOG_MEMBER.fullmatch(name)) and found[1]}
    numbers = sorted(map(int, folders))
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) >= MOST_LOGS:
        raise Unusable("earlier_logs_not_numbered")
    places = [*(f"earlier/{number}/" for number in numbers), ""]
    return [_log(contents, folder, damaged) for folder in places]


def _log(contents: dict[str, bytes], folder: str, damaged: set[str]) -> LogFiles:
    for name in _REQUIRED:
        if folder + name not in contents:
            raise Unusable("member_missing", {"name": folder + name})
    leaves = contents.get(folder + _OPTIONAL)
    return LogFiles(
        contents[f"{folder}log.jsonl"],
        _text(contents[f"{folder}checkpoints.txt"]),
        _lines(contents[f"{folder}key.txt"]),
        None if leaves is None else _lines(leaves),
        next((name for name in sorted(damaged) if name.rpartition("/")[0] == folder[:-1]), None),
    )


def _text(content: bytes) -> str:
    # Invalid UTF-8 becomes a replacement character, which no key, hash or note may contain.
    return content.decode(errors="replace")


def _lines(content: bytes) -> list[str]:
    """Lines, each terminated by a newline. An unterminated one counts as empty: no key, no leaf."""
    *lines, rest = _text(content).split("\n")
    return [*lines, ""] if rest else lines

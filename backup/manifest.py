"""What a copy consists of: names, sizes and SHA-256 of its files."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

FILE = "manifest.json"
FORMAT = 1
DATABASE = "dienhong.sqlite3"
KEYS = "keys.enc"
WITNESS = "witness"
PAPERS = "files"
"""Beside the copies of a folder: the documents of all of them, by SHA-256, each once."""
_CHUNK = 1 << 20


class CopyUnusable(Exception):
    """A copy that is not complete, or not one of ours; the message says what is wrong, in
    Vietnamese and English."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi} / {en}")


class CopiedFile(msgspec.Struct, frozen=True):
    """A file. name: path below the copy's folder; of a document: its SHA-256. size: bytes."""

    name: str
    sha256: str
    size: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A copy of an installation at one moment.

    version: of the program. created_at: when the copy was begun. epoch: of the data. files:
    database, witness files, keys. documents: files of PAPERS.
    """

    format: int
    version: str
    created_at: datetime
    epoch: str
    files: Sequence[CopiedFile]
    documents: Sequence[CopiedFile]


def read_manifest(copy: Path) -> Manifest:
    """The manifest of a copy. Raises: CopyUnusable."""
    try:
        found = msgspec.json.decode(copy.joinpath(FILE).read_bytes(), type=Manifest)
    except (OSError, msgspec.DecodeError) as error:
        raise CopyUnusable(f"{copy} không phải một bản sao lưu", f"{copy} is no backup") from error
    if found.format != FORMAT:
        raise CopyUnusable(
            f"{copy} do phiên bản mới hơn tạo ({found.version})",
            f"{copy} was made by a newer version ({found.version})",
        )
    return found


def described(path: Path, name: str) -> CopiedFile:
    """The entry of a file. Raises: OSError."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return CopiedFile(name, digest.hexdigest(), path.stat().st_size)


def check_file(path: Path, expected: CopiedFile) -> None:
    """Check a file against its entry. Raises: CopyUnusable."""
    try:
        found = described(path, expected.name)
    except OSError:
        found = None
    if found != expected:
        raise CopyUnusable(f"{path} thiếu hoặc đã bị sửa", f"{path} is missing or was changed")

"""Makes a checked copy of a running installation. Only new documents are written.

The database is copied from one snapshot of its WAL: no write waits. A copy that was interrupted has
a name that ends in `.part`; the documents that it had written are used by the next one.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from backup import key_export
from backup.manifest import (
    DATABASE,
    FILE,
    FORMAT,
    KEYS,
    PAPERS,
    WITNESS,
    CopiedFile,
    CopyUnusable,
    Manifest,
    check_file,
    described,
    read_manifest,
)
from core import clock
from core.app_context import AppContext
from core.config import VERSION
from core.db.connections import sqlite_path
from core.durable_files import copy_durably, sync_folder, write_durably
from core.storage import Storage

PREFIX = "dienhong-"
_PART = ".part"
_DOCUMENTS = (
    "SELECT sha256 FROM document_version UNION SELECT source_sha256 FROM document_version"
    " WHERE source_sha256 IS NOT NULL"
)
_ATTEMPTS = 3

Progress = Callable[[int, int], None]
"""Called with the bytes that are done, and all."""


def create_backup(
    context: AppContext, target: Path, passphrase: str | None, progress: Progress
) -> Path:
    """Copy the installation below `target`; return the folder of the checked copy.

    passphrase: also export the keys, encrypted with it. Raises: CopyUnusable, OSError.
    """
    began = clock.now()  # What happens from now on may be missing from the copy.
    copy = target / f"{PREFIX}{began:%Y%m%dT%H%M%SZ}"
    part = copy.with_name(copy.name + _PART)
    part.mkdir(parents=True, exist_ok=False)
    config = context.config
    for _attempt in range(_ATTEMPTS):
        _copy_database(Path(sqlite_path(config.database_url)), part / DATABASE)
        documents = _copy_documents(part / DATABASE, context.storage, target / PAPERS, progress)
        if documents is not None:
            break
    else:
        raise CopyUnusable(
            "Tài liệu bị xóa trong lúc sao lưu, hãy thử lại",
            "Documents were deleted during the backup, try again",
        )
    _copy_witness(context.witness_files.folder, part / WITNESS)
    if passphrase is not None:
        write_durably(part / KEYS, key_export.encrypted_keys(config.data, passphrase))
    files = [described(path, path.relative_to(part).as_posix()) for path in _files_in(part)]
    manifest = Manifest(
        format=FORMAT,
        version=VERSION,
        created_at=began,
        epoch=_check_database(part / DATABASE),
        files=files,
        documents=documents,
    )
    write_durably(part / FILE, msgspec.json.format(msgspec.json.encode(manifest)))
    try:
        check_backup(part)
    except CopyUnusable:
        _replace_damaged(documents, context.storage, target / PAPERS)
        check_backup(part)
    sync_folder(part)
    part.rename(copy)
    sync_folder(target)
    return copy


def _free_name(target: Path) -> Path:
    """The path of a new copy, by the time in seconds; of two in one second the second is later."""
    moment = clock.now()
    while True:
        copy = target / f"{PREFIX}{moment:%Y%m%dT%H%M%SZ}"
        if not copy.exists() and not copy.with_name(copy.name + _PART).exists():
            return copy
        moment += timedelta(seconds=1)


def check_backup(copy: Path) -> Manifest:
    """Read a whole copy and compare it with its manifest. Raises: CopyUnusable."""
    manifest = read_manifest(copy)
    for one in manifest.files:
        check_file(copy / one.name, one)
    for one in manifest.documents:
        check_file(document_in(copy.parent / PAPERS, one.sha256), one)
    _check_database(copy / DATABASE)
    return manifest


def prune_backups(target: Path, keep: timedelta) -> int:
    """Delete older copies than this, but the newest, and unfinished ones; and documents that no
    copy needs. Returns the number of copies that were deleted."""
    copies = sorted(one for one in target.glob(f"{PREFIX}*") if not one.name.endswith(_PART))
    oldest = clock.now() - keep
    old = [one for one in copies[:-1] if read_manifest(one).created_at < oldest]
    for gone in (*old, *target.glob(f"{PREFIX}*{_PART}")):
        shutil.rmtree(gone)
    if old:
        kept = [one for one in copies if one not in old]
        needed = {one.sha256 for copy in kept for one in read_manifest(copy).documents}
        for document in target.joinpath(PAPERS).glob("*/*"):
            if document.name not in needed:
                document.unlink()
    return len(old)


def newest_backup(target: Path) -> datetime | None:
    """When the newest copy in a folder was begun; None if there is none that can be read.

    Without those of the future, made before the clock was set back: nothing would be copied until
    then.
    """
    made, now = [], clock.now()
    for copy in target.glob(f"{PREFIX}*"):
        try:
            made.append(read_manifest(copy).created_at)
        except CopyUnusable:  # unfinished, or damaged: as if it was not there
            continue
    return max((at for at in made if at <= now), default=None)


def document_in(folder: Path, sha256: str) -> Path:
    """Where a document lies below PAPERS."""
    return folder / sha256[:2] / sha256


def _copy_database(source: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with (
        closing(sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)) as old,
        closing(sqlite3.connect(target)) as new,
    ):
        # In one step: a read transaction of WAL, which writers do not wait for.
        old.backup(new, pages=-1)
        new.execute("PRAGMA journal_mode = DELETE").fetchall()


def _copy_documents(
    database: Path, storage: Storage, target: Path, progress: Progress
) -> list[CopiedFile] | None:
    """Copy the documents that the database refers to, the missing ones only.

    None: one was deleted meanwhile, so the database has to be copied again.
    """
    with closing(sqlite3.connect(database)) as rows:
        hashes = sorted(sha256 for (sha256,) in rows.execute(_DOCUMENTS))
    sizes: dict[str, int] = {}
    for sha256 in hashes:
        try:
            sizes[sha256] = storage.original(sha256).stat().st_size
        except FileNotFoundError:
            return None
    done, whole = 0, sum(sizes.values())
    for sha256, size in sizes.items():
        progress(done, whole)
        there = document_in(target, sha256)
        if not there.exists() or there.stat().st_size != size:
            there.parent.mkdir(parents=True, exist_ok=True)
            try:
                copy_durably(storage.original(sha256), there)
            except FileNotFoundError:
                return None
        done += size
    progress(whole, whole)
    return [CopiedFile(sha256, sha256, size) for sha256, size in sizes.items()]


def _replace_damaged(documents: list[CopiedFile], storage: Storage, target: Path) -> None:
    """Copy documents again whose copies, of this or an earlier backup, have other content."""
    for one in documents:
        try:
            check_file(document_in(target, one.sha256), one)
        except CopyUnusable:
            copy_durably(storage.original(one.sha256), document_in(target, one.sha256))


def _copy_witness(folder: Path, target: Path) -> None:
    target.mkdir(exist_ok=True)
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else ():
        copy_durably(path, target / path.name)


def _files_in(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _check_database(path: Path) -> str:
    """Open the copy as the product would; return its epoch. Raises: CopyUnusable."""
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as rows:
        try:
            sound = rows.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and not rows.execute("PRAGMA foreign_key_check").fetchall()
            (epoch,) = rows.execute("SELECT epoch FROM installation").fetchone()
        except (sqlite3.Error, TypeError):
            sound, epoch = False, ""
    if not sound:
        raise CopyUnusable(f"Cơ sở dữ liệu {path} hỏng", f"The database {path} is damaged")
    return str(epoch)

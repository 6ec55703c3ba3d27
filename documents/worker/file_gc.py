"""Deletes unreferenced files: originals and page images without a version or record, images of an
older `codec.REVISION`, and unfinished files."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import structlog
from sqlalchemy import select

from core import clock
from core.app_context import current_context
from core.storage import Storage
from documents.containers import files_of_record
from documents.models import DocumentVersion
from documents.pages.files import PageFiles, of_another_recipe

DELETE_AFTER = timedelta(hours=2)
"""Minimum age of deleted files: a newer file's database row may not be committed yet."""

log = structlog.get_logger()


def delete_unreferenced() -> int:
    """Delete unreferenced files that are older than DELETE_AFTER. Returns their number."""
    context = current_context()
    before = (clock.now() - DELETE_AFTER).timestamp()
    with context.database.read() as session:
        used = set(session.scalars(select(DocumentVersion.sha256).distinct()))
        sources = session.scalars(select(DocumentVersion.source_sha256).distinct())
        used |= {sha256 for sha256 in sources if sha256 is not None}
        used |= files_of_record(session)
    removed = 0
    for original in _originals(context.storage):
        if original.name not in used and original.stat().st_mtime < before:
            PageFiles(context.storage, original.name).erase()
            removed += 1
    for useless in (*_unfinished(context.storage), *_outdated(context.storage)):
        with suppress(FileNotFoundError):  # its writer may delete it concurrently
            if useless.stat().st_mtime < before:
                useless.unlink()
                removed += 1
    if removed:
        log.info("files_swept", removed=removed)
    return removed


def _originals(storage: Storage) -> Iterator[Path]:
    # The path of an original is its hash, in a folder named by the hash's first two characters.
    return storage.original("00").parent.parent.glob("*/*")


def _unfinished(storage: Storage) -> Iterator[Path]:
    """Incomplete uploads, images whose child was killed while writing, and exports that were never
    fetched (the worker deletes those more often, and the folders of exports under way)."""
    yield from storage.incoming.iterdir()
    yield from (path for path in storage.exports.iterdir() if not path.is_dir())
    yield from _made_files(storage, "*.partial")


def _outdated(storage: Storage) -> Iterator[Path]:
    return (path for path in _made_files(storage, "*-*.r*") if of_another_recipe(path))


def _made_files(storage: Storage, pattern: str) -> Iterator[Path]:
    return storage.pages("00").parent.parent.glob(f"*/*/{pattern}")

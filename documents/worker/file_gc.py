"""Clearing up: originals and page images that no version and no record refers to, images of an
older recipe, files left unfinished."""

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
"""How long a file without a version is kept: one may just be on its way into the database."""

log = structlog.get_logger()


def delete_unreferenced() -> int:
    """Remove what has lain unused for longer than DELETE_AFTER. Answers how many files."""
    context = current_context()
    before = (clock.now() - DELETE_AFTER).timestamp()
    with context.database.read() as session:
        used = set(session.scalars(select(DocumentVersion.sha256).distinct()))
        used |= files_of_record(session)
    removed = 0
    for original in _originals(context.storage):
        if original.name not in used and original.stat().st_mtime < before:
            PageFiles(context.storage, original.name).erase()
            removed += 1
    for useless in (*_unfinished(context.storage), *_outdated(context.storage)):
        with suppress(FileNotFoundError):  # whoever made it may remove it at any moment
            if useless.stat().st_mtime < before:
                useless.unlink()
                removed += 1
    if removed:
        log.info("files_swept", removed=removed)
    return removed


def _originals(storage: Storage) -> Iterator[Path]:
    # The storage names an original by its hash, in a folder of the hash's first two characters.
    return storage.original("00").parent.parent.glob("*/*")


def _unfinished(storage: Storage) -> Iterator[Path]:
    """Uploads that never ended, images whose child was killed while writing, and exports that were
    made for somebody who went away (the worker looks for those more often)."""
    yield from storage.incoming.iterdir()
    yield from storage.exports.iterdir()
    yield from _made_files(storage, "*.partial")


def _outdated(storage: Storage) -> Iterator[Path]:
    return (path for path in _made_files(storage, "*-*.r*") if of_another_recipe(path))


def _made_files(storage: Storage, pattern: str) -> Iterator[Path]:
    return storage.pages("00").parent.parent.glob(f"*/*/{pattern}")

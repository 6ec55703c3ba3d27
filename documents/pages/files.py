"""The files made from an original: page images, words, what annotations say, and notes of what
could not be made.

They lie in one folder for each original, so the same paper uploaded twice is drawn once. A file
is complete when it has its name. All of it can be made again from the original.
"""

import os
import re
import shutil
import threading
import zlib
from pathlib import Path

import msgspec

from core.storage import Storage
from documents.pages import codec
from documents.render_protocol import NotesRead, RenderFault, WordsRead

_IMAGE_OR_NOTE = re.compile(r"\d{5}-\d+\.(r\d+)(\.fault)?")


def of_another_recipe(path: Path) -> bool:
    """Whether a file is a page image, or a note of one, that nobody asks for any more."""
    named = _IMAGE_OR_NOTE.fullmatch(path.name)
    return named is not None and named[1] != codec.REVISION


class PageFiles:
    """The folder of one original. Nothing here checks who may read it."""

    def __init__(self, storage: Storage, sha256: str) -> None:
        self.original = storage.original(sha256)
        self.folder = storage.pages(sha256)
        self._tiles = storage.tiles / sha256[:2] / sha256

    def prepare(self) -> None:
        """Make the folder and forget what could not be made before: it may have been bad luck."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for note in self.folder.glob("*.fault"):
            note.unlink(missing_ok=True)

    def image(self, page: int, width: int) -> Path:
        """Where the image of a page at a ladder width lies, or would."""
        return self.folder / f"{page:05d}-{width}.{codec.REVISION}"

    def words(self, page: int) -> Path:
        """Where the words of a page lie, or would."""
        return self.folder / f"{page:05d}.words"

    def write_words(self, page: int, words: WordsRead) -> None:
        """Keep the words of a page."""
        self._write(self.words(page), zlib.compress(msgspec.json.encode(words.words)))

    def read_words(self, page: int) -> bytes | None:
        """The words of a page as a JSON list, or None when they were not read yet."""
        return _unpacked(self.words(page))

    def notes(self, page: int) -> Path:
        """Where that lies, or would, which the annotations of the paper itself say on a page."""
        return self.folder / f"{page:05d}.notes"

    def write_notes(self, page: int, notes: NotesRead) -> None:
        """Keep what the annotations of a page say."""
        self._write(self.notes(page), zlib.compress(msgspec.json.encode(notes.notes)))

    def read_notes(self, page: int) -> bytes | None:
        """What they say as a JSON list, or None when it was not read yet."""
        return _unpacked(self.notes(page))

    def note_fault(self, made: Path, fault: RenderFault) -> None:
        """Remember that this file could not be made, so that nobody tries it over and over."""
        self._write(_note(made), fault.encode())

    def fault(self, made: Path) -> RenderFault | None:
        """Why this file could not be made, if that was noted."""
        try:
            return RenderFault(_note(made).read_text())
        except FileNotFoundError:
            return None

    def erase(self) -> None:
        """Remove the original and everything made from it."""
        for made in (self.folder, self._tiles):
            shutil.rmtree(made, ignore_errors=True)
        self.original.unlink(missing_ok=True)

    def _write(self, path: Path, data: bytes) -> None:
        # Desk and ingest may write the same file in two threads of the worker.
        writer = f"{os.getpid()}-{threading.get_ident()}"
        partial = path.with_name(f"{path.name}.{writer}.partial")
        partial.write_bytes(data)
        partial.replace(path)


def _unpacked(path: Path) -> bytes | None:
    try:
        return zlib.decompress(path.read_bytes())
    except FileNotFoundError:
        return None


def _note(made: Path) -> Path:
    return made.with_name(f"{made.name}.fault")

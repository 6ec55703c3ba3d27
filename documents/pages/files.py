"""Files derived from an original: page images, words, embedded annotations, and fault files.

Each original has one folder, so a file that is uploaded twice is rendered once. Files are written
under a temporary name and renamed when complete. All of them can be recreated from the original.
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
from documents.render_protocol import NotesRead, RenderFault, Word, WordsRead

_IMAGE_OR_FAULT = re.compile(r"\d{5}-\d+\.(r\d+)(\.fault)?")


def of_another_recipe(path: Path) -> bool:
    """Whether a file is a page image, or its fault file, of an older `codec.REVISION`."""
    named = _IMAGE_OR_FAULT.fullmatch(path.name)
    return named is not None and named[1] != codec.REVISION


class PageFiles:
    """The folder of one original. Callers must check access."""

    def __init__(self, storage: Storage, sha256: str) -> None:
        self.original = storage.original(sha256)
        self.folder = storage.pages(sha256)
        self._tiles = storage.tiles / sha256[:2] / sha256

    def prepare(self) -> None:
        """Create the folder and delete fault files: the faults may have been transient."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for note in self.folder.glob("*.fault"):
            note.unlink(missing_ok=True)

    def image(self, page: int, width: int) -> Path:
        """The path of a page image at a resolution. The file may not exist."""
        return self.folder / f"{page:05d}-{width}.{codec.REVISION}"

    def words(self, page: int) -> Path:
        """The path of the words of a page. The file may not exist."""
        return self.folder / f"{page:05d}.words"

    def write_words(self, page: int, words: WordsRead) -> None:
        """Store the words of a page."""
        self._write(self.words(page), zlib.compress(msgspec.json.encode(words.words)))

    def read_words(self, page: int) -> bytes | None:
        """The words of a page as a JSON list, or None when they are not extracted yet."""
        return _read_compressed(self.words(page))

    def recognized(self, page: int) -> Path:
        """The path of the confidences of recognized words: it exists once a page without words of
        its own was looked at."""
        return self.folder / f"{page:05d}.ocr"

    def write_recognized(self, page: int, words: list[Word], confidence: list[int]) -> None:
        """Store the words that were recognized on a page, and the confidence of each in percent."""
        if words:
            self.write_words(page, WordsRead(words, truncated=False))
        self._write(self.recognized(page), zlib.compress(msgspec.json.encode(confidence)))

    def are_recognized(self, page: int) -> bool:
        """Whether the words of a page were recognized in a scan."""
        return _read_compressed(self.recognized(page)) not in {None, b"[]"}

    def notes(self, page: int) -> Path:
        """The path of the embedded annotations of a page. The file may not exist."""
        return self.folder / f"{page:05d}.notes"

    def write_notes(self, page: int, notes: NotesRead) -> None:
        """Store the embedded annotations of a page."""
        self._write(self.notes(page), zlib.compress(msgspec.json.encode(notes.notes)))

    def read_notes(self, page: int) -> bytes | None:
        """The embedded annotations of a page as a JSON list, or None when not extracted yet."""
        return _read_compressed(self.notes(page))

    def note_fault(self, made: Path, fault: RenderFault) -> None:
        """Store why a file could not be created, so that the attempt is not repeated."""
        self._write(_fault_path(made), fault.encode())

    def fault(self, made: Path) -> RenderFault | None:
        """The stored fault of a file, or None."""
        try:
            return RenderFault(_fault_path(made).read_text())
        except FileNotFoundError:
            return None

    def forget_fault(self, made: Path) -> None:
        """Delete the stored fault of a file that could be created after all."""
        _fault_path(made).unlink(missing_ok=True)

    def erase(self) -> None:
        """Delete the original and all files derived from it."""
        for made in (self.folder, self._tiles):
            shutil.rmtree(made, ignore_errors=True)
        self.original.unlink(missing_ok=True)

    def _write(self, path: Path, data: bytes) -> None:
        # The render queue and ingest may write the same file in two threads of the worker.
        writer = f"{os.getpid()}-{threading.get_ident()}"
        partial = path.with_name(f"{path.name}.{writer}.partial")
        partial.write_bytes(data)
        partial.replace(path)


def _read_compressed(path: Path) -> bytes | None:
    try:
        return zlib.decompress(path.read_bytes())
    except FileNotFoundError:
        return None


def _fault_path(made: Path) -> Path:
    return made.with_name(f"{made.name}.fault")

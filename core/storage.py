"""Files by content: an original is named by its SHA-256; so is the folder of its page images.

The same paper uploaded twice is kept once. A file is complete when it has its name. What is made
for one person to take away lies in `exports` for as long as that takes.
"""

import os
from pathlib import Path


class Storage:
    """The papers' folder of an installation."""

    def __init__(self, root: Path) -> None:
        self._originals = root / "papers"
        self._pages = root / "pages"
        self.tiles = root / "tiles"
        self.incoming = root / "incoming"
        self.exports = root / "exports"
        for folder in (self._originals, self._pages, self.tiles, self.incoming, self.exports):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def original(self, sha256: str) -> Path:
        """Where the original with this hash lies (or would)."""
        return self._originals / sha256[:2] / sha256

    def pages(self, sha256: str) -> Path:
        """The folder of the page images made from this original."""
        return self._pages / sha256[:2] / sha256

    def adopt(self, received: Path, sha256: str) -> Path:
        """Move a received file (in `incoming`, already flushed to disk) to its place for good."""
        context = self.original(sha256)
        context.parent.mkdir(mode=0o700, exist_ok=True)
        received.replace(context)
        folder = os.open(context.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return context

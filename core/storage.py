"""File storage: originals and the folders of their page images are named by SHA-256.

A document that is uploaded twice is stored once. A file is complete once it has its final name.
`exports` holds files made for one person's download, until the download ends; `conversions` the
folders of running conversions.
"""

import hashlib
from pathlib import Path

from core.durable_files import copy_durably, sync_folder


class Storage:
    """The file storage of an installation."""

    def __init__(self, root: Path) -> None:
        self._originals = root / "papers"
        self._pages = root / "pages"
        self.tiles = root / "tiles"
        self.incoming = root / "incoming"
        self.exports = root / "exports"
        self.conversions = root / "conversions"
        for folder in (
            *(self._originals, self._pages, self.tiles),
            *(self.incoming, self.exports, self.conversions),
        ):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def original(self, sha256: str) -> Path:
        """Return the path of the original with this hash; it may not exist."""
        return self._originals / sha256[:2] / sha256

    def pages(self, sha256: str) -> Path:
        """Return the folder of the page images of this original."""
        return self._pages / sha256[:2] / sha256

    def take_in(self, made: Path) -> tuple[str, int]:
        """Copy a file that a converter made to its final path. Returns SHA-256 (hex) and size.

        A copy: who made the file may still have it open.
        """
        copy = self.incoming / f"made-{made.parent.name}"
        copy_durably(made, copy)
        with copy.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        size = copy.stat().st_size
        self.adopt(copy, sha256)
        return sha256, size

    def adopt(self, received: Path, sha256: str) -> Path:
        """Move a received file (in `incoming`, already synced) to its final path; return that."""
        target = self.original(sha256)
        target.parent.mkdir(mode=0o700, exist_ok=True)
        received.replace(target)
        sync_folder(target.parent)
        return target

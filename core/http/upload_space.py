"""The space on the disk that uploads under way will need, so that they keep its floor together."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import DiskLow
from core.offload import run_native


class Claim:
    """One upload under way. `left`: announced bytes that are not on the disk yet."""

    def __init__(self, announced: int) -> None:
        self.left = announced

    def written(self, size: int) -> None:
        """`size` bytes are on the disk now."""
        self.left = max(0, self.left - size)


class UploadSpace:
    """The claims of all uploads of this process; only one process accepts uploads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._claims: set[Claim] = set()

    @contextmanager
    def claim(self, folder: Path, announced: int, floor: int) -> Iterator[Claim]:
        """Claim the bytes that a request announces, until the block ends.

        folder: on the disk. Raises: DiskLow if all claims together would leave less than `floor`
        bytes.
        """
        claim = Claim(announced)
        with self._lock:
            self._claims.add(claim)
            # Before the free space is read: what is written in between counts twice, never not.
            needed = sum(one.left for one in self._claims)
        try:
            if run_native(shutil.disk_usage, folder).free - needed < floor:
                raise DiskLow()
            yield claim
        finally:
            with self._lock:
                self._claims.discard(claim)


uploads_under_way = UploadSpace()
"""The uploads of this process."""

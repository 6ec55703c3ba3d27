"""Returns freed memory to the system, where the C library is glibc.

By default glibc keeps it: the snapshots of a whole room between small live objects, and the
working memory of a password hash (19 MiB) in the arena of each thread that ever hashed. Between
two hashes it should keep that memory, because allocating it again costs two thirds of a hash:
trimming is therefore periodic, not immediate.
"""

import ctypes
import os
from pathlib import Path
from typing import Any

from core.offload import native_sleep, native_thread

ARENAS = 2
"""Maximum number of malloc arenas; the default is eight for each core."""
LOOK_EVERY = 10.0
WORTH_IT = 4 * 1024 * 1024
"""Change of the process's size in bytes that triggers a trim, which walks all free memory."""

_M_ARENA_MAX = -8
_PAGE = os.sysconf("SC_PAGE_SIZE")
_libc: Any = ctypes.CDLL(None)


def limit_arenas() -> None:
    """Limit the arenas. Call it before any thread starts."""
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(_M_ARENA_MAX, ARENAS)


def trim_for_ever() -> None:
    """Start a native thread that trims now and whenever the resident size has changed."""
    if hasattr(_libc, "malloc_trim"):
        native_thread(_trim_periodically, "freed-memory")


def _trim_periodically() -> None:
    trimmed_size, once_more = 0, True
    while True:
        changed = abs(_resident() - trimmed_size) > WORTH_IT
        if changed or once_more:  # The first trim may have run in the middle of a change.
            _libc.malloc_trim(0)
            trimmed_size = _resident()
        once_more = changed
        native_sleep(LOOK_EVERY)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE

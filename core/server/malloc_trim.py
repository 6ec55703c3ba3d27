"""Gives memory that was freed back to the system, where the C library is glibc.

Left to itself, glibc keeps it: a hall's worth of snapshots between small things that stay, and the
working memory of a password hash (19 MiB) in the arena of each thread that ever hashed. Between two
hashes it should keep that, for fetching it anew costs two thirds of a hash: so it is given back
now and then, not at once.
"""

import ctypes
import os
from pathlib import Path
from typing import Any

from core.offload import native_sleep, native_thread

ARENAS = 2
"""In how many places threads allocate; the default is eight for each core."""
LOOK_EVERY = 10.0
WORTH_IT = 4 * 1024 * 1024
"""Bytes by which the process has grown or shrunk: trimming walks through all that is free."""

_M_ARENA_MAX = -8
_PAGE = os.sysconf("SC_PAGE_SIZE")
_libc: Any = ctypes.CDLL(None)


def limit_arenas() -> None:
    """Call it before there are threads."""
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(_M_ARENA_MAX, ARENAS)


def trim_for_ever() -> None:
    """Start a native thread that gives back what is free now and whenever the size has changed."""
    if hasattr(_libc, "malloc_trim"):
        native_thread(_give_back, "freed-memory")


def _give_back() -> None:
    settled, once_more = 0, True
    while True:
        changed = abs(_resident() - settled) > WORTH_IT
        if changed or once_more:  # The first trim may have come in the middle of a change.
            _libc.malloc_trim(0)
            settled = _resident()
        once_more = changed
        native_sleep(LOOK_EVERY)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE

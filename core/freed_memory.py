"""Gives memory that was freed back to the system, where the C library is glibc.

Left to itself, glibc keeps it: blocks as large as a password hash's working memory (19 MiB, in each
thread that ever hashed) and a hall's worth of snapshots between small things that stay.
"""

import ctypes
import os
from pathlib import Path
from typing import Any

from core.offload import native_sleep, native_thread

LARGE = 256 * 1024
"""Bytes from which a block is mapped by itself, and unmapped as soon as it is freed."""
LOOK_EVERY = 10.0
WORTH_IT = 4 * 1024 * 1024
"""Bytes by which the process has grown or shrunk: trimming walks through all that is free."""

_M_MMAP_THRESHOLD = -3
_PAGE = os.sysconf("SC_PAGE_SIZE")
_libc: Any = ctypes.CDLL(None)


def unmap_large_blocks() -> None:
    """From now on; call it before large things are loaded."""
    if hasattr(_libc, "mallopt"):
        _libc.mallopt(_M_MMAP_THRESHOLD, LARGE)


def give_back_for_ever() -> None:
    """Start a native thread that gives back what is free now and whenever the size has changed."""
    if hasattr(_libc, "malloc_trim"):
        native_thread(_give_back, "freed-memory")


def _give_back() -> None:
    settled = 0
    while True:
        if abs(_resident() - settled) > WORTH_IT:
            _libc.malloc_trim(0)
            settled = _resident()
        native_sleep(LOOK_EVERY)


def _resident() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE

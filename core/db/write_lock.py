"""Owns the one lock that every write transaction and every checkpoint of the database takes.

Two parts: an in-process mutex, so that the writers of one process queue in order, and an flock on
a file, so that processes exclude each other. The file is opened afresh for each acquisition:
an flock belongs to the open file description, so two holders of one shared descriptor would not
exclude each other. It is tried without blocking and retried with `time.sleep`, which lets other
work of this process run where sleeping is cooperative.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.errors import WriteLockTimeout

FIRST_PAUSE = 0.0002
LONGEST_PAUSE = 0.002
TIMEOUT = 30.0


class WriteLock:
    """An exclusive lock between the threads of this process and all processes using `path`.

    `path` is created when missing and never removed. None keeps the lock inside this process: for
    a file that no other process opens. The lock is not reentrant.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._owner: int | None = None

    @contextmanager
    def held(self, timeout: float = TIMEOUT) -> Iterator[None]:
        """Hold the lock for the length of the block.

        patience: seconds to wait before giving up.
        Raises: WriteLockTimeout; RuntimeError when this very thread holds the lock already.
        """
        me = threading.get_ident()
        if self._owner == me:
            raise RuntimeError("the write lock is held already by this thread")
        deadline = time.monotonic() + timeout
        if not self._mutex.acquire(timeout=timeout):
            raise WriteLockTimeout(f"no turn at the write lock within {timeout:g} s")
        try:
            self._owner = me
            with self._file_held(deadline):
                yield
        finally:
            self._owner = None
            self._mutex.release()

    @contextmanager
    def _file_held(self, deadline: float) -> Iterator[None]:
        if self._path is None:
            yield
            return
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _wait_for(descriptor, deadline)
            try:
                yield
            finally:
                # Closing alone would not unlock while a child between fork and exec has a copy.
                fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            os.close(descriptor)


def _wait_for(descriptor: int, deadline: float) -> None:
    pause = FIRST_PAUSE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            if time.monotonic() >= deadline:
                raise WriteLockTimeout("another process kept the write lock") from None
        time.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)

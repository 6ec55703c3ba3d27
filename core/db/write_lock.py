"""The lock that every write transaction and every checkpoint of the database takes.

It has two parts: an in-process mutex, which queues the writers of one process in order, and an
flock on a file, which excludes other processes. Each acquisition opens the file again: an flock
belongs to the open file description, so two holders of one descriptor would not exclude each
other. The flock is non-blocking and retried with `time.sleep`, which yields to other green threads
under a cooperative server.
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

    Creates `path` when it is missing and never removes it. With None the lock covers this process
    only, for a file that no other process opens. The lock is not reentrant.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._mutex = threading.Lock()
        self._owner: int | None = None

    @contextmanager
    def held(self, timeout: float = TIMEOUT) -> Iterator[None]:
        """Hold the lock during the block.

        timeout: seconds to wait for the lock.
        Raises: WriteLockTimeout; RuntimeError when the current thread already holds the lock.
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
                # Closing alone does not unlock while a child between fork and exec has a copy.
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

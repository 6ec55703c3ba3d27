"""Hashing passwords: argon2id in a native thread, one at a time, for a bounded line of people.

One at a time, because each hash takes a core and 19 MiB: the room's pages keep turning while a hall
full of people signs in. The line is bounded by the wait that it means, not by its length.
"""

import math
import os
import statistics
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from accounts.declares import SignInBusy
from accounts.password_rules import as_generated, normal
from core.ids import new_token
from core.offload import run_behind

LONGEST_WAIT = 10.0
"""Seconds that a person may be expected to wait in line; beyond it, the line is closed."""

_REMEMBERED = 21
"""Hashes whose middle duration is expected of the next: one slow one must not close the line."""

_argon2id = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _timed_hash() -> tuple[float, str]:
    """In processor time: a machine that is busy as the server starts must not close the line."""
    began = time.thread_time()
    made = _argon2id.hash(new_token())
    return time.thread_time() - began, made


_FIRST_GUESS, _NOBODYS = min(_timed_hash(), _timed_hash())
"""What one hash takes here, before any was waited for; and a hash that no password has."""


class HashLine:
    """The line of those who wait for a hash, and the measured seconds that the last ones took."""

    def __init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Begin with nobody in line: the server calls it, so that its own locks are used."""
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._in_line = 0
        self._durations = deque([_FIRST_GUESS], _REMEMBERED)

    def expected_wait(self) -> float:
        """Seconds until somebody who comes now has a turn."""
        return self._in_line * statistics.median_low(self._durations)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for a turn and have it for the length of the block. Raises SignInBusy at once."""
        wait = self.expected_wait()
        if wait > LONGEST_WAIT:
            raise SignInBusy(retry_after=math.ceil(wait))
        with self._counting:
            self._in_line += 1
        try:
            with self._turn:
                began = time.monotonic()
                yield
                self._durations.append(time.monotonic() - began)
        finally:
            with self._counting:
                self._in_line -= 1

    def matches(self, stored: str | None, given: str, *, generated: bool) -> bool:
        """Whether a password is the stored one; call it in one's turn.

        stored None (no such account, or one without a password) costs the same time and never
        matches. generated: the stored one was generated, so case and dashes do not matter. Both
        spellings are always made and one is hashed: the time does not tell which.
        """
        exact, shown = normal(given), as_generated(given)
        right = run_behind(_verify, stored or _NOBODYS, shown if generated else exact)
        return right and stored is not None


line = HashLine()
"""The line of this process."""


def hashed(password: str) -> str:
    """The hash of a new password, after waiting in line. Raises SignInBusy."""
    with line.turn():
        return run_behind(_argon2id.hash, normal(password))


def hashed_at_once(passwords: Sequence[str]) -> list[str]:
    """Hashes of many passwords on all cores, without a line: for preparing, not for a server."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        return list(threads.map(_argon2id.hash, map(normal, passwords)))


def _verify(stored: str, given: str) -> bool:
    try:
        return _argon2id.verify(stored, given)
    except VerifyMismatchError:
        return False

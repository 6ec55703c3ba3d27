"""Hashing passwords: argon2id in a native thread, one at a time, for a bounded line of people.

One at a time, because each hash takes a core and 19 MiB: the room's pages keep turning while a hall
full of people signs in. The line is bounded by the hashing that it means, not by its length.
"""

import math
import os
import statistics
import threading
import time
from base64 import b64encode
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from secrets import token_bytes
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from argon2.low_level import ARGON2_VERSION

from accounts.declares import SignInBusy
from accounts.password_rules import as_generated, normal
from core.ids import new_token
from core.offload import run_low_priority

R = TypeVar("R")

LONGEST_WAIT = 10.0
"""Seconds of hashing that may lie before a person in line; beyond it, the line is closed."""

_REMEMBERED = 21
"""Hashes whose middle duration is expected of the next: one slow one must not close the line."""

_GUESS = 0.03
"""Seconds of a hash, where none was computed yet."""

_argon2id = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _of_nobody() -> str:
    """A stored hash that no password has, with the parameters of all others: random bytes."""
    costs = f"m={_argon2id.memory_cost},t={_argon2id.time_cost},p={_argon2id.parallelism}"
    salt, digest = (
        b64encode(token_bytes(size)).decode().rstrip("=")
        for size in (_argon2id.salt_len, _argon2id.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


_NOBODYS = _of_nobody()


class HashLine:
    """The line of those who wait for a hash, and the measured seconds that the last ones took.

    Measured is the processor time of the hashing thread. That thread has a low priority: while a
    hall arrives it mostly waits for the processor, and a wait that ends with the crowd must not
    turn people away.
    """

    def __init__(self) -> None:
        self._begin(_GUESS)

    def open(self) -> None:
        """Begin with nobody in line: the server calls it, so that its own locks are used."""
        self._begin(min(_timed(partial(_argon2id.hash, new_token()))[0] for _ in range(2)))

    def expected_wait(self) -> float:
        """Seconds of hashing until somebody who comes now has a turn."""
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
                yield
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
        right = self._measured(partial(_verify, stored or _NOBODYS, shown if generated else exact))
        return right and stored is not None

    def hashed(self, password: str) -> str:
        """The hash of a new password; call it in one's turn."""
        return self._measured(partial(_argon2id.hash, normal(password)))

    def _begin(self, first_guess: float) -> None:
        self._turn = threading.Lock()
        self._counting = threading.Lock()
        self._in_line = 0
        self._durations = deque([first_guess], _REMEMBERED)

    def _measured(self, work: Callable[[], R]) -> R:
        seconds, result = run_low_priority(lambda: _timed(work))
        self._durations.append(seconds)
        return result


line = HashLine()
"""The line of this process."""


def hashed(password: str) -> str:
    """The hash of a new password, after waiting in line. Raises SignInBusy."""
    with line.turn():
        return line.hashed(password)


def hashed_at_once(passwords: Sequence[str]) -> list[str]:
    """Hashes of many passwords on all cores, without a line: for preparing, not for a server."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        return list(threads.map(_argon2id.hash, map(normal, passwords)))


def _timed(work: Callable[[], R]) -> tuple[float, R]:
    """The processor time that work takes in this thread, and its result."""
    began = time.thread_time()
    result = work()
    return time.thread_time() - began, result


def _verify(stored: str, given: str) -> bool:
    try:
        return _argon2id.verify(stored, given)
    except VerifyMismatchError:
        return False

"""Password hashing: argon2id in a native thread, one hash at a time, with a bounded queue.

One at a time, because each hash takes a core and 19 MiB: page requests stay fast while hundreds of
users sign in. Devices and addresses take turns. What is ahead of each is bounded by its expected
hashing time, not by its length.
"""

import math
import os
import statistics
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

from accounts.passwords.fair_queue import FairQueue, Group
from accounts.passwords.password_rules import as_generated, normal
from accounts.shared.declares import SignInBusy
from core.ids import new_token
from core.offload import run_low_priority
from core.server.client_gone import never_gone

R = TypeVar("R")

LONGEST_WAIT = 10.0
"""Maximum seconds of hashing ahead of a request; beyond it, requests are refused."""

_REMEMBERED = 21
"""Number of hashes whose median duration is the estimate; a single slow one has no effect."""

_GUESS = 0.03
"""Estimated seconds of a hash before the first measurement."""

_NEW_PASSWORDS = Group("new passwords", known=True)
_argon2id = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def _unmatchable_hash() -> str:
    """Return a stored hash that no password matches, with the usual parameters: random bytes."""
    costs = f"m={_argon2id.memory_cost},t={_argon2id.time_cost},p={_argon2id.parallelism}"
    salt, digest = (
        b64encode(token_bytes(size)).decode().rstrip("=")
        for size in (_argon2id.salt_len, _argon2id.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${digest}"


_UNMATCHABLE = _unmatchable_hash()


class HashLine:
    """The queue of requests that wait for a hash, with the measured duration of recent hashes.

    The duration is the processor time of the hashing thread. That thread has a low priority: under
    load it mostly waits for the processor, and such a wait, which ends with the load, must not
    cause refusals.
    """

    def __init__(self) -> None:
        self._begin(_GUESS)

    def open(self) -> None:
        """Start with an empty queue. The server calls it, so that its patched locks are used."""
        self._begin(min(_timed(partial(_argon2id.hash, new_token()))[0] for _ in range(2)))

    def expected_wait(self, group: Group) -> float:
        """Return the seconds of hashing ahead of a new request of this group."""
        return self._queue.ahead(group) * statistics.median_low(self._durations)

    @contextmanager
    def hold_turn(self, group: Group, is_gone: Callable[[], bool] = never_gone) -> Iterator[None]:
        """Wait for a turn and hold it during the block.

        is_gone: whether the client has closed its connection meanwhile; its hash is not computed.
        Raises: SignInBusy when too much is ahead of the group, or when the client has gone.
        """
        wait = self.expected_wait(group)
        if wait > LONGEST_WAIT:
            raise SignInBusy(retry_after=math.ceil(wait))
        with self._queue.hold_turn(group):
            if is_gone():
                raise SignInBusy(retry_after=1)
            yield

    def matches(self, stored: str | None, given: str, *, generated: bool) -> bool:
        """Return whether a password matches the stored hash; call it inside `hold_turn()`.

        stored None (no such account, or one without a password) costs the same time and never
        matches. generated: the stored password was generated, so case and dashes do not matter.
        Both spellings are always built and one is hashed, so timing does not reveal which.
        """
        exact, shown = normal(given), as_generated(given)
        right = self._measured(
            partial(_verify, stored or _UNMATCHABLE, shown if generated else exact)
        )
        return right and stored is not None

    def hashed(self, password: str) -> str:
        """Return the hash of a new password; call it inside `hold_turn()`."""
        return self._measured(partial(_argon2id.hash, normal(password)))

    def _begin(self, first_guess: float) -> None:
        self._queue = FairQueue()
        self._durations = deque([first_guess], _REMEMBERED)

    def _measured(self, work: Callable[[], R]) -> R:
        seconds, result = run_low_priority(lambda: _timed(work))
        self._durations.append(seconds)
        return result


line = HashLine()
"""The queue of this process."""


def hashed(password: str) -> str:
    """Return the hash of a new password, after queueing as a known device. Raises: SignInBusy."""
    with line.hold_turn(_NEW_PASSWORDS):
        return line.hashed(password)


def hashed_at_once(passwords: Sequence[str]) -> list[str]:
    """Hash many passwords on all cores, without the queue: for preparation, not for a server."""
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
        return list(threads.map(_argon2id.hash, map(normal, passwords)))


def _timed(work: Callable[[], R]) -> tuple[float, R]:
    """Run `work`; return the processor time that it took in this thread, and its result."""
    began = time.thread_time()
    result = work()
    return time.thread_time() - began, result


def _verify(stored: str, given: str) -> bool:
    try:
        return _argon2id.verify(stored, given)
    except VerifyMismatchError:
        return False

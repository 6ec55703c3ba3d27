"""Rate limits on password guessing: wrong passwords count, right ones do not.

A device on which the same user has signed in before (a signed cookie proves it) has a separate
counter, so that guesses by strangers cannot lock the user out. All other devices share the
account's counter. The limit per address is generous: a whole room uses one router.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse

from accounts.shared.declares import TooManyTries

ADDRESS_CEILING = "1200 per minute"
OF_ACCOUNT = parse("10 per 15 minutes")
OF_KNOWN_DEVICE = parse("10 per 15 minutes")
OF_DEVICE = parse("40 per 15 minutes")

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", strategy="moving-window")


@dataclass(frozen=True)
class Tries:
    """The counters that apply to one try at an account's password."""

    counts: Sequence[tuple[RateLimitItem, str]]

    def check(self) -> None:
        """Raises TooManyTries when one of the counters has reached its limit."""
        for limit, key in self.counts:
            reset_at, remaining = limiter.limiter.get_window_stats(limit, key)
            if remaining <= 0:
                seconds = max(1, math.ceil(reset_at - time.time()))
                raise TooManyTries(retry_after=seconds, minutes=math.ceil(seconds / 60))

    def failed(self) -> None:
        """Count a wrong password."""
        for limit, key in self.counts:
            limiter.limiter.hit(limit, key)

    def forgive(self) -> None:
        """After a right password: clear the wrong tries before it."""
        for limit, key in self.counts[:1]:
            limiter.limiter.clear(limit, key)


def tries_at(username: str, device_id: str | None, device_knows_person: bool) -> Tries:
    """Return the counters for `username` (folded) on a device (None: it has no cookie)."""
    return Tries(tuple(_counts(username, device_id, device_knows_person)))


def forgive_account(username: str) -> None:
    """Clear the wrong tries at an account whose password was reset."""
    limiter.limiter.clear(OF_ACCOUNT, f"account:{username}")


def _counts(
    username: str, device_id: str | None, device_knows_person: bool
) -> Iterator[tuple[RateLimitItem, str]]:
    if device_id is not None and device_knows_person:
        yield OF_KNOWN_DEVICE, f"device:{device_id}:{username}"
        return
    yield OF_ACCOUNT, f"account:{username}"
    if device_id is not None:
        yield OF_DEVICE, f"device:{device_id}"

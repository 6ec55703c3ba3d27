"""Limits on guessing passwords: wrong tries count, right ones do not.

A device on which this very person signed in before (it says so in a signed cookie) is counted by
itself, so that strangers who guess cannot keep the person out. Everybody else shares the account's
count. An address has only a generous ceiling: a whole hall sits behind one router.
"""

import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, parse

from accounts.declares import TooManyTries

ADDRESS_CEILING = "1200 per minute"
OF_ACCOUNT = parse("10 per 15 minutes")
OF_KNOWN_DEVICE = parse("10 per 15 minutes")
OF_DEVICE = parse("40 per 15 minutes")

limiter = Limiter(key_func=get_remote_address, storage_uri="memory://", strategy="moving-window")


@dataclass(frozen=True)
class Tries:
    """The counts that one try at an account's password falls under."""

    counts: Sequence[tuple[RateLimitItem, str]]

    def check(self) -> None:
        """Raises TooManyTries when one of the counts is used up."""
        for limit, key in self.counts:
            reset_at, remaining = limiter.limiter.get_window_stats(limit, key)
            if remaining <= 0:
                seconds = max(1, math.ceil(reset_at - time.time()))
                raise TooManyTries(retry_after=seconds, minutes=math.ceil(seconds / 60))

    def failed(self) -> None:
        """Count a wrong try."""
        for limit, key in self.counts:
            limiter.limiter.hit(limit, key)

    def forgive(self) -> None:
        """The password was right: forget the wrong tries before it."""
        for limit, key in self.counts[:1]:
            limiter.limiter.clear(limit, key)


def tries_at(username: str, device_id: str | None, device_knows_person: bool) -> Tries:
    """The counts for a try at `username` (folded) from a device (None: it has no cookie)."""
    return Tries(tuple(_counts(username, device_id, device_knows_person)))


def forgive_account(username: str) -> None:
    """Forget the wrong tries at an account: its password was set anew."""
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

"""Rate limits on password guessing: wrong passwords count, right ones do not.

A device on which the same user has signed in before (a signed cookie proves it) has a separate
counter, so that guesses by strangers cannot lock the user out. All other devices share the
account's counter. The limit per address is generous: a whole room uses one router.
"""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from accounts.passwords.fair_queue import Group
from accounts.shared.declares import TooManyTries
from core.errors import TooManyRequests
from core.http.client import Client

OF_ADDRESS = parse("1200 per minute")
OF_ACCOUNT = parse("10 per 15 minutes")
OF_KNOWN_DEVICE = parse("10 per 15 minutes")
OF_DEVICE = parse("40 per 15 minutes")

_limiter = MovingWindowRateLimiter(MemoryStorage())


@dataclass(frozen=True)
class Tries:
    """What applies to one try at an account's password: the counters, and its place in the queue.

    is_gone: whether the client has closed its connection meanwhile.
    """

    counts: Sequence[tuple[RateLimitItem, str]]
    group: Group
    is_gone: Callable[[], bool]

    def check(self) -> None:
        """Raises TooManyTries when one of the counters has reached its limit."""
        for limit, key in self.counts:
            reset_at, remaining = _limiter.get_window_stats(limit, key)
            if remaining <= 0:
                seconds = max(1, math.ceil(reset_at - time.time()))
                raise TooManyTries(retry_after=seconds, minutes=math.ceil(seconds / 60))

    def failed(self) -> None:
        """Count a wrong password."""
        for limit, key in self.counts:
            _limiter.hit(limit, key)

    def forgive(self) -> None:
        """After a right password: clear the wrong tries before it."""
        for limit, key in self.counts[:1]:
            _limiter.clear(limit, key)


def check_address(client: Client) -> None:
    """Count a request with a password. Raises: TooManyRequests for its address."""
    if not _limiter.hit(OF_ADDRESS, f"address:{client.address}"):
        raise TooManyRequests(retry_after=OF_ADDRESS.get_expiry(), limit=OF_ADDRESS)


def tries_at(
    username: str, device_id: str | None, device_knows_person: bool, client: Client
) -> Tries:
    """Return what applies to `username` (folded) on a device (None: it has no cookie)."""
    counts = tuple(_counts(username, device_id, device_knows_person))
    known = device_id if device_knows_person else None
    group = Group(known, known=True) if known else Group(_network_of(client.address))
    return Tries(counts, group, client.is_gone)


def forgive_account(username: str) -> None:
    """Clear the wrong tries at an account whose password was reset."""
    _limiter.clear(OF_ACCOUNT, f"account:{username}")


def _network_of(address: str) -> str:
    """Return the address, of IPv6 the network: one host has all of its addresses."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _counts(
    username: str, device_id: str | None, device_knows_person: bool
) -> Iterator[tuple[RateLimitItem, str]]:
    if device_id is not None and device_knows_person:
        yield OF_KNOWN_DEVICE, f"device:{device_id}:{username}"
        return
    yield OF_ACCOUNT, f"account:{username}"
    if device_id is not None:
        yield OF_DEVICE, f"device:{device_id}"

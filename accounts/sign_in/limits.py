"""Rate limits on password guessing: wrong passwords count, right ones do not.

From an address where a name was tried in vain, the next try at that name waits longer and longer;
elsewhere the right password is accepted at once, so that nobody can lock a user out. A device on
which the same user has signed in before (a signed cookie proves it) has a counter of its own. The
limit per address alone is generous: a whole room uses one router.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from accounts.passwords.fair_queue import Group
from accounts.shared.declares import TooManyTries
from accounts.sign_in.growing_delay import GrowingDelay
from core.errors import TooManyRequests
from core.http.client import Client
from core.networks import network_of

OF_ADDRESS = parse("1200 per minute")
OF_KNOWN_DEVICE = parse("10 per 15 minutes")
OF_DEVICE = parse("40 per 15 minutes")

_limiter = MovingWindowRateLimiter(MemoryStorage())
_delays = GrowingDelay()


@dataclass(frozen=True)
class Tries:
    """What applies to one try at an account's password: the counters, and its place in the queue.

    delayed: the name and network whose delay applies, None on a known device. is_gone: whether the
    client has closed its connection meanwhile.
    """

    counts: Sequence[tuple[RateLimitItem, str]]
    group: Group
    delayed: tuple[str, str] | None
    is_gone: Callable[[], bool]

    def check(self) -> None:
        """Raises TooManyTries when one of the counters has reached its limit, or too early."""
        if self.delayed is not None and (left := _delays.seconds_left(*self.delayed)):
            raise _too_early(left)
        for limit, key in self.counts:
            reset_at, remaining = _limiter.get_window_stats(limit, key)
            if remaining <= 0:
                raise _too_early(reset_at - time.time())

    def failed(self) -> None:
        """Count a wrong password."""
        if self.delayed is not None:
            _delays.add(*self.delayed)
        for limit, key in self.counts:
            _limiter.hit(limit, key)

    def forgive(self) -> None:
        """After a right password: clear the wrong tries before it."""
        if self.delayed is not None:
            _delays.forget(*self.delayed)
            return
        for limit, key in self.counts:
            _limiter.clear(limit, key)


def check_address(client: Client, tries: Tries | None = None) -> None:
    """Count a request whose password is going to be hashed, unless a device that knows the person
    sends it: others at its address cannot keep it out. Raises: TooManyRequests for its address."""
    if tries is not None and tries.group.known:
        return
    if not _limiter.hit(OF_ADDRESS, f"address:{network_of(client.address)}"):
        raise TooManyRequests(retry_after=OF_ADDRESS.get_expiry(), limit=OF_ADDRESS)


def tries_at(
    username: str, device_id: str | None, device_knows_person: bool, client: Client
) -> Tries:
    """Return what applies to `username` (folded) on a device (None: it has no cookie)."""
    network = network_of(client.address)
    if device_id is not None and device_knows_person:
        known = ((OF_KNOWN_DEVICE, f"device:{device_id}:{username}"),)
        return Tries(known, Group(device_id, known=True), None, client.is_gone)
    counts = ((OF_DEVICE, f"device:{device_id}"),) if device_id is not None else ()
    return Tries(counts, Group(network), (username, network), client.is_gone)


def forgive_account(username: str) -> None:
    """Clear the wrong tries at an account whose password was reset."""
    _delays.forget(username)


def _too_early(seconds: float) -> TooManyTries:
    whole = max(1, math.ceil(seconds))
    return TooManyTries(retry_after=whole, minutes=math.ceil(whole / 60))

"""Delays that grow with wrong passwords: they stop guessing, and nobody is locked out."""

import time
from collections import OrderedDict
from collections.abc import Callable

FREE = 10
"""Wrong tries without a delay."""
LONGEST = 120.0
FORGOTTEN_AFTER = 15 * 60.0
"""Seconds without a wrong try after which the earlier ones do not count."""
MOST = 50_000
"""Names and networks that are remembered; the oldest are forgotten first."""

_Key = tuple[str, str]


class GrowingDelay:
    """Wrong tries at a name from a network. clock: monotonic seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[_Key, tuple[int, float]] = OrderedDict()

    def seconds_left(self, name: str, network: str) -> float:
        """The seconds until the next try is allowed, 0 if it is now."""
        count, last = self._wrong.get((name, network), (0, 0.0))
        since = self._clock() - last
        if count <= FREE or since >= FORGOTTEN_AFTER:
            return 0.0
        delay: float = min(2.0 ** min(count - FREE - 1, 20), LONGEST)
        return max(0.0, delay - since)

    def add(self, name: str, network: str) -> None:
        """Count a wrong try."""
        count, last = self._wrong.pop((name, network), (0, 0.0))
        now = self._clock()
        if now - last >= FORGOTTEN_AFTER:
            count = 0
        self._wrong[name, network] = count + 1, now
        if len(self._wrong) > MOST:
            self._wrong.popitem(last=False)

    def forget(self, name: str, network: str | None = None) -> None:
        """Forget the wrong tries at a name, from a network or (None) from everywhere."""
        if network is not None:
            self._wrong.pop((name, network), None)
            return
        for key in [key for key in self._wrong if key[0] == name]:
            del self._wrong[key]

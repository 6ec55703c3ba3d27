"""The hub's pauses while something happened, from the server's own `/metrics`.

They are counted in steps there, so a pause is known to be at most the upper end of its step.
"""

import re

from bench.product import Product

_LINE = re.compile(r'dienhong_hub_pause_seconds_bucket\{le="([^"]+)"\} (\S+)')


class HubPauses:
    """What the watchdog counted between the making of this and `longest_ms`."""

    def __init__(self, running: Product) -> None:
        self._running = running
        self._before = self._read()

    def longest_ms(self) -> float:
        """The upper end of the highest step in which a pause was counted, in milliseconds."""
        longest = below = 0.0
        for upper, count in self._read().items():
            fresh = count - self._before.get(upper, 0.0)
            if fresh > below:
                longest, below = upper, fresh
        return longest * 1000

    def _read(self) -> dict[float, float]:
        text = self._running.get("/metrics").decode()
        return {float(upper): float(count) for upper, count in _LINE.findall(text)}

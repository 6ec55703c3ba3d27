"""Tablets that lost their server and come back as browsers do.

They try after 0.3 s, then wait twice as long each time up to 5 s, each wait up to half shorter or
longer by chance: what our socket.io-client is set to.
"""

import random
import time
from collections.abc import Callable

from bench.load.crowd import Crowd, Tablet

FIRST_WAIT, LONGEST_WAIT, CHANCE = 0.3, 5.0, 0.5


class Returning:
    """The tablets of a crowd that lost their server, each with its next try."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._tries: dict[Tablet, int] = {}
        self._due: dict[Tablet, float] = {}

    def step(self) -> None:
        """See who is without a connection, and let those try whose wait is over."""
        now = time.perf_counter()
        for tablet in self._crowd.tablets:
            if tablet.gone and tablet not in self._due:
                tries = self._tries.get(tablet, 0)
                wait = min(LONGEST_WAIT, FIRST_WAIT * 2**tries)
                self._due[tablet] = now + wait * random.uniform(1 - CHANCE, 1 + CHANCE)
                self._tries[tablet] = tries + 1
            elif tablet.gone and now >= self._due[tablet]:
                del self._due[tablet]
                tablet.have = {name: tablet.answer[name] for name in ("epoch", "seq", "mine_seq")}
                self._crowd.connect(tablet)

    def everyone_is_back(self, since: float) -> Callable[[], bool]:
        """A condition that steps as it is asked."""

        def back() -> bool:
            self.step()
            return all(tablet.joined and tablet.joined_at > since for tablet in self._crowd.tablets)

        return back

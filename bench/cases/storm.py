"""storm: the server is killed and started again; 200 tablets come back as browsers do.

They try after 0.3 s, then wait twice as long each time up to 5 s, each wait up to half shorter or
longer by chance: what our socket.io-client is set to. Coming back they say what they have, so
they get the events they missed and no snapshot.
"""

import random
import time
from collections.abc import Callable

from bench.hub import HubPauses
from bench.load.crowd import Crowd, Tablet
from bench.product import Product, product
from bench.table import OURS, Table

SIZE, ROUNDS = 200, 3
FIRST_WAIT, LONGEST_WAIT, CHANCE = 0.3, 5.0, 0.5
TIMEOUT = 60.0


def run() -> Table:
    """Under a minute."""
    table = Table("storm")
    with product(SIZE) as ours:
        for number in range(1, ROUNDS + 1):
            _storm(table, ours, f"{SIZE} tablets, kill -9, round {number}")
    return table


class _Returning:
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


def _storm(table: Table, ours: Product, case: str) -> None:
    room = ours.hall.rooms[str(SIZE)]
    crowd = Crowd(ours.port)
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(TIMEOUT)
    crowd.pass_time(1)
    killed = time.perf_counter()
    ours.kill("web")
    returning = _Returning(crowd)
    ours.start("web", meanwhile=lambda: _go_on(crowd, returning))
    answers, pauses = time.perf_counter(), HubPauses(ours)
    crowd.until(returning.everyone_is_back(killed), "everyone is back", TIMEOUT)
    last = max(tablet.joined_at for tablet in crowd.tablets)
    events = sum("events" in tablet.answer for tablet in crowd.tablets)
    table.note(case, OURS, "server answers again after the kill", answers - killed, "s")
    table.note(case, OURS, "last is back after the kill", last - killed, "s")
    table.note(case, OURS, "last is back after the server", last - answers, "s")
    table.note(case, OURS, "came back by events, not a snapshot", events, "tablets")
    table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")
    crowd.leave()


def _go_on(crowd: Crowd, returning: _Returning) -> None:
    """A moment of the crowd's life while the server is away."""
    returning.step()
    crowd.pass_time(0.02)

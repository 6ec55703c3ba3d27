"""storm: the server is killed and started again; 200 tablets come back as browsers do.

They try after 0.3 s, then wait twice as long each time up to 5 s, each wait up to half shorter or
longer by chance: what our socket.io-client is set to. Coming back they say what they have, so
they get the events they missed and no snapshot.
"""

import time

from bench.hub import HubPauses
from bench.load.crowd import Crowd
from bench.load.returning import Returning
from bench.product import Product, product
from bench.table import OURS, Table

SIZE, ROUNDS = 200, 3
TIMEOUT = 60.0


def run() -> Table:
    """Under a minute."""
    table = Table("storm")
    measure(table)
    return table


def measure(table: Table) -> None:
    """Note every round."""
    with product(SIZE) as ours:
        for number in range(1, ROUNDS + 1):
            _storm(table, ours, f"{SIZE} tablets, kill -9, round {number}")


def _storm(table: Table, ours: Product, case: str) -> None:
    room = ours.hall.rooms[str(SIZE)]
    crowd = Crowd(ours.port)
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(TIMEOUT)
    crowd.pass_time(1)
    killed = time.perf_counter()
    ours.kill("web")
    returning = Returning(crowd)
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


def _go_on(crowd: Crowd, returning: Returning) -> None:
    """A moment of the crowd's life while the server is away."""
    returning.step()
    crowd.pass_time(0.02)

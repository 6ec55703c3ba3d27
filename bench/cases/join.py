"""join: a whole hall comes in at once, unpaced, until the last tablet has its snapshot.

One server of ours speaks plain HTTP, the other one TLS: there, each tablet costs a handshake.
"""

import time

from bench.hub import HubPauses
from bench.load.crowd import Crowd
from bench.machine import cpu_seconds
from bench.product import Product, product
from bench.table import OURS, SECURE, Table

SIZES = (50, 300, 500)
TIMEOUT = 60.0


def run() -> Table:
    """Under two minutes."""
    table = Table("join")
    with product(*SIZES) as plain, product(*SIZES, tls=True) as secure:
        both = {OURS: plain, SECURE: secure}
        for subject, ours in both.items():
            _come_in(Table("warm-up"), subject, ours, SIZES[0])
        for size in SIZES:
            for subject, ours in both.items():
                _come_in(table, subject, ours, size)
    return table


def _come_in(table: Table, subject: str, ours: Product, size: int) -> None:
    room, case = ours.hall.rooms[str(size)], f"{size} join at once"
    pauses, used = HubPauses(ours), cpu_seconds(ours.pid("web"))
    crowd = Crowd(ours.port, ours.tls)
    began = time.perf_counter()
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(TIMEOUT)
    last = max(tablet.joined_at for tablet in crowd.tablets) - began
    half = sorted(tablet.joined_at for tablet in crowd.tablets)[size // 2] - began
    used = cpu_seconds(ours.pid("web")) - used
    table.note(case, subject, "half of them have a snapshot", half, "s")
    table.note(case, subject, "last has its snapshot", last, "s")
    table.note(case, subject, "server's time for each", used / size * 1000, "ms")
    table.note(case, subject, "size of the answer", crowd.tablets[0].answer_bytes / 1000, "kB")
    table.note(case, subject, "hub's longest pause, at most", pauses.longest_ms(), "ms")
    crowd.leave()

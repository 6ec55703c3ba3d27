"""join: a whole hall comes in at once, unpaced, until the last tablet has its snapshot."""

import time

from bench.crowd import Crowd
from bench.hub import HubPauses
from bench.machine import cpu_seconds
from bench.product import Product, product
from bench.table import OURS, Table

SIZES = (50, 200, 500)
PATIENCE = 60.0


def run() -> Table:
    """Under a minute."""
    table = Table("join")
    with product(*SIZES) as ours:
        _come_in(Table("warm-up"), ours, SIZES[0])
        for size in SIZES:
            _come_in(table, ours, size)
    return table


def _come_in(table: Table, ours: Product, size: int) -> None:
    room, case = ours.hall.rooms[str(size)], f"{size} join at once"
    pauses, used = HubPauses(ours), cpu_seconds(ours.pid("web"))
    crowd = Crowd(ours.port)
    began = time.perf_counter()
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(PATIENCE)
    last = max(tablet.joined_at for tablet in crowd.tablets) - began
    half = sorted(tablet.joined_at for tablet in crowd.tablets)[size // 2] - began
    used = cpu_seconds(ours.pid("web")) - used
    table.note(case, OURS, "half of them have a snapshot", half, "s")
    table.note(case, OURS, "last has its snapshot", last, "s")
    table.note(case, OURS, "server's time for each", used / size * 1000, "ms")
    table.note(case, OURS, "size of the answer", crowd.tablets[0].answer_bytes / 1000, "kB")
    table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")
    crowd.leave()

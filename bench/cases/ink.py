"""ink: 50 people write for 200 tablets, strokes made offline are sent, a paper is full of marks,
and one tablet's browser writes on a page full of ink.

Server and load have a core each and go before everything else; the browser has both.
"""

from bench.machine import first
from bench.parts import ink_offline, ink_paper, ink_screen
from bench.parts.ink_wet import TABLETS, WRITERS, Sitting
from bench.product import product
from bench.table import Table

IDLE, WRITING = 20.0, 60.0
FSYNC_MS = 8


def run() -> Table:
    """About six minutes."""
    table = Table("ink")
    with product(TABLETS) as ours:
        room = ours.hall.rooms[str(TABLETS)]
        with first(ours.pid("web")):
            sitting = Sitting(ours, room)
            sitting.hold(table, f"{WRITERS} write, {TABLETS} receive", IDLE, WRITING)
            sitting.leave()
            ink_offline.measure(table, ours, room, "this disk")
        ink_paper.measure(table, ours, room)
    with product(TABLETS, fsync_ms=FSYNC_MS) as ours, first(ours.pid("web")):
        room = ours.hall.rooms[str(TABLETS)]
        ink_offline.measure(table, ours, room, f"{FSYNC_MS} ms added to each fsync")
    with product(2) as ours:
        ink_screen.measure(table, ours, ours.hall.rooms["2"])
    return table

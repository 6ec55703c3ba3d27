"""ink: 50 people write for 200 tablets, strokes made offline are sent, a paper is full of marks.

Server and load have a core each.
"""

from bench.ink_wet import TABLETS, WRITERS, Sitting
from bench.machine import first
from bench.product import Product, product
from bench.table import Table

IDLE, WRITING = 5.0, 10.0


def run() -> Table:
    """About four minutes."""
    table = Table("ink")
    with product(TABLETS) as ours, first(ours.pid("web")):
        _wet(table, ours)
    return table


def _wet(table: Table, ours: Product) -> None:
    sitting = Sitting(ours, ours.hall.rooms[str(TABLETS)])
    sitting.hold(table, f"{WRITERS} write, {TABLETS} receive", IDLE, WRITING)
    sitting.leave()

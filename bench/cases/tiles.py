"""tiles: a plan of A1 is zoomed into, by one tablet and then by 50 at one moment.

A screenful is twelve tiles. The worker's log says how often each was drawn. Beside it, in the same
run: `mutool draw` of the whole page at the same width, which is what tiles save.
"""

import subprocess
import tempfile
import time
from itertools import product as pairs
from pathlib import Path

from bench.hub import HubPauses
from bench.load.client import Client
from bench.load.fetchers import Fetchers, Plan, fetchers
from bench.load.secretary import Secretary
from bench.machine import LOAD_CORE, SERVER_CORE
from bench.plan import plan
from bench.product import Product, Room, product
from bench.table import OURS, Table
from documents.pages.tile_plan import TILE_WIDTHS

SIZES = (1, 50)
ROUNDS, COLUMNS, ROWS = 2, 4, 3
CONNECTIONS = 4
MUTOOL = "mutool draw, the whole page"


def run() -> Table:
    """Under a minute."""
    table = Table("tiles")
    with product(*SIZES, cores=(SERVER_CORE, LOAD_CORE)) as ours:
        for size in SIZES:
            room = ours.hall.rooms[str(size)]
            document_id = _published(ours, room)
            with fetchers(ours.port, room.cookies) as tablets:
                for width in TILE_WIDTHS:
                    _screens(table, ours, tablets, document_id, size, width)
    with tempfile.TemporaryDirectory(prefix="dienhong-bench-") as folder:
        for width in TILE_WIDTHS:
            table.note(_case(1, width), MUTOOL, "all there", _whole(Path(folder), width), "ms")
    return table


def _case(size: int, width: int) -> str:
    return f"{size} at {width} pixels"


def _published(ours: Product, room: Room) -> str:
    with Secretary(ours.port, room.cookies[0]) as uploader:
        uploader.ingest(room.item_id, [plan(len(room.cookies))]).result()
    client = Client(ours, room.cookies[0])
    papers = client.get(f"/meetings/{room.id}")["agenda"][0]["documents"]
    document_id: str = papers[-1]["id"]
    client.post(f"/documents/{document_id}/publish")
    client.close()
    return document_id


def _screens(
    table: Table, ours: Product, tablets: Fetchers, document_id: str, size: int, width: int
) -> None:
    """Everybody looks at one screenful after the other; nobody looked there before."""
    pauses, case = HubPauses(ours), _case(size, width)
    first, last, most = [], [], 0
    for screen in range(ROUNDS):
        rows = range(screen * ROWS, (screen + 1) * ROWS)
        before = len(_drawn(ours))
        path = f"/documents/{document_id}/versions/1/pages/1/tiles/{width}"
        paths = [f"{path}/{column}/{row}" for row, column in pairs(rows, range(COLUMNS))]
        found = tablets.fetch(Plan(paths, CONNECTIONS, within=0.0)).result()
        if found.statuses != {200: size * len(paths)}:
            raise RuntimeError(f"answers: {found.statuses}")
        first.append(min(found.took) * 1000)
        last.append((found.last_at - found.first_at) * 1000)
        most = max(most, len(_drawn(ours)) - before)
    table.note(case, OURS, "tiles drawn for a screenful of 12, most", most, "tiles")
    table.note_rounds(case, OURS, "first tile there", first, "ms")
    table.note_rounds(case, OURS, "all there", last, "ms")
    table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")


def _drawn(ours: Product) -> list[dict[str, object]]:
    return [line for line in ours.said("page_made") if line["what"] == "tile"]


def _whole(folder: Path, width: int) -> float:
    source, out = folder / "plan.pdf", folder / "plan.png"
    source.write_bytes(plan(1))
    began = time.perf_counter()
    subprocess.run(
        ["mutool", "draw", "-q", "-w", str(width), "-o", str(out), str(source)], check=True
    )
    return (time.perf_counter() - began) * 1000

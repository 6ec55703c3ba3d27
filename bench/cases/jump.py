"""jump: 50, then 200 tablets ask at one moment for the same page, whose image is not there.

As when the presenter jumps into a paper that is still being drawn. The file is taken away before
each round; the worker's log says how often the page was made, the file itself when it was there.
"""

import time
from pathlib import Path

from bench.hub import HubPauses
from bench.load.client import Client
from bench.load.fetchers import Fetchers, Plan, fetchers
from bench.machine import LOAD_CORE, SERVER_CORE
from bench.product import Product, Room, product
from bench.table import OURS, Table
from core.storage import Storage
from documents.pages.files import PageFiles

SIZES = (50, 200)
ROUNDS, WIDTH = 6, 1200


def run() -> Table:
    """Under a minute."""
    table = Table("jump")
    with product(*SIZES, cores=(SERVER_CORE, LOAD_CORE)) as ours:
        page = 2
        for size in SIZES:
            room = ours.hall.rooms[str(size)]
            with fetchers(ours.port, room.cookies) as tablets:
                _rounds(table, ours, room, tablets, range(page, page + ROUNDS))
            page += ROUNDS
    return table


def _rounds(table: Table, ours: Product, room: Room, tablets: Fetchers, pages: range) -> None:
    """Each page once: what was read before, the server has in memory."""
    case, files = f"{len(room.cookies)} ask for one page", _files(ours, room)
    pauses = HubPauses(ours)
    made, to_first, to_last, after = [], [], [], []
    for page in pages:
        files.image(page, WIDTH).unlink()
        path = f"/documents/{room.document_id}/versions/1/pages/{page}/image?width={WIDTH}"
        found = tablets.fetch(Plan([path], connections=1, within=0.0)).result()
        if found.statuses != {200: len(room.cookies)}:
            raise RuntimeError(f"answers: {found.statuses}")
        there = _when_named(files.image(page, WIDTH))
        made.append(sum(line["page"] == page for line in ours.said("page_made")))
        to_first.append((there - found.first_at) * 1000)
        to_last.append((found.last_at - found.first_at) * 1000)
        after.append((found.last_at - there) * 1000)
    table.note(case, OURS, "times that a page was made, worst round", max(made), "times")
    table.note_rounds(case, OURS, "first question to the image on the disk", to_first, "ms")
    table.note_rounds(case, OURS, "image on the disk to the last byte", after, "ms")
    table.note_rounds(case, OURS, "first question to the last byte", to_last, "ms")
    table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")


def _files(ours: Product, room: Room) -> PageFiles:
    client = Client(ours, room.cookies[0])
    versions = client.get(f"/documents/{room.document_id}")["versions"]
    client.close()
    return PageFiles(Storage(ours.data), versions[0]["sha256"])


def _when_named(path: Path) -> float:
    """When a file got its name, by perf_counter."""
    ago = time.time_ns() - path.stat().st_ctime_ns
    return time.perf_counter() - ago / 1e9

"""memory: web and worker at rest, with 200 and 1,000 tablets, and after 200 pages were drawn.

Resident: what `VmRSS` says. Own: `Pss`, where code that several processes share counts in part.
"""

import tempfile
import time
from pathlib import Path

from bench.load.client import Client
from bench.load.crowd import Crowd
from bench.machine import highest_mb, of_descendants, private_mb, resident_mb
from bench.papers import paper
from bench.product import Product, product
from bench.table import OURS, Table

SIZES = (200, 1000)
DRAWN = 200
TIMEOUT = 180.0
SETTLES = 22.0
"""Seconds after which web has given back what was freed: it looks every ten, and twice."""


def run() -> Table:
    """About two minutes."""
    table = Table("memory")
    with product(*SIZES) as ours:
        time.sleep(SETTLES)
        idle = _note(table, "at rest", ours)
        for size in SIZES:
            _tablets(table, ours, size, idle)
        _pages(table, ours)
    return table


def _note(table: Table, case: str, ours: Product) -> float:
    """Note the memory of web and worker now; answers that of web in megabytes."""
    web, worker = ours.pid("web"), ours.pid("worker")
    table.note(case, OURS, "web, resident", resident_mb(web), "MB")
    table.note(case, OURS, "web, own", private_mb(web), "MB")
    table.note(case, OURS, "worker, resident", resident_mb(worker), "MB")
    rendering = of_descendants(private_mb, worker)
    table.note(case, OURS, "worker's fork server and render children, own", rendering, "MB")
    return resident_mb(web)


def _tablets(table: Table, ours: Product, size: int, idle: float) -> None:
    room, case = ours.hall.rooms[str(size)], f"{size} tablets joined"
    crowd = Crowd(ours.port)
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(TIMEOUT)
    crowd.pass_time(SETTLES)
    with_them = _note(table, case, ours)
    each = (with_them - idle) * 1024 / size
    table.note(case, OURS, "web, for each tablet", each, "kB")
    crowd.leave()


def _pages(table: Table, ours: Product) -> None:
    """Upload a paper and wait until all its pages are drawn."""
    room = ours.hall.rooms[str(SIZES[0])]
    client = Client(ours, room.cookies[0])
    with tempfile.TemporaryDirectory() as folder:
        content = paper(Path(folder), DRAWN).read_bytes()
    path = f"/agenda-items/{room.item_id}/documents"
    document_id = client.upload(path, "200-pages.pdf", content)
    deadline = time.monotonic() + TIMEOUT
    while client.get(f"/documents/{document_id}")["versions"][0]["status"] == "processing":
        if time.monotonic() > deadline:
            raise TimeoutError("the paper is not drawn")
        time.sleep(0.2)
    case = f"{DRAWN} pages drawn"
    _note(table, case, ours)
    table.note(case, OURS, "web, highest ever", highest_mb(ours.pid("web")), "MB")
    table.note(case, OURS, "worker, highest ever", highest_mb(ours.pid("worker")), "MB")
    client.close()

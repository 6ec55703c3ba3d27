"""prefetch: turns while 200 tablets fetch an 80-page paper ahead, and while papers are ingested.

Every tablet fetches the whole paper on two connections: once as the viewer does, with its rests;
then as fast as it is answered, which shows what the server can do; and once more like this in a way
that the page gate leaves to Flask (a query that says more than a width), in the same run.
"""

import tempfile
import time
from concurrent.futures import Future
from pathlib import Path
from statistics import median
from typing import Any

from bench.hub import HubPauses
from bench.load.crowd import Crowd
from bench.load.fetchers import Fetched, Plan, fetchers
from bench.load.pacing import Turns
from bench.load.secretary import Secretary
from bench.machine import cpu_seconds
from bench.papers import paper
from bench.product import Product, Room, product
from bench.table import OURS, Table, percentile

SIZE, PAGES, WIDTH = 200, 80, 1200
EVERY = 0.2
IDLE_TURNS = 60
VIEWER_WITHIN, VIEWER_RESTS = 1.5, 0.4
"""Seconds: the viewer's prefetch waits up to 1.5 before pages that are far, and asks for five a
second then; here each of two connections rests for 0.4."""
LONGEST, FLAT_OUT = 30.0, 8.0
PAPERS, PAPER_PAGES = 30, 4
OFTEN, MANY_TURNS = 0.05, 500
"""Seconds between turns while papers are ingested; so many, that their 99th percentile is not one
of the slowest by chance."""
FLASK = "the Flask way"


def run() -> Table:
    """About two minutes and a half."""
    table = Table("prefetch")
    with tempfile.TemporaryDirectory() as name, product(SIZE, pages=PAGES) as ours:
        room = ours.hall.rooms[str(SIZE)]
        image = f"/documents/{room.document_id}/versions/1/pages/%d/image?width={WIDTH}"
        crowd = Crowd(ours.port)
        for cookie in room.cookies:
            crowd.arrive(cookie, room.id)
        crowd.until_joined()
        Turns(crowd, room).paced(30, 0.02)
        idle = _turning(table, ours, crowd, room, "nobody fetches", OURS, None)
        paths = [image % page for page in range(1, PAGES + 1)]
        odd = [f"{path}&all" for path in paths]
        as_viewer = Plan(paths, within=VIEWER_WITHIN, rest=VIEWER_RESTS, seconds=LONGEST)
        plans = (
            ("as the viewer does", OURS, as_viewer),
            ("without a rest", OURS, Plan(paths, seconds=FLAT_OUT)),
            ("without a rest", FLASK, Plan(odd, seconds=FLAT_OUT)),
        )
        with fetchers(ours.port, room.cookies) as tablets:
            for how, subject, plan in plans:
                case = f"{SIZE} fetch {PAGES} pages {how}"
                _turning(table, ours, crowd, room, case, subject, tablets.fetch(plan), idle)
        _ingesting(table, ours, crowd, room, Path(name))
        crowd.leave()
    return table


def _ingesting(table: Table, ours: Product, crowd: Crowd, room: Room, folder: Path) -> None:
    """Turn often while nothing is ingested, then while papers are, batch after batch."""
    alone = Turns(crowd, room)
    alone.paced(MANY_TURNS, OFTEN)
    to_last = [seconds * 1000 for seconds in alone.to_last]
    table.note_spread("turns as often, nobody uploads", OURS, "turn to last tablet", to_last, "ms")
    case = f"{PAPERS} papers are ingested, batch after batch"
    turns, took, number = Turns(crowd, room), list[float](), 0
    pauses = HubPauses(ours)
    with Secretary(ours.port, room.cookies[0]) as uploader:
        while len(turns.to_last) < MANY_TURNS:
            papers = [_distinct(folder, number + place) for place in range(PAPERS)]
            number += PAPERS
            ingested = uploader.ingest(room.item_id, papers)
            while not ingested.done():
                turns.paced(1, OFTEN)
            took.append(ingested.result())
    meanwhile = [seconds * 1000 for seconds in turns.to_last]
    table.note_spread(case, OURS, "turn to last tablet", meanwhile, "ms")
    table.note(case, OURS, "turns", len(meanwhile), "turns")
    table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")
    table.note(case, OURS, "all of a batch ready after", median(took), "s")
    times = percentile(sorted(meanwhile), 99) / percentile(sorted(to_last), 99)
    table.note(case, OURS, "p99, times the idle one", times, "times")


def _distinct(folder: Path, number: int) -> bytes:
    """A paper that no other one is a copy of."""
    return paper(folder, PAPER_PAGES).read_bytes() + b"%% %d\n" % number


def _turning(
    table: Table,
    ours: Product,
    crowd: Crowd,
    room: Room,
    case: str,
    subject: str,
    under_way: "Future[Any] | None",
    idle: float = 0.0,
) -> float:
    """Turn until the work beside it is done; answers the server's share of a core."""
    pauses, used, began = HubPauses(ours), cpu_seconds(ours.pid("web")), time.perf_counter()
    turns = Turns(crowd, room)
    while len(turns.to_last) < IDLE_TURNS if under_way is None else not under_way.done():
        turns.paced(1, EVERY)
    seconds = time.perf_counter() - began
    used = cpu_seconds(ours.pid("web")) - used
    to_last = [seconds * 1000 for seconds in turns.to_last]
    table.note_spread(case, subject, "turn to last tablet", to_last, "ms")
    table.note(case, subject, "turns", len(to_last), "turns")
    table.note(case, subject, "hub's longest pause, at most", pauses.longest_ms(), "ms")
    found = under_way.result() if under_way is not None else None
    if isinstance(found, Fetched):
        _note_fetched(table, case, subject, found, used - idle * seconds)
    if under_way is not None:
        before = table.value("nobody fetches", OURS, "turn to last tablet, p99")
        now = table.value(case, subject, "turn to last tablet, p99")
        table.note(case, subject, "p99, times the idle one", now / before, "times")
    return used / seconds


def _note_fetched(table: Table, case: str, subject: str, found: Fetched, used: float) -> None:
    if set(found.statuses) != {200}:
        raise RuntimeError(f"answers: {found.statuses}")
    seconds = found.last_at - found.first_at
    table.note(case, subject, "images a second", found.answers / seconds, "1/s")
    each = used / found.answers * 1000
    table.note(case, subject, "server's time for each, without the turns", each, "ms")
    table.note(case, subject, "image, median", percentile(sorted(found.took), 50) * 1000, "ms")
    table.note(case, subject, "kB an image", found.bytes / found.answers / 1000, "kB")
    if found.done:
        table.note(case, subject, "everybody has the paper after", seconds, "s")

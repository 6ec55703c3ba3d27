"""The log of 100,000 entries as the server keeps it: appends, proofs, the archive of all of it.

The room's tablets turn pages while the archive is made: it must not be felt.
"""

import io
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.hub import HubPauses
from bench.load.client import Client
from bench.load.crowd import Crowd
from bench.load.pacing import Turns
from bench.machine import ROOT
from bench.parts.votes_log import ENTRIES, note_check, note_spread
from bench.product import Product, Room, product
from bench.table import OURS, Table

TABLETS, ROUNDS = 200, 3
IDLE_TURNS, EVERY = 60, 0.1


def measure(table: Table) -> None:
    """About two minutes."""
    with product(TABLETS) as ours:
        room = ours.hall.rooms[str(TABLETS)]
        size = _lengthen(table, ours, room)
        _export(table, ours, room, f"{size:,} entries in the database")


def _lengthen(table: Table, ours: Product, room: Room) -> int:
    with tempfile.TemporaryDirectory() as folder:
        facts = Path(folder) / "facts.json"
        words = [str(ours.data), room.id, str(ENTRIES), str(facts)]
        subprocess.run([sys.executable, "-m", "bench.parts.long_log", *words], cwd=ROOT, check=True)
        found = json.loads(facts.read_text())
    for metric, seconds in found["seconds"].items():
        note_spread(table, f"{found['size']:,} entries in the database", metric, seconds)
    size: int = found["size"]
    return size


def _export(table: Table, ours: Product, room: Room, case: str) -> None:
    crowd = Crowd(ours.port)
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined()
    Turns(crowd, room).paced(IDLE_TURNS, 0)
    idle = Turns(crowd, room)
    idle.paced(IDLE_TURNS, EVERY)
    meanwhile = Turns(crowd, room)
    took: list[float] = []
    content = b""
    pauses = HubPauses(ours)
    for _ in range(ROUNDS):
        client = Client(ours, room.cookies[1])
        sent = client.send("GET", f"/meetings/{room.id}/vote-archive.zip")
        while not client.answered():
            meanwhile.paced(1, EVERY)
        took.append(time.perf_counter() - sent)
        status, content = client.answer()
        client.close()
        if status != 200:
            raise RuntimeError(f"no archive: {status} {content[:300]!r}")
    table.note(case, OURS, "archive made, longest", max(took), "s")
    table.note(case, OURS, "archive", len(content) / 1e6, "MB")
    table.note(case, OURS, "hub's longest pause meanwhile, at most", pauses.longest_ms(), "ms")
    for words, turns in (("before", idle), ("while it is made", meanwhile)):
        milliseconds = [seconds * 1000 for seconds in turns.to_last]
        table.note_spread(case, OURS, f"turn to last of {TABLETS}, {words}", milliseconds, "ms")
    crowd.leave()
    note_check(table, case, "with cryptography", io.BytesIO(content))

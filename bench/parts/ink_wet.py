"""50 people write for the whole room while its pages turn; 200 tablets receive.

The same hall turns pages alone first. Everything that every tablet hears is kept and compared
afterwards: the strokes with what their authors drew, on each tablet and on the server.
"""

import statistics
import time
from collections.abc import Sequence
from itertools import chain
from typing import Any

import msgspec

from bench.hub import HubPauses
from bench.load.arrivals import Arrivals
from bench.load.client import Client
from bench.load.crowd import Crowd
from bench.load.handwriting import HZ
from bench.load.writers import Writer, Written
from bench.machine import cpu_seconds
from bench.product import Product, Room
from bench.table import OURS, Table, percentile

TABLETS, WRITERS = 200, 50
PARTS = 4
"""Of a sixtieth of a second: not everybody's pen is read at the same moment."""
TURN_EVERY = 0.2
TIMEOUT = 60.0


class Sitting:
    """A crowd of tablets whose first one presents and whose next ones write."""

    def __init__(self, ours: Product, room: Room) -> None:
        self._ours, self._room = ours, room
        self._crowd = Crowd(ours.port)
        for cookie in room.cookies[:TABLETS]:
            self._crowd.arrive(cookie, room.id)
        self._crowd.until_joined(TIMEOUT)
        tablets = enumerate(self._crowd.tablets[1 : WRITERS + 1], start=1)
        self._writers = [Writer(self._crowd, tablet, room, number) for number, tablet in tablets]
        self._turned: list[float] = []
        self._latest = 0.0

    def hold(self, table: Table, case: str, idle: float, writing: float) -> None:
        """Turn pages for `idle` seconds, then write meanwhile for so many; note what was found."""
        self._run(2, [])
        alone = self._turns(self._measured(table, f"{case}, nobody writes", idle, []))
        for writer in self._writers:
            writer.connect()
        heard = self._measured(table, case, writing, self._writers)
        between = self._turns(heard)
        self._until_told(heard)
        for words, turns in (("nobody writes", alone), (f"{WRITERS} write", between)):
            table.note_spread(case, OURS, f"turn to last tablet, {words}", turns, "ms")
        ratio = percentile(sorted(between), 99) / percentile(sorted(alone), 99)
        table.note(case, OURS, "the same at p99, how many times", ratio, "x")
        _note_wet(table, case, heard, self._strokes())
        self._note_finished(table, case, heard)
        self._count_on_server(table, case)

    def leave(self) -> None:
        """Close everything."""
        for writer in self._writers:
            writer.leave()
        self._crowd.leave()

    def _measured(
        self, table: Table, case: str, seconds: float, writers: Sequence[Writer]
    ) -> Arrivals:
        """Run for a while; note what it cost server and load."""
        heard, pauses = Arrivals(self._crowd), HubPauses(self._ours)
        self._turned, self._latest = [], 0.0
        used, own, began = cpu_seconds(self._ours.pid("web")), time.process_time(), time.time()
        self._run(seconds, writers)
        took = time.time() - began
        used, own = cpu_seconds(self._ours.pid("web")) - used, time.process_time() - own
        table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")
        table.note(case, OURS, "processor time of web", used / took * 100, "%")
        table.note(case, OURS, "processor time of the load", own / took * 100, "%")
        table.note(case, OURS, "load at most late by", self._latest * 1000, "ms")
        table.note(case, OURS, "deliveries", heard.deliveries() / took, "1/s")
        table.note(case, OURS, "bytes delivered", heard.volume() / took / 1e6, "MB/s")
        return heard

    def _run(self, seconds: float, writers: Sequence[Writer]) -> None:
        """Turn pages, and write; until every stroke was answered."""
        began = time.perf_counter()
        count = int(seconds * HZ * PARTS)
        for tick in range(count):
            for writer in writers:
                moment, part = divmod(tick - writer.number, PARTS)
                # They begin one after the other, in the first second.
                if part == 0 and moment * len(writers) >= writer.number * HZ:
                    writer.move(moment)
            if tick % int(TURN_EVERY * HZ * PARTS) == 0:
                self._turn(tick)
            left = began + (tick + 1) / HZ / PARTS - time.perf_counter()
            self._latest = max(self._latest, -left)
            self._crowd.pass_time(max(left, 0.0002))
        for writer in writers:
            writer.lift()
        self._crowd.until(lambda: all(writer.done() for writer in writers), "all kept", TIMEOUT)
        self._crowd.pass_time(0.5)

    def _turn(self, tick: int) -> None:
        body = {
            "meeting_id": self._room.id,
            "document_id": self._room.document_id,
            "version": 1,
            "page": 1 + tick % self._room.pages,
        }
        self._turned.append(self._crowd.tablets[0].call("page.turn", body, _must_be_right))

    def _turns(self, heard: Arrivals) -> list[float]:
        """Milliseconds until the last tablet had each turn."""
        shown = [max(got.at) for _, got in heard.named("room.live") if heard.everywhere(got)]
        if len(shown) != len(self._turned):
            raise RuntimeError(f"{len(self._turned)} turns, {len(shown)} of them everywhere")
        return [(at - sent) * 1000 for at, sent in zip(shown, self._turned, strict=True)]

    def _strokes(self) -> dict[str, Written]:
        return dict(chain.from_iterable(writer.strokes.items() for writer in self._writers))

    def _until_told(self, heard: Arrivals) -> None:
        """The last event may be under way when its author has the answer."""

        def told() -> bool:
            return all(heard.everywhere(got) for _, got in heard.named("room.event"))

        self._crowd.until(told, "every tablet has every event", TIMEOUT)

    def _note_finished(self, table: Table, case: str, heard: Arrivals) -> None:
        """Hold what came to every tablet against what was drawn. Raises RuntimeError."""
        strokes, there, seqs = self._strokes(), dict[str, float](), []
        for packet, got in heard.named("room.event"):
            event = msgspec.json.decode(packet[2:])[1]
            seqs.append(event["seq"])
            for item in event["data"]["items"]:
                if item["geometry"] != {"strokes": [_plain(strokes[item["id"]])]}:
                    raise RuntimeError(f"another stroke arrived than was drawn: {item}")
                there[item["id"]] = max(got.at)
        if seqs != list(range(seqs[0], seqs[0] + len(seqs))):
            raise RuntimeError("events out of order, or a gap")
        if there.keys() != strokes.keys():
            raise RuntimeError(f"{len(there)} of {len(strokes)} strokes came to the tablets")
        kept = [(one.kept - one.lifted) * 1000 for one in strokes.values()]
        shown = [(there[one.id] - one.lifted) * 1000 for one in strokes.values()]
        waits = [wait * 1000 for writer in self._writers for wait in writer.waits]
        table.note(case, OURS, "strokes, all the author's on every tablet", len(there), "strokes")
        table.note(case, OURS, "room events", len(seqs), "events")
        table.note_spread(case, OURS, "POST of finished strokes", waits, "ms")
        table.note_spread(case, OURS, "pen up to kept", kept, "ms")
        table.note_spread(case, OURS, "pen up to the last tablet has all of it", shown, "ms")

    def _count_on_server(self, table: Table, case: str) -> None:
        """Ask as each author and as one who only reads. Raises RuntimeError: something is lost."""
        strokes, took = self._strokes(), []
        for number in (*(writer.number for writer in self._writers), WRITERS + 1):
            client = Client(self._ours, self._room.cookies[number])
            began = time.perf_counter()
            found = client.get(f"/documents/{self._room.document_id}/annotations")["items"]
            took.append((time.perf_counter() - began) * 1000)
            client.close()
            for item in found:
                if item["geometry"] != {"strokes": [_plain(strokes[item["id"]])]}:
                    raise RuntimeError(f"another stroke was kept than was drawn: {item}")
            if len(found) != len(strokes):
                raise RuntimeError(f"{len(found)} of {len(strokes)} strokes on the server")
        table.note(case, OURS, f"GET of them all, {len(took)} people in turn", max(took), "ms")


def _note_wet(table: Table, case: str, heard: Arrivals, strokes: dict[str, Written]) -> None:
    """How old each point is when half of the tablets, and when the last one, has it."""
    half: list[float] = []
    last: list[float] = []
    drawn = sum(len(one.points) for one in strokes.values())
    ticks = list(heard.named("room.tick"))
    for packet, got in ticks:
        middle, end = statistics.median(got.at), max(got.at)
        for ink in msgspec.json.decode(packet[2:])[1].get("ink", ()):
            one, start = strokes[ink["id"]], ink["from"]
            if _plain(one)[start : start + len(ink["points"])] != ink["points"]:
                raise RuntimeError(f"other wet points arrived than were drawn: {ink}")
            for made in one.made[start : start + len(ink["points"])]:
                half.append((middle - made) * 1000)
                last.append((end - made) * 1000)
    table.note_spread(case, OURS, "wet point to a tablet in the middle", half, "ms")
    table.note_spread(case, OURS, "wet point to the last tablet", last, "ms")
    table.note(case, OURS, "wet points that came in a tick", len(half) / drawn * 100, "%")
    sizes = [len(packet) for packet, _ in ticks]
    table.note(case, OURS, "size of a tick, median", statistics.median(sizes) / 1000, "kB")
    table.note(case, OURS, "ticks", len(ticks), "ticks")


def _plain(stroke: Written) -> list[Any]:
    """Its points as JSON gives them."""
    return [list(point) for point in stroke.points]


def _must_be_right(payload: bytes, _at: float) -> None:
    if b'"ok":true' not in payload:
        raise RuntimeError(payload[:300].decode())

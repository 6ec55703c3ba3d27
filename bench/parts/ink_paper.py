"""A paper of 300 pages with 5,000 annotations: read whole, and taken away as a PDF with all of them
in it, while the room's pages turn."""

import tempfile
import time
from pathlib import Path

from bench.hub import HubPauses
from bench.load.asker import Answered, Asker
from bench.load.client import Client
from bench.load.crowd import Crowd
from bench.load.handwriting import strokes
from bench.load.pacing import Turns
from bench.load.writers import drawn
from bench.machine import first
from bench.papers import paper
from bench.product import Product, Room
from bench.table import OURS, Table

PAGES, ANNOTATIONS, AUTHORS = 300, 5_000, 50
READS, EXPORTS, EVERY, IDLE_TURNS = 10, 3, 0.05, 200
TIMEOUT = 180.0


def measure(table: Table, ours: Product, room: Room) -> None:
    """Prepare the paper, then read it as a member."""
    case = f"{ANNOTATIONS:,} annotations on {PAGES} pages"
    document_id = _paper(ours, room)
    _write(ours, room, document_id)
    # The reader is a process that does not go first: it would keep the crowd from its tablets.
    with Asker(ours.port, room.cookies[AUTHORS + 1]) as reader, first(ours.pid("web")):
        _measure(table, case, ours, room, document_id, reader)


def _measure(
    table: Table, case: str, ours: Product, room: Room, document_id: str, reader: Asker
) -> None:
    crowd = Crowd(ours.port)
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(TIMEOUT)
    Turns(crowd, room).paced(40, EVERY)
    idle = Turns(crowd, room)
    idle.paced(IDLE_TURNS, EVERY)
    _note_turns(table, case, "nobody reads", idle)
    paths = {
        "GET of them all": (f"/documents/{document_id}/annotations", READS),
        "PDF with them": (
            f"/documents/{document_id}/versions/1/annotated.pdf?audience=all",
            EXPORTS,
        ),
    }
    for words, (path, times) in paths.items():
        meanwhile, pauses = Turns(crowd, room), HubPauses(ours)
        asking = reader.get(path, times)
        while not asking.done():
            meanwhile.paced(1, EVERY)
        _note_answers(table, case, words, asking.result())
        table.note(case, OURS, f"{words}: hub's longest pause, at most", pauses.longest_ms(), "ms")
        _note_turns(table, case, words, meanwhile)
    crowd.leave()


def _note_answers(table: Table, case: str, words: str, answers: list[Answered]) -> None:
    if {answer.status for answer in answers} != {200}:
        raise RuntimeError(f"{words}: {answers}")
    table.note_rounds(case, OURS, words, [one.seconds for one in answers], "s")
    table.note(case, OURS, f"{words}: size", answers[0].bytes / 1e6, "MB")


def _note_turns(table: Table, case: str, words: str, turns: Turns) -> None:
    milliseconds = [seconds * 1000 for seconds in turns.to_last]
    table.note_spread(case, OURS, f"turn to last tablet, {words}", milliseconds, "ms")


def _paper(ours: Product, room: Room) -> str:
    """Upload the paper, wait until all its pages are drawn, and show it to the room."""
    client = Client(ours, room.cookies[0])
    with tempfile.TemporaryDirectory() as folder:
        content = paper(Path(folder), PAGES).read_bytes()
    path = f"/agenda-items/{room.item_id}/documents"
    document_id = client.upload(path, f"{PAGES}-pages.pdf", content)
    deadline = time.monotonic() + TIMEOUT
    while client.get(f"/documents/{document_id}")["versions"][0]["status"] == "processing":
        if time.monotonic() > deadline:
            raise TimeoutError("the paper is not drawn")
        time.sleep(0.2)
    client.post(f"/documents/{document_id}/publish")
    client.close()
    ours.until_quiet()
    return document_id


def _write(ours: Product, room: Room, document_id: str) -> None:
    each = ANNOTATIONS // AUTHORS
    for author in range(1, AUTHORS + 1):
        client = Client(ours, room.cookies[author])
        items = [
            drawn(
                f"full-{author:03}-{place:09}",
                1 + (place * AUTHORS + author) % PAGES,
                points,
                "meeting",
            )
            for place, points in enumerate(strokes(author, each))
        ]
        client.post(f"/documents/{document_id}/annotations/batch", items=items)
        client.close()

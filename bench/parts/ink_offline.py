"""Strokes written without a network: one person comes back and sends 200 of them.

In batches of 50 over one connection, one after the other, as the outbox does, while the room's
tablets are there. Timed until the last answer, and until the last tablet has all of them.
"""

import json
import time
from functools import partial

from bench.hub import HubPauses
from bench.load.arrivals import Arrivals
from bench.load.crowd import Crowd
from bench.load.handwriting import strokes
from bench.load.person import Person
from bench.load.writers import MOST_AT_ONCE, drawn
from bench.product import Product, Room
from bench.table import OURS, Table

STROKES, ROUNDS = 200, 5
TIMEOUT = 60.0


def measure(table: Table, ours: Product, room: Room, disk: str) -> None:
    """Private ones, then ones for the room."""
    crowd = Crowd(ours.port)
    for cookie in room.cookies:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(TIMEOUT)
    for audience in ("private", "meeting"):
        case = f"{STROKES} strokes written offline, {audience}, {disk}"
        heard, pauses = Arrivals(crowd), HubPauses(ours)
        kept, told = [], []
        for number in range(ROUNDS):
            began = time.perf_counter()
            kept.append(_send(crowd, room, audience, number) - began)
            if audience == "meeting":
                crowd.until(partial(_everywhere, heard), "every tablet has them", TIMEOUT)
                told.append(max(max(got.at) for _, got in heard.named("room.event")) - began)
            heard = Arrivals(crowd)
            crowd.pass_time(0.5)
        table.note_rounds(case, OURS, "until the last answer", kept, "s")
        if told:
            table.note_rounds(case, OURS, "until the last tablet has the last", told, "s")
        table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")
    crowd.leave()


def _send(crowd: Crowd, room: Room, audience: str, number: int) -> float:
    """Send them; answers when the last answer was read."""
    person = Person(crowd.port, room.cookies[number + 1])
    person.connect()
    person.learn_token()
    written = [
        drawn(f"off-{audience}-{number}-{place:05}", 1 + place % room.pages, points, audience)
        for place, points in enumerate(strokes(number, STROKES))
    ]
    answered: list[bool] = []

    def read() -> None:
        if person.read():
            answered.append(True)

    crowd.watch(person.descriptor(), read)
    for start in range(0, STROKES, MOST_AT_ONCE):
        batch = written[start : start + MOST_AT_ONCE]
        answered.clear()
        body = json.dumps({"items": batch}).encode()
        key = f"Idempotency-Key: {batch[0]['id']}\r\n"
        path = f"/documents/{room.document_id}/annotations/batch"
        person.send(person.request("POST", path, body, key))
        crowd.until(lambda: bool(answered), "a batch is kept", TIMEOUT)
        status, said = person.told()
        if status != 201 or len(said["items"]) != len(batch):
            raise RuntimeError(f"strokes refused: {status} {said}")
    crowd.forget(person.descriptor())
    person.close()
    return person.got_at


def _everywhere(heard: Arrivals) -> bool:
    """Whether every tablet has every batch of a person."""
    events = [got for _, got in heard.named("room.event")]
    return len(events) * MOST_AT_ONCE == STROKES and all(map(heard.everywhere, events))

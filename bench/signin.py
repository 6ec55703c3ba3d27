"""signin: 200 people sign in at once from one address, while a room of 50 turns its pages.

The page turns are timed before and meanwhile: hashing passwords must not be felt in the room.
The server has both cores here, for hashing is meant to take the one that turning leaves free.
"""

import json
import time
from concurrent.futures import Future, ProcessPoolExecutor
from http.client import HTTPConnection
from multiprocessing import get_context
from threading import Barrier, Thread

from bench.crowd import Crowd
from bench.hub import HubPauses
from bench.machine import LOAD_CORE, SERVER_CORE
from bench.pacing import Turns
from bench.product import PASSWORD, Product, product
from bench.table import OURS, Table

PEOPLE, ROOM, ROUNDS = 200, 50, 3
EVERY, IDLE_TURNS = 0.1, 150
TIMEOUT = 60.0


def run() -> Table:
    """About a minute."""
    table = Table("signin")
    with (
        product(ROOM, PEOPLE, cores=(SERVER_CORE, LOAD_CORE)) as ours,
        ProcessPoolExecutor(1, get_context("spawn")) as crowd_of_people,
    ):
        room = ours.hall.rooms[str(ROOM)]
        crowd = Crowd(ours.port)
        for cookie in room.cookies:
            crowd.arrive(cookie, room.id)
        crowd.until_joined()
        Turns(crowd, room).paced(100, 0)
        idle = Turns(crowd, room)
        idle.paced(IDLE_TURNS, EVERY)
        meanwhile = Turns(crowd, room)
        for number in range(1, ROUNDS + 1):
            _round(table, ours, f"round {number}", meanwhile, crowd_of_people)
        crowd.leave()
    for case, turns in (("nobody signs in", idle), ("200 sign in", meanwhile)):
        milliseconds = [seconds * 1000 for seconds in turns.to_last]
        table.note_spread(case, OURS, f"turn to last of {ROOM}", milliseconds, "ms")
    return table


def _round(
    table: Table, ours: Product, case: str, turns: Turns, people: ProcessPoolExecutor
) -> None:
    pauses = HubPauses(ours)
    done: Future[tuple[list[float], list[str]]] = people.submit(
        sign_in_all, ours.port, ours.hall.usernames[:PEOPLE]
    )
    while not done.done():
        turns.paced(1, EVERY)
    seconds, refused = done.result()
    case = f"{PEOPLE} sign in, {case}"
    table.note(case, OURS, "succeeded at the first try", len(seconds), "people")
    table.note(case, OURS, "refused", len(refused), "people")
    table.note(case, OURS, "last is signed in", max(seconds), "s")
    table.note(case, OURS, "hub's longest pause, at most", pauses.longest_ms(), "ms")


def sign_in_all(port: int, usernames: list[str]) -> tuple[list[float], list[str]]:
    """Everybody at the same moment; seconds of those who got in, and what the others were told."""
    seconds: list[float] = []
    refused: list[str] = []
    group_commit = Barrier(len(usernames))

    def one(username: str) -> None:
        connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
        body = json.dumps({"username": username, "password": PASSWORD})
        group_commit.wait()
        began = time.perf_counter()
        connection.request("POST", "/api/v1/session", body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status == 200:
            seconds.append(time.perf_counter() - began)
        else:
            refused.append(content.decode()[:200])
        connection.close()

    threads = [Thread(target=one, args=(username,)) for username in usernames]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seconds, refused

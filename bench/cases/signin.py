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

from bench.hub import HubPauses
from bench.load.crowd import Crowd
from bench.load.pacing import Turns
from bench.machine import LOAD_CORE, SERVER_CORE
from bench.product import PASSWORD, Product, product
from bench.table import OURS, Table

PEOPLE, ROOM, ROUNDS = 200, 50, 3
EVERY, IDLE_TURNS = 0.1, 150
TIMEOUT = 60.0
GUESSES, RIGHT = 300, 23
GUESSER, ELSEWHERE = "127.0.0.2", "127.0.0.3"
GUESSING_FIRST = 1.0
"""Seconds from the first wrong passwords to the first right ones."""


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
        _guessing(table, ours)
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


def _guessing(table: Table, ours: Product) -> None:
    """Wrong passwords from one address are under way; people sign in from elsewhere."""
    names = [f"nobody{number}" for number in range(GUESSES)]
    with ProcessPoolExecutor(1, get_context("spawn")) as guessing:
        guessing.submit(time.sleep, 0).result()
        guessed = guessing.submit(sign_in_all, ours.port, names, GUESSER, "wrong")
        time.sleep(GUESSING_FIRST)
        seconds, refused = sign_in_all(ours.port, ours.hall.usernames[-RIGHT:], ELSEWHERE)
        still = not guessed.done()
        guessed.result()
    case = f"{GUESSES} wrong passwords from one address under way"
    table.note(case, OURS, "still under way at the end", int(still), "")
    table.note(case, OURS, "signed in from elsewhere", len(seconds), f"of {RIGHT}")
    table.note(case, OURS, "refused", len(refused), "people")
    table.note(case, OURS, "last is signed in", max(seconds, default=TIMEOUT), "s")


def sign_in_all(
    port: int, usernames: list[str], address: str = "127.0.0.1", password: str = PASSWORD
) -> tuple[list[float], list[str]]:
    """Everybody at the same moment; seconds of those who got in, and what the others were told."""
    seconds: list[float] = []
    refused: list[str] = []
    barrier = Barrier(len(usernames))

    def one(username: str) -> None:
        connection = HTTPConnection("127.0.0.1", port, TIMEOUT, source_address=(address, 0))
        body = json.dumps({"username": username, "password": password})
        barrier.wait()
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

"""Somebody who asks for the same thing a few times, in a process of their own.

The crowd goes on meanwhile: an answer of megabytes must not keep the load from its tablets.
"""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from bench.person import Person

REST = 0.3
"""Seconds between two questions: the kernel holds back a real-time server that never rests."""


@dataclass(frozen=True)
class Answered:
    """One answer: seconds until its last byte, and its size."""

    seconds: float
    status: int
    bytes: int


class Asker:
    """One signed-in person."""

    def __init__(self, port: int, cookie: str) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._who = port, cookie
        self._process.submit(time.sleep, 0).result()

    def get(self, path: str, times: int) -> "Future[list[Answered]]":
        """Ask one after the other, over one connection."""
        return self._process.submit(_get, *self._who, path, times)

    def leave(self) -> None:
        """End the process."""
        self._process.shutdown()


@contextmanager
def asker(port: int, cookie: str) -> Iterator[Asker]:
    """An asker; gone with the block."""
    somebody = Asker(port, cookie)
    try:
        yield somebody
    finally:
        somebody.leave()


def _get(port: int, cookie: str, path: str, times: int) -> list[Answered]:
    person = Person(port, cookie)
    person.connect()
    found = []
    for _ in range(times):
        time.sleep(REST)
        person.send(person.request("GET", path))
        while not person.read():
            pass
        head, _, body = person.answer.partition(b"\r\n\r\n")
        status = int(head.split(b" ", 2)[1])
        found.append(Answered(person.got_at - person.sent_at, status, len(body)))
    person.close()
    return found

"""Somebody who asks for the same thing a few times, in a process of their own.

The crowd goes on meanwhile: an answer of megabytes must not keep the load from its tablets.
"""

import time
from concurrent.futures import Future
from dataclasses import dataclass

from bench.load.own_process import InOwnProcess
from bench.load.person import Person

REST = 0.3
"""Seconds between two questions: the kernel holds back a real-time server that never rests."""


@dataclass(frozen=True)
class Answered:
    """One answer: seconds until its last byte, and its size."""

    seconds: float
    status: int
    bytes: int


class Asker(InOwnProcess):
    """One signed-in person."""

    def get(self, path: str, times: int) -> "Future[list[Answered]]":
        """Ask one after the other, over one connection."""
        return self._do(_get, path, times)


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

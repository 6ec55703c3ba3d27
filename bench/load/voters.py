"""500 people with a ballot in their hand: plain HTTP over epoll, in a process of its own.

Each has a kept-alive connection, the cookie and the CSRF token of a real sign-in, and a key that
makes a repeat harmless. All requests are written at one moment; receipt is stamped after the read.
"""

import contextlib
import json
import select
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from bench.load.person import Person

TIMEOUT = 120.0


@dataclass(frozen=True)
class Sent:
    """What came of one ballot. Moments by perf_counter, which all processes share."""

    sent: float
    received: float
    status: int
    log_index: int | None


class Voters:
    """The people of a room, in a process of their own."""

    def __init__(self, port: int, cookies: list[str]) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._process.submit(_learn, port, cookies).result()

    def come(self) -> None:
        """Connect anew, and use each connection once: what was kept alive before may be closed."""
        self._process.submit(_come).result()

    def vote(self, poll_id: str, choices: list[str], *, anew: bool) -> "Future[list[Sent]]":
        """Everybody sends at one moment, anew: over a connection that is opened for it."""
        return self._process.submit(_vote, poll_id, choices, anew)

    def leave(self) -> None:
        """End the process."""
        self._process.shutdown()


@contextlib.contextmanager
def voters(port: int, cookies: list[str]) -> Iterator[Voters]:
    """Voters who know their CSRF tokens; gone with the block."""
    people = Voters(port, cookies)
    try:
        yield people
    finally:
        people.leave()


_people: list[Person] = []


def _learn(port: int, cookies: list[str]) -> None:
    """In the voters' process: who they are, and their tokens."""
    _people[:] = [Person(port, cookie) for cookie in cookies]
    _come()


def _come() -> None:
    for person in _people:
        person.connect()
    _all_send(lambda person: person.request("GET", "/session"), in_a_row=8)
    for person in _people:
        person.take_token()


def _vote(poll_id: str, choices: list[str], anew: bool) -> list[Sent]:
    ready = {
        person: person.request(
            "POST",
            f"/polls/{poll_id}/ballots",
            json.dumps({"choice": choice}).encode(),
            f"Idempotency-Key: {poll_id[:20]}-ballot\r\n",
        )
        for person, choice in zip(_people, choices, strict=True)
    }
    _all_send(ready.__getitem__, in_a_row=len(_people), anew=anew)
    return [_sent(person) for person in _people]


def _sent(person: Person) -> Sent:
    status, body = person.told()
    receipt = body.get("receipt")
    index = receipt["log_index"] if isinstance(receipt, dict) else None
    return Sent(person.sent_at, person.got_at, status, index)


def _all_send(request: Callable[[Person], bytes], in_a_row: int, *, anew: bool = False) -> None:
    """Send for everybody, `in_a_row` at a time waiting for their answers, and wait for all."""
    poll = select.epoll()
    waiting: dict[int, Person] = {}
    to_come = list(reversed(_people))
    deadline = time.perf_counter() + TIMEOUT
    while to_come or waiting:
        while to_come and len(waiting) < in_a_row:
            person = to_come.pop()
            person.send(request(person), anew=anew)
            descriptor = person.descriptor()
            waiting[descriptor] = person
            poll.register(descriptor, select.EPOLLIN)
        for descriptor, _ in poll.poll(1.0):
            if waiting[descriptor].read():
                poll.unregister(descriptor)
                del waiting[descriptor]
        if time.perf_counter() > deadline:
            raise TimeoutError(f"{len(waiting)} voters have no answer")
    poll.close()

"""People who send ordinary requests in a loop: plain HTTP over epoll, in a process of its own.

Each person has one kept-alive connection and one request at a time.
"""

import contextlib
import heapq
import random
import select
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context

from bench.load.person import Person


@dataclass(frozen=True)
class Ask:
    """One request of the loop under /api/v1. name: of its row in the table."""

    name: str
    method: str
    path: str
    body: bytes = b""


@dataclass(frozen=True)
class Plan:
    """What everybody does. Times in seconds.

    asks: in order, again and again. thought: the least and the longest pause after the last of
    them. people: how many take part. times: of the whole loop, at most. seconds: at most.
    """

    asks: Sequence[Ask]
    thought: tuple[float, float] = (0.0, 0.0)
    people: int = 90
    times: int = 1_000_000
    seconds: float = 60.0


@dataclass
class Answers:
    """What came of a plan: seconds of each answer by name, and the time that all of it took."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    seconds: float = 0.0

    @property
    def count(self) -> int:
        return sum(map(len, self.took.values()))


class RequestLoop:
    """Signed-in people by their cookies, in a process of their own."""

    def __init__(self, port: int, cookies: Sequence[str]) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._process.submit(_meet, port, list(cookies)).result()

    def come(self) -> None:
        """Connect anew: what was kept alive before may be closed."""
        self._process.submit(_come).result()

    def run(self, plan: Plan) -> "Future[Answers]":
        """Everybody acts by the plan. Raises RuntimeError for an answer that is no success."""
        return self._process.submit(_run, plan)

    def leave(self) -> None:
        """End the process."""
        self._process.shutdown()


@contextlib.contextmanager
def request_loop(port: int, cookies: Sequence[str]) -> Iterator[RequestLoop]:
    """People who know their CSRF tokens; gone with the block. No cookies: nobody signs in."""
    people = RequestLoop(port, cookies)
    try:
        yield people
    finally:
        people.leave()


_people: list[Person] = []


def _meet(port: int, cookies: list[str]) -> None:
    _people[:] = [Person(port, cookie) for cookie in cookies]
    _come()
    for person in _people:
        if person.cookie:
            person.learn_token()


def _come() -> None:
    for person in _people:
        person.connect()


class _Looping:
    """One person on the way through the plan."""

    def __init__(self, person: Person, plan: Plan) -> None:
        self.person = person
        self._requests = [
            (ask.name, person.request(ask.method, ask.path, ask.body)) for ask in plan.asks
        ]
        self._plan = plan
        self._at = 0

    @property
    def name(self) -> str:
        """Of the request that is sent next, or was sent last."""
        return self._requests[self._at % len(self._requests)][0]

    def send(self) -> None:
        self.person.send(self._requests[self._at % len(self._requests)][1])

    def pause(self) -> float | None:
        """After an answer: seconds until the next request; None when the person is done."""
        self._at += 1
        loops, within = divmod(self._at, len(self._requests))
        if within:
            return 0.0
        return random.uniform(*self._plan.thought) if loops < self._plan.times else None


def _run(plan: Plan) -> Answers:
    found = Answers()
    due: list[tuple[float, int, _Looping]] = []
    began = time.perf_counter()
    for number, person in enumerate(_people[: plan.people]):
        begins = began + random.uniform(0.0, plan.thought[1])
        heapq.heappush(due, (begins, number, _Looping(person, plan)))
    waiting: dict[int, tuple[int, _Looping]] = {}
    poll = select.epoll()
    try:
        while due or waiting:
            now = time.perf_counter()
            if now - began > plan.seconds:
                due.clear()  # Answers under way are still taken: connections are used again.
            while due and due[0][0] <= now:
                _, number, looping = heapq.heappop(due)
                looping.send()
                waiting[looping.person.descriptor()] = number, looping
                poll.register(looping.person.descriptor(), select.EPOLLIN)
            for descriptor, _ in poll.poll(0.002, 64):
                number, looping = waiting[descriptor]
                if not looping.person.read():
                    continue
                _take(found, looping)
                poll.unregister(descriptor)
                del waiting[descriptor]
                pause = looping.pause()
                if pause is not None:
                    heapq.heappush(due, (looping.person.got_at + pause, number, looping))
    finally:
        poll.close()
    found.seconds = time.perf_counter() - began
    return found


def _take(found: Answers, looping: _Looping) -> None:
    person = looping.person
    status = bytes(person.answer[9:12])
    if not status.startswith(b"2"):
        raise RuntimeError(f"{looping.name}: {bytes(person.answer[:600])!r}")
    found.took[looping.name].append(person.got_at - person.sent_at)

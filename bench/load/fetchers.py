"""Tablets that fetch a paper's images ahead: plain HTTP over epoll, in a process of its own.

Each holds a few kept-alive connections and asks for the next page on whichever is free, as the
viewer's prefetch does. Bodies are counted, not kept. The process stands back behind the crowd whose
turns are timed: real tablets do not share a core with each other.
"""

import heapq
import os
import random
import re
import select
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context

BEHIND = 10
"""How much nicer than the crowd."""
_HEAD = re.compile(rb"^HTTP/1\.1 (\d+).*?^content-length: (\d+)\r$", re.I | re.M | re.S)


@dataclass(frozen=True)
class Plan:
    """What each tablet fetches. paths: under the prefix, in order. Times in seconds.

    encoding: of the answers that the tablet accepts.

    within: over which the tablets begin, by chance. rest: of a connection after each answer, in the
    middle, up to half shorter or longer. seconds: for how long at most.
    """

    paths: Sequence[str]
    connections: int = 2
    within: float = 1.5
    rest: float = 0.0
    seconds: float = 60.0
    prefix: str = "/api/v1"
    encoding: str = "identity"


@dataclass
class Fetched:
    """What came of it. took: seconds of each answer from its request; done: all had everything.
    first_at, last_at: of the first request and the last answer, by perf_counter."""

    answers: int = 0
    bytes: int = 0
    done: bool = False
    first_at: float = 0.0
    last_at: float = 0.0
    took: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)


class Fetchers:
    """Signed-in people by their cookies, in a process of their own."""

    def __init__(self, port: int, cookies: Sequence[str]) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._who = port, list(cookies)
        self._process.submit(os.nice, BEHIND).result()

    def fetch(self, plan: Plan) -> "Future[Fetched]":
        """Everybody fetches by the plan."""
        return self._process.submit(_fetch, *self._who, plan)

    def leave(self) -> None:
        """End the process."""
        self._process.shutdown()


@contextmanager
def fetchers(port: int, cookies: Sequence[str]) -> Iterator[Fetchers]:
    """Fetchers; gone with the block."""
    people = Fetchers(port, cookies)
    try:
        yield people
    finally:
        people.leave()


class _Connection:
    """One connection of a tablet, and the answer under way on it."""

    def __init__(self, tablet: "_Tablet", port: int) -> None:
        self.tablet = tablet
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sent_at = 0.0
        self._head = b""
        self._left = -1
        self.status = self.size = 0

    def ask(self, request: bytes) -> None:
        self._head, self._left = b"", -1
        self.sent_at = time.perf_counter()
        self.socket.sendall(request)

    def read(self, buffer: memoryview) -> bool:
        """Take what has come; True when the answer is whole."""
        count = self.socket.recv_into(buffer)
        if not count:
            raise ConnectionError("the server hung up on a fetcher")
        if self._left < 0:
            self._head += bytes(buffer[:count])
            end = self._head.find(b"\r\n\r\n") + 4
            if end < 4:
                return False
            found = _HEAD.match(self._head)
            if found is None:
                raise ValueError(self._head[:300].decode(errors="replace"))
            self.status, self.size = int(found[1]), int(found[2])
            self._left = self.size + end - len(self._head)
        else:
            self._left -= count
        return self._left == 0


class _Tablet:
    """What one tablet still has to ask for."""

    def __init__(self, port: int, cookie: str, plan: Plan) -> None:
        self._prefix = plan.prefix
        self._head = (
            f"HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
            f"Accept-Encoding: {plan.encoding}\r\n\r\n"
        )
        self._next = iter(plan.paths)
        self.connections = [_Connection(self, port) for _ in range(plan.connections)]

    def ask(self, connection: _Connection) -> bool:
        """Ask for the next one; False: there is none."""
        path = next(self._next, None)
        if path is None:
            return False
        connection.ask(f"GET {self._prefix}{path} {self._head}".encode())
        return True


def _fetch(port: int, cookies: list[str], plan: Plan) -> Fetched:
    return _Fetching(port, cookies, plan).done()


class _Fetching:
    """One plan being carried out."""

    def __init__(self, port: int, cookies: list[str], plan: Plan) -> None:
        self._plan = plan
        self._found, self._poll = Fetched(), select.epoll()
        self._buffer = memoryview(bytearray(1 << 18))
        self._waiting: dict[int, _Connection] = {}
        self._due: list[tuple[float, int, _Connection]] = []
        tablets = [_Tablet(port, cookie, plan) for cookie in cookies]
        self._connections = [one for tablet in tablets for one in tablet.connections]
        for tablet in tablets:
            begins = random.uniform(0, plan.within)
            for connection in tablet.connections:
                self._ask_at(time.perf_counter() + begins, connection)

    def done(self) -> Fetched:
        """Fetch until all have everything, or the time is over."""
        found, began = self._found, time.perf_counter()
        found.first_at = began + self._plan.seconds
        while (self._due or self._waiting) and time.perf_counter() - began < self._plan.seconds:
            while self._due and self._due[0][0] <= time.perf_counter():
                self._ask(heapq.heappop(self._due)[2])
            for descriptor, _ in self._poll.poll(0.005, 64):
                self._read(descriptor)
        found.done = not (self._due or self._waiting)
        for connection in self._connections:
            connection.socket.close()
        self._poll.close()
        return found

    def _ask_at(self, moment: float, connection: _Connection) -> None:
        heapq.heappush(self._due, (moment, connection.socket.fileno(), connection))

    def _ask(self, connection: _Connection) -> None:
        if connection.tablet.ask(connection):
            self._waiting[connection.socket.fileno()] = connection
            self._poll.register(connection.socket.fileno(), select.EPOLLIN)

    def _read(self, descriptor: int) -> None:
        connection = self._waiting[descriptor]
        if not connection.read(self._buffer):
            return
        _note(self._found, connection)
        self._poll.unregister(descriptor)
        del self._waiting[descriptor]
        if self._plan.rest:
            rest = self._plan.rest * random.uniform(0.5, 1.5)
            self._ask_at(time.perf_counter() + rest, connection)
        else:
            self._ask(connection)


def _note(found: Fetched, connection: _Connection) -> None:
    found.last_at = time.perf_counter()
    found.first_at = min(found.first_at, connection.sent_at)
    found.answers += 1
    found.bytes += connection.size
    found.took.append(found.last_at - connection.sent_at)
    found.statuses[connection.status] = found.statuses.get(connection.status, 0) + 1

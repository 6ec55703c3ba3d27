"""Read and write timeouts and rate limits of client connections.

Server libraries time out single operations; a client that sends one byte a second passes them all.
The reader and writer here wrap the socket and limit totals instead: a deadline for the request
line and headers together, a minimum rate for bodies and responses. Both servers (eventlet and
threading) use them.
"""

import io
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

YIELD_AFTER_BYTES = 256 * 1024
"""Bytes in a row after which a reader or writer yields to other green threads."""
FRAMES_AT_ONCE = 200
FRAMES_A_SECOND = 200
"""Limits of one WebSocket: a moving pen and pointer send 120; a joining client, a dozen at once."""
FRAME_BYTES = 4 * 1024
"""Bytes of a frame that count as one frame more: 800 kB a second."""
WORK_AT_ONCE = 0.5
WORK_SHARE = 0.5
"""Burst in seconds, and share of each second, that handling one WebSocket's frames may take."""
LONGEST_WORK = 0.05
"""Maximum time charged for one frame: the rest of a longer response was waiting, not work."""


@dataclass(frozen=True)
class ConnectionLimits:
    """Limits of client connections; times in seconds, sizes in bytes."""

    max_connections: int = 20_000
    most_waiting: int = 3_000
    """Connections of one network that wait for a request: it may be a hall behind one router, whose
    browsers keep six each. Never more than half of all; 0: any, where a proxy has all clients."""
    keep_alive: float = 15.0
    """Timeout of an idle connection, extended by up to a fifth to spread the closing."""
    head_deadline: float = 10.0
    """From the first byte of a request to the end of its headers."""
    line_bytes: int = 8192
    """Maximum length of the request line."""
    body_stall: float = 15.0
    """Longest pause inside a body or a response."""
    body_grace: float = 10.0
    """Wait that every body or response may use before the minimum rate applies."""
    body_floor: int = 8 * 1024
    """Minimum rate in bytes per second of waiting for the client."""
    body_total: float = 3600.0
    """Maximum total wait for one body or response."""
    drain_bytes: int = 32 * 1024 * 1024
    """Bytes of an unread body that are discarded so that the client can read a refusal."""
    stop_grace: float = 5.0
    """Time that running requests have when the server stops."""


class TransferRate:
    """Accumulates the time waited for one client and the bytes moved meanwhile."""

    def __init__(self, limits: ConnectionLimits) -> None:
        self._limits = limits
        self._waited = 0.0
        self._moved = 0
        self._given_up = False

    def timeout(self) -> float:
        """Return the next operation's timeout in seconds. Raises: TimeoutError when it is 0."""
        limits = self._limits
        earned = limits.body_grace + self._moved / limits.body_floor
        left = min(earned, limits.body_total) - self._waited
        if self._given_up or left <= 0:
            raise TimeoutError("the client is too slow")
        return min(left, limits.body_stall)

    def account(self, waited: float, moved: int) -> None:
        """Record an operation that took `waited` seconds and moved `moved` bytes."""
        self._waited += waited
        self._moved += moved

    def give_up(self) -> None:
        """After an operation timed out: make every later one time out at once."""
        self._given_up = True


class FrameRateLimit:
    """Rate limit of one WebSocket's frames, so that a flood does not block the event loop.

    Reading pauses when the client has used more frames or work than its budget, which refills over
    time; further frames then wait in the client's socket.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._frames = float(FRAMES_AT_ONCE)
        self._work = WORK_AT_ONCE
        self._asked = self._read = clock()

    def rest(self) -> float:
        """Return the seconds to wait before reading the next frame; usually 0."""
        now = self._clock()
        since, self._asked = now - self._asked, now
        worked = min(now - self._read, LONGEST_WORK)
        self._frames = min(FRAMES_AT_ONCE, self._frames + since * FRAMES_A_SECOND) - 1
        self._work = min(WORK_AT_ONCE, self._work + since * WORK_SHARE) - worked
        return max(0.0, -self._frames / FRAMES_A_SECOND, -self._work / WORK_SHARE)

    def frame_read(self, size: int = 0) -> None:
        """Record that a frame of `size` bytes was read; the time until `rest` counts as work on
        it, and a large frame as several."""
        self._read = self._clock()
        self._frames -= size / FRAME_BYTES


class Socket(Protocol):
    """The part of a socket that this module uses, native or green."""

    def settimeout(self, seconds: float | None, /) -> None: ...

    def recv_into(self, buffer: Any, /) -> int: ...

    def send(self, data: Any, /) -> int: ...


def _never() -> bool:
    return False


def _at_once(_seconds: float) -> None:
    """Default no-op: reading itself waits for the client."""


class TimedReader(io.RawIOBase):
    """Reads a client's requests from its socket; wrap it in `io.BufferedReader`.

    `yield_control` is called after every `YIELD_AFTER_BYTES`, so that a fast client does not block
    the event loop. `await_turn(seconds)` waits until the socket is readable and its request is
    scheduled, or raises TimeoutError.
    """

    def __init__(
        self,
        sock: Socket,
        limits: ConnectionLimits,
        yield_control: Callable[[], None],
        await_turn: Callable[[float], None] = _at_once,
    ) -> None:
        self._sock = sock
        self._limits = limits
        self._yield_control = yield_control
        self._await_turn = await_turn
        self._deadline: float | None = None
        self._rate: TransferRate | None = None
        self._answered: Callable[[], bool] = _never
        self._since_yield = 0
        self._drained = 0
        self.in_head = False
        """Whether part of a request line or of headers has been received."""

    def readable(self) -> bool:
        return True

    def expect_request(self) -> None:
        """Between requests: apply the keep-alive timeout until the next first byte."""
        idle = self._limits.keep_alive * random.uniform(1.0, 1.2)  # noqa: S311 - spreads closing
        self._deadline = time.monotonic() + idle
        self._rate = None
        self.in_head = False

    def expect_body(self, answered: Callable[[], bool] = _never) -> None:
        """Apply the body limits. `answered()`: whether the rest of the body is discarded."""
        self._rate = TransferRate(self._limits)
        self._answered = answered
        self._drained = 0
        self.in_head = False

    def end_of_requests(self) -> None:
        """Drop the reference to the last body, which refers to this reader."""
        self._answered = _never

    def readinto(self, buffer: Any, /) -> int:
        if self._rate is None:
            return self._read_head(buffer)
        return self._read_body(self._rate, buffer)

    def _read_head(self, buffer: Any) -> int:
        if not self.in_head:
            self._await_turn(self._left())
        self._sock.settimeout(self._left())
        count = self._sock.recv_into(buffer)
        if count and not self.in_head:
            self.in_head = True
            self._deadline = time.monotonic() + self._limits.head_deadline
        return count

    def _left(self) -> float:
        """Return the seconds until the deadline. Raises: TimeoutError."""
        left = (self._deadline or 0.0) - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request did not come in time")
        return left

    def _read_body(self, rate: TransferRate, buffer: Any) -> int:
        self._sock.settimeout(rate.timeout())
        started = time.monotonic()
        count = 0
        try:
            count = self._sock.recv_into(buffer)
        except TimeoutError:
            rate.give_up()
            raise
        finally:
            rate.account(time.monotonic() - started, count)
        if self._answered():
            self._drained += count
            if self._drained > self._limits.drain_bytes:
                raise ConnectionAbortedError("the rest of the body is not wanted")
        self._since_yield += count
        if self._since_yield >= YIELD_AFTER_BYTES:
            self._since_yield = 0
            self._yield_control()
        return count


class TimedWriter:
    """Writes responses to a client's socket, unbuffered (an idle connection needs no buffer)."""

    def __init__(
        self, sock: Socket, limits: ConnectionLimits, yield_control: Callable[[], None]
    ) -> None:
        self._sock = sock
        self._limits = limits
        self._yield_control = yield_control
        self._rate = TransferRate(limits)
        self._since_yield = 0
        self.closed = False

    def expect_answer(self) -> None:
        """Start accounting for the response to a new request."""
        self._rate = TransferRate(self._limits)

    def write(self, data: bytes) -> int:
        """Send all of `data`. Raises: TimeoutError for a client that reads too slowly."""
        rest = memoryview(data)
        while rest:
            rest = rest[self._send_some(rest[:YIELD_AFTER_BYTES]) :]
        return len(data)

    def writelines(self, lines: Iterable[bytes]) -> None:
        self.write(b"".join(lines))

    def flush(self) -> None:
        """No-op: writes are unbuffered."""

    def close(self) -> None:
        self.closed = True

    def _send_some(self, data: memoryview) -> int:
        self._sock.settimeout(self._rate.timeout())
        started = time.monotonic()
        count = 0
        try:
            count = self._sock.send(data)
        except TimeoutError:
            self._rate.give_up()
            raise
        finally:
            self._rate.account(time.monotonic() - started, count)
        self._since_yield += count
        if self._since_yield >= YIELD_AFTER_BYTES:
            self._since_yield = 0
            self._yield_control()
        return count

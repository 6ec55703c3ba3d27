"""Runs blocking work outside the event loop, independent of the server in use.

Features call `run_native` for work that would block the event loop (hashing, argon2, fsync, a slow
disk). A server that needs more than a plain call (eventlet) installs its `Offloader` when it
starts; worker, migrations and tests use the plain one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Offloader(Protocol):
    """Runs blocking work for one kind of server."""

    cooperative: bool

    def run(self, work: Callable[[], R]) -> R:
        """Run `work` outside the event loop; return its result or raise its exception."""
        ...

    def run_low_priority(self, work: Callable[[], R]) -> R:
        """As `run`, at a lower priority than the other threads of this process."""
        ...

    def start_thread(self, work: Callable[[], object], name: str) -> None:
        """Start `work` in a native daemon thread, outside the event loop."""
        ...

    def sleep_native(self, seconds: float) -> None:
        """Sleep in such a native thread without the event loop."""
        ...


class PlainOffloader:
    """The offloader where every thread is native: the caller runs the work."""

    cooperative = False

    def run(self, work: Callable[[], R]) -> R:
        return work()

    def run_low_priority(self, work: Callable[[], R]) -> R:
        return work()

    def start_thread(self, work: Callable[[], object], name: str) -> None:
        threading.Thread(target=work, name=name, daemon=True).start()

    def sleep_native(self, seconds: float) -> None:
        time.sleep(seconds)


_offloader: Offloader = PlainOffloader()


def install(offloader: Offloader) -> None:
    """Set the offloader of this process; the server calls it once, at start."""
    global _offloader  # noqa: PLW0603 - one for the process
    _offloader = offloader


def run_native(fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `fn(*args, **kwargs)` in a native thread; the event loop runs meanwhile.

    `fn` must not use anything green: no locks, queues, sockets or database sessions shared with
    green threads, and no Flask context (it is not passed on). Exceptions are re-raised unchanged.
    """
    return _offloader.run(lambda: fn(*args, **kwargs))


def run_low_priority(fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """As `run_native`, for CPU-bound work, at a lower priority than the other threads.

    Such calls run one at a time.
    """
    return _offloader.run_low_priority(lambda: fn(*args, **kwargs))


def native_thread(fn: Callable[[], object], name: str) -> None:
    """Start `fn()` in a native daemon thread; `fn` must not use anything green either."""
    _offloader.start_thread(fn, name)


def native_sleep(seconds: float) -> None:
    """Sleep in a thread started by `native_thread` (`time.sleep` may be the green version)."""
    _offloader.sleep_native(seconds)


def yield_control() -> None:
    """Let other green threads run, during long work.

    Safe inside a write transaction: other writers wait for the lock, readers see the old state.
    """
    time.sleep(0)


def cooperative() -> bool:
    """Return whether requests share one thread (an event loop that must not be blocked)."""
    return _offloader.cooperative

"""Owns the door between cooperative code and native threads.

Slices call `run_native` for work that would hold the hub (hashing, argon2, fsync, a slow disk)
and never learn which server runs them. The server that needs more than a plain call (eventlet)
installs its own `Offloader` when it starts; worker, migrations and tests keep the plain one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Offloader(Protocol):
    """How one kind of server runs blocking work."""

    cooperative: bool

    def run(self, work: Callable[[], R]) -> R:
        """Run `work` outside the hub, wait for it and give its result or its exception."""
        ...

    def run_low_priority(self, work: Callable[[], R]) -> R:
        """As `run`, but giving way to everything else that this process does."""
        ...

    def start_thread(self, work: Callable[[], object], name: str) -> None:
        """Start `work` in a native daemon thread that the hub does not know."""
        ...

    def sleep_native(self, seconds: float) -> None:
        """Sleep inside such a native thread, for real, without waking any hub."""
        ...


class PlainOffloader:
    """Where every thread is native already: the caller itself does the work."""

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
    """Replace how this process runs blocking work; called once, by the server that starts."""
    global _offloader  # noqa: PLW0603 - one for the process
    _offloader = offloader


def run_native(fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `fn(*args, **kwargs)` in a native thread and wait without holding the hub.

    `fn` must not use anything green: no locks, queues, sockets or database sessions shared with
    cooperative code, and no Flask context (it does not follow). Exceptions come back unchanged.
    """
    return _offloader.run(lambda: fn(*args, **kwargs))


def run_low_priority(fn: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """As `run_native`, for work that keeps a core busy: everything else of the process goes first.

    One piece of such work is done at a time.
    """
    return _offloader.run_low_priority(lambda: fn(*args, **kwargs))


def native_thread(fn: Callable[[], object], name: str) -> None:
    """Start `fn()` in a native daemon thread; it must not touch anything green either."""
    _offloader.start_thread(fn, name)


def native_sleep(seconds: float) -> None:
    """Sleep in a thread started by `native_thread` (there `time.sleep` may be the green one)."""
    _offloader.sleep_native(seconds)


def yield_control() -> None:
    """Let everything else of this process go on, in the middle of a long piece of work.

    Safe inside a transaction that writes: others wait for the lock, readers see what was before.
    """
    time.sleep(0)


def cooperative() -> bool:
    """Whether this process shares one thread between requests (a hub that must not be held)."""
    return _offloader.cooperative

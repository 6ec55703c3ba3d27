"""A signed-in person whose work is done in a process of their own: the crowd goes on meanwhile."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, Self, TypeVar

T = TypeVar("T")


class InOwnProcess:
    """One person; the process is there when this is, and ends with the `with` block."""

    def __init__(self, port: int, cookie: str) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._who = port, cookie
        self._process.submit(time.sleep, 0).result()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.shutdown()

    def _do(self, work: Callable[..., T], *given: Any) -> "Future[T]":
        """Have `work(port, cookie, *given)` done there."""
        return self._process.submit(work, *self._who, *given)

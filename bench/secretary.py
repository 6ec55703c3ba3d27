"""A secretary who uploads papers and waits until they are ready, in a process of their own."""

import time
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context

from bench.client import Client

PATIENCE = 90.0


@dataclass
class _Door:
    """Where the server is."""

    port: int


class Secretary:
    """One signed-in person."""

    def __init__(self, port: int, cookie: str) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"))
        self._who = port, cookie
        self._process.submit(time.sleep, 0).result()

    def ingest(self, item_id: str, papers: list[bytes]) -> "Future[float]":
        """Upload them one after the other; answers the seconds until all are ready."""
        return self._process.submit(_ingest, *self._who, item_id, papers)

    def leave(self) -> None:
        """End the process."""
        self._process.shutdown()


@contextmanager
def secretary(port: int, cookie: str) -> Iterator[Secretary]:
    """A secretary; gone with the block."""
    somebody = Secretary(port, cookie)
    try:
        yield somebody
    finally:
        somebody.leave()


def _ingest(port: int, cookie: str, item_id: str, papers: list[bytes]) -> float:
    client = Client(_Door(port), cookie)
    began = time.perf_counter()
    path = f"/agenda-items/{item_id}/documents"
    waiting = [client.upload(path, f"{at}.pdf", paper) for at, paper in enumerate(papers, 1)]
    while waiting:
        view = client.get(f"/documents/{waiting[-1]}")
        if view["versions"][0]["status"] == "processing":
            if time.perf_counter() - began > PATIENCE:
                raise TimeoutError(f"{len(waiting)} papers are not ready")
            time.sleep(0.2)
        else:
            waiting.pop()
    client.close()
    return time.perf_counter() - began

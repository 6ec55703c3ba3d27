"""A secretary who uploads papers and waits until they are ready, in a process of their own."""

import time
from concurrent.futures import Future
from dataclasses import dataclass

from bench.load.client import Client
from bench.load.own_process import InOwnProcess

TIMEOUT = 90.0


@dataclass
class _LocalServer:
    """Where the server is."""

    port: int


class Secretary(InOwnProcess):
    """One signed-in person."""

    def ingest(self, item_id: str, papers: list[bytes]) -> "Future[float]":
        """Upload them one after the other; answers the seconds until all are ready."""
        return self._do(_ingest, item_id, papers)


def _ingest(port: int, cookie: str, item_id: str, papers: list[bytes]) -> float:
    client = Client(_LocalServer(port), cookie)
    began = time.perf_counter()
    path = f"/agenda-items/{item_id}/documents"
    waiting = [client.upload(path, f"{at}.pdf", paper) for at, paper in enumerate(papers, 1)]
    while waiting:
        view = client.get(f"/documents/{waiting[-1]}")
        if view["versions"][0]["status"] == "processing":
            if time.perf_counter() - began > TIMEOUT:
                raise TimeoutError(f"{len(waiting)} papers are not ready")
            time.sleep(0.2)
        else:
            waiting.pop()
    client.close()
    return time.perf_counter() - began

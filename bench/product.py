"""Our own server as the benchmarks run it: web and worker as processes, over a prepared hall."""

import json
import math
import os
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.machine import SERVER_CORE, cpu_seconds, of_descendants, on_cores
from bench.papers import REPORT_PAGES
from bench.slow_disk import build_slow_disk, slow_disk
from core.server.tls import files_in
from core.server.tls_certificates import make as make_certificates

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "giấy-bút-mực-2026"  # noqa: S105 - of people who exist in a benchmark only
TIMEOUT = 120.0
QUIET_SECONDS = 0.06
"""Processor time in a second and a half, up to which a worker counts as at rest."""


@dataclass(frozen=True)
class Room:
    """A meeting in session. cookies: of its people; the first one presents."""

    id: str
    item_id: str
    document_id: str
    pages: int
    cookies: list[str]


@dataclass(frozen=True)
class Hall:
    """The rooms by their size, and the usernames of everybody (password: PASSWORD)."""

    rooms: dict[str, Room]
    usernames: list[str]


def _doze() -> None:
    time.sleep(0.02)


class Product:
    """`app.py web` and `worker` over one data folder, on a port that the system chose.

    tls: how to reach it where its folder holds certificates.
    """

    def __init__(
        self, data: Path, hall: Hall, cores: tuple[int, ...], environment: Mapping[str, str]
    ) -> None:
        self.data = data
        self.hall = hall
        self._environment = {**os.environ, **environment}
        self.port = _free_port()
        self._cores = cores
        self._log = data.parent / "server.log"
        files = files_in(data)
        self.tls = ssl.create_default_context(cafile=files.ca) if files.there() else None
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *roles: str, meanwhile: Callable[[], None] = _doze) -> None:
        """Start the roles (default both) and wait until the server answers, with `meanwhile`."""
        for role in roles or ("worker", "web"):
            words = [sys.executable, "app.py", role, "--data", str(self.data)]
            words += ["--host", "127.0.0.1", "--port", str(self.port)]
            with self._log.open("ab") as out, on_cores(*self._cores):
                self.processes[role] = subprocess.Popen(
                    words, cwd=ROOT, stdout=out, stderr=out, env=self._environment
                )
        deadline = time.monotonic() + TIMEOUT
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError(f"the server does not answer:\n{self._log.read_text()[-3000:]}")
            meanwhile()

    def until_quiet(self) -> None:
        """Wait until the worker has nothing to do: it still makes the wider images of the hall."""
        deadline = time.monotonic() + TIMEOUT
        before, used = 0.0, math.inf
        while used > QUIET_SECONDS:
            if time.monotonic() > deadline:
                raise TimeoutError("the worker does not come to rest")
            time.sleep(1.5)
            worker = self.pid("worker")
            now = cpu_seconds(worker) + of_descendants(cpu_seconds, worker)
            before, used = now, abs(now - before)

    def pid(self, role: str) -> int:
        """The process of a role."""
        return self.processes[role].pid

    def kill(self, role: str) -> None:
        """kill -9."""
        process = self.processes.pop(role)
        process.kill()
        process.wait()

    def stop(self) -> None:
        """End both, politely; kill what does not go."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def get(self, path: str) -> bytes:
        """The body of an open address of the server."""
        address = f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}{path}"
        with urllib.request.urlopen(  # noqa: S310 - one of the two schemes above
            address, timeout=30, context=self.tls
        ) as answer:
            body: bytes = answer.read()
        return body

    def said(self, event: str) -> list[dict[str, Any]]:
        """What web and worker wrote into their log of this event."""
        lines = self._log.read_text().splitlines()
        told = [json.loads(line) for line in lines if line.startswith("{")]
        return [line for line in told if line.get("event") == event]

    def _answers(self) -> bool:
        for role, process in self.processes.items():
            if process.poll() is not None:
                raise RuntimeError(f"{role} ended:\n{self._log.read_text()[-3000:]}")
        try:
            return bool(self.get("/healthz"))
        except OSError:
            return False


@contextmanager
def product(
    *sizes: int,
    cores: tuple[int, ...] = (SERVER_CORE,),
    fsync_ms: int = 0,
    pages: int = REPORT_PAGES,
    tls: bool = False,
) -> Iterator[Product]:
    """A running server with a meeting of each size; gone with the block.

    fsync_ms: how much slower than this machine's its disk is. pages: of the paper of each meeting.
    tls: whether it serves HTTPS.
    """
    with tempfile.TemporaryDirectory(prefix="dienhong-bench-") as folder:
        data = Path(folder) / "data"
        if tls:
            make_certificates(files_in(data), "bench", ["localhost", "127.0.0.1"], [])
        told = Path(folder) / "hall.json"
        facts = [str(data), str(told), str(pages)]
        words = [sys.executable, "-m", "bench.data_folder", *facts, *map(str, sizes)]
        with (Path(folder) / "hall.log").open("wb") as log:
            subprocess.run(words, cwd=ROOT, check=True, stdout=log)
        hall = json.loads(told.read_text())
        rooms = {size: Room(**room) for size, room in hall["rooms"].items()}
        slow = slow_disk(build_slow_disk(Path(folder)), fsync_ms) if fsync_ms else {}
        running = Product(data, Hall(rooms, hall["usernames"]), cores, slow)
        try:
            running.start()
            running.until_quiet()
            yield running
        finally:
            running.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port

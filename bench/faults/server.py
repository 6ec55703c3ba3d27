"""The server that the faults happen to: web and worker over a data folder of test accounts."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.machine import ALLOWED, on_cores
from tests import run_cache
from tests.factories import prepared
from tests.server.conftest import PEOPLE
from tests.server.real_server import Person, RealServer

SEED = int(os.environ.get("DIENHONG_FAULTS_SEED", "1"))
"""Of everything random in these parts."""
SHARE = float(os.environ.get("DIENHONG_FAULTS_SHARE", "1"))
"""The share of the counts that is done, for a short look."""


def counted(full: int, least: int = 1) -> int:
    """A count of this run."""
    return max(least, round(full * SHARE))


class FaultedServer(RealServer):
    """A server whose processes use all cores: the load here waits most of the time."""

    def start(self, *roles: str) -> "FaultedServer":
        with on_cores(*ALLOWED):
            super().start(*roles)
        return self


@contextmanager
def running(
    deputies: int = 0, env: Mapping[str, str] | None = None
) -> Iterator[tuple[FaultedServer, dict[str, Person]]]:
    """A running server with the administrator, PEOPLE and deputies, everybody signed in; gone with
    the block."""
    names = [*PEOPLE, *(f"daibieu{number}" for number in range(3, 3 + deputies))]
    run_cache.begin()
    try:
        with tempfile.TemporaryDirectory(prefix="dienhong-faults-") as folder:
            made = prepared(Path(folder) / "data", *names)
            server = FaultedServer(made, Path(folder) / "server.log", env=dict(env or {}))
            try:
                server.start()
                yield server, {name: server.sign_in(name) for name in ("quantri", *names)}
            finally:
                server.stop()
    finally:
        run_cache.end()

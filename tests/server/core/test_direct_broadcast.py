"""Broadcasts past the queues, before real socket.io clients: nothing is lost, nothing is early."""

import http.client
import json
import os
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from core.paths import ROOT
from core.server.eventlet_fastpath import MOST_BYTES
from core.server.parent_death import VARIABLE as PARENT_PIPE
from core.server.tls import files_in
from core.server.tls_certificates import make
from tests.server.real_server import wait_until

pytestmark = pytest.mark.slow

CLIENT = Path(__file__).with_name("broadcast_client.mjs")
LITTLE = 4_608
"""Bytes of a send buffer, as few as the kernel allows: larger packets go in pieces."""


class Clients:
    """Real socket.io clients in a process of their own."""

    def __init__(self, port: int, count: int, **settings: object) -> None:
        node = shutil.which("node")
        if node is None:
            pytest.skip("node is not installed: ./run test gets it")
        given = {"port": port, "clients": count, "transports": ["websocket"], **settings}
        self._process = subprocess.Popen(
            [node, str(CLIENT), json.dumps(given)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def found(self) -> dict[str, Any]:
        """What they say when they have left."""
        said, _ = self._process.communicate(timeout=60)
        assert said, "the clients ended without a word"
        found: dict[str, Any] = json.loads(said)
        return found

    def kill(self) -> None:
        """All of them are gone from one moment to the next."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


class BroadcastServer:
    """The application of `broadcast_app` in a process of its own.

    tls: the folder of its certificates; None: it serves plain HTTP.
    """

    def __init__(self, log: Path, tls: Path | None, **settings: object) -> None:
        self._log = log
        self.trusts = str(files_in(tls).ca) if tls else ""
        self._parent_pipe, child_end = os.pipe()[::-1]
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                [
                    *(sys.executable, "-W", "error", "-m", "tests.server.core.broadcast_app"),
                    json.dumps({"tls": tls and str(tls), **settings}),
                ],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=said,
                text=True,
                pass_fds=[child_end],
                env=os.environ | {PARENT_PIPE: str(child_end)},
            )
        os.close(child_end)
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, log.read_text()
        self.port = int(line)
        self._clients: list[Clients] = []

    def clients(self, count: int, **settings: object) -> Clients:
        """So many clients come."""
        made = Clients(self.port, count, trusts=self.trusts, **settings)
        self._clients.append(made)
        return made

    def get(self, path: str) -> dict[str, Any]:
        """Tell the server to do something; what was done in all."""
        connection = self._connection()
        connection.request("GET", path)
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        connection.close()
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        if not self.trusts:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        trusting = ssl.create_default_context(cafile=self.trusts)
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=trusting)

    def broadcast(self, times: int, size: int = 100, every: float = 0.0) -> dict[str, Any]:
        """Broadcast and wait until it is done."""
        return self.get(f"/run?times={times}&bytes={size}&every={every}")

    def until_here(self, count: int) -> None:
        """Wait until so many are connected."""
        wait_until(lambda: self.get("/done")["here"] == count, f"{count} are connected")

    def begin(self) -> None:
        """Forget what was counted; nobody is connected from here on."""
        wait_until(lambda: self.get("/begin")["here"] == 0, "the clients before have gone")

    def end(self) -> None:
        """End the clients; nothing went wrong in the server that nobody saw."""
        for clients in self._clients:
            clients.kill()
        self._clients.clear()
        assert "Traceback" not in self._log.read_text(), self._log.read_text()[-4000:]

    def stop(self) -> None:
        """End the server."""
        self._process.terminate()
        self._process.wait(20)
        os.close(self._parent_pipe)
        assert self._process.stdout is not None
        self._process.stdout.close()


Opens = Callable[..., AbstractContextManager[BroadcastServer]]


@pytest.fixture(scope="module")
def broadcast_servers(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., BroadcastServer]]:
    """Gives the server with these settings, one for all tests that ask for the same."""
    made: dict[str, BroadcastServer] = {}

    def given(*, tls: bool, **settings: object) -> BroadcastServer:
        key = json.dumps([tls, settings], sort_keys=True)
        if key not in made:
            folder = tmp_path_factory.mktemp("hall")
            if tls:
                make(files_in(folder), "hall", ["127.0.0.1"], [])
            certificates = folder if tls else None
            made[key] = BroadcastServer(folder / "hall.log", certificates, **settings)
        return made[key]

    yield given
    for running in made.values():
        running.stop()


@pytest.fixture(params=["plain", "tls"])
def broadcast_server(
    request: pytest.FixtureRequest, broadcast_servers: Callable[..., BroadcastServer]
) -> Opens:
    """Opens a running server without clients: `with broadcast_server(direct=False) as running`."""

    @contextmanager
    def opened(*, direct: bool = True, **settings: object) -> Iterator[BroadcastServer]:
        running = broadcast_servers(tls=request.param == "tls", direct=direct, **settings)
        running.begin()
        try:
            yield running
        finally:
            running.end()

    return opened


@pytest.mark.parametrize("direct", [True, False], ids=["direct", "stock"])
def test_broadcasts_own_events_and_acknowledgements_keep_their_order(
    broadcast_server: Opens, direct: bool
):
    with broadcast_server(direct=direct) as running:
        clients = running.clients(12, asks=40)
        running.until_here(12)
        running.broadcast(300, every=0.002)
        wait_until(lambda: running.get("/done")["broadcasts"] == 300 + 12 * 40 * 2, "all asked")
        done = running.get("/end")
        found = clients.found()
    assert found["faults"] == []
    assert found["acked"] == 12 * 40
    assert found["disconnected"] == 0
    assert (done["direct"] > 1000) is direct


@pytest.mark.parametrize(("size", "times"), [(20_000, 40), (150_000, 6)])
def test_packets_that_do_not_fit_arrive_whole_and_in_order(
    broadcast_server: Opens, size: int, times: int
):
    # Less in all than what cuts a tablet off: a machine under load may be slow to read it.
    assert size * times < MOST_BYTES
    with broadcast_server(send_buffer=LITTLE) as running:
        clients = running.clients(6, asks=4, stops=30, every=3)
        running.until_here(6)
        running.broadcast(times, size, every=0.003)
        wait_until(lambda: running.get("/done")["broadcasts"] == times + 6 * 4 * 2, "all asked")
        # Whoever waits for something is written to directly, and a part of it does not fit.
        wait_until(lambda: running.get("/done")["idle"] == 6, "all have what was sent")
        running.broadcast(1, size)
        done = running.get("/end")
        found = clients.found()
    assert found["faults"] == []
    assert found["acked"] == 6 * 4
    assert done["queued"] > 20
    # The kernel takes 64 kB whole or not at all; a record of TLS holds 16 kB.
    assert bool(done["in_pieces"]) is (size > 65_536 or bool(running.trusts))
    assert done["cut_off"] == 0


def test_a_burst_is_no_reason_to_cut_anybody_off(broadcast_server: Opens):
    with broadcast_server() as running:
        clients = running.clients(5)
        running.until_here(5)
        done = running.broadcast(2_000, size=500)
        running.get("/end")
        found = clients.found()
    assert found["faults"] == []
    assert found["heard"] == 5 * 2_001
    assert done["cut_off"] == found["disconnected"] == 0


def test_clients_that_come_by_polling_miss_nothing_while_they_upgrade(broadcast_server: Opens):
    with broadcast_server() as running:
        clients = running.clients(15, transports=["polling", "websocket"], asks=10)
        running.broadcast(1_000, every=0.002)
        running.until_here(15)
        done = running.broadcast(100, every=0.002)
        wait_until(lambda: running.get("/done")["broadcasts"] == 1_100 + 15 * 10 * 2, "all asked")
        running.get("/end")
        found = clients.found()
    assert found["faults"] == []
    assert found["transports"] == {"websocket": 15}
    assert done["direct"] > 0 < done["queued"]


def test_clients_that_only_poll_are_served_as_ever(broadcast_server: Opens):
    with broadcast_server() as running:
        clients = running.clients(4, transports=["polling"], asks=10)
        running.until_here(4)
        done = running.broadcast(200, every=0.002)
        wait_until(lambda: running.get("/done")["broadcasts"] == 200 + 4 * 10 * 2, "all asked")
        running.get("/end")
        found = clients.found()
    assert found["faults"] == []
    assert found["transports"] == {"polling": 4}
    assert done["direct"] == 0


def test_a_client_that_stops_reading_is_cut_off_alone_and_comes_back(broadcast_server: Opens):
    with broadcast_server(send_buffer=LITTLE) as running:
        stuck = running.clients(1, stops=4_000)
        well = running.clients(6)
        running.until_here(7)
        # The client's own kernel takes some megabytes before anything gets stuck here.
        done = running.broadcast(900, size=20_000, every=0.002)
        assert done["cut_off"] >= 1
        wait_until(lambda: running.get("/done")["here"] == 7, "the stuck one is back")
        running.get("/end")
        assert well.found() == {
            "heard": 6 * 901,
            "acked": 0,
            "disconnected": 0,
            "transports": {"websocket": 6},
            "faults": [],
        }
        found = stuck.found()
    assert found["disconnected"] == 1
    assert found["faults"] == []


def test_clients_that_die_in_the_middle_disturb_nobody(broadcast_server: Opens):
    with broadcast_server(send_buffer=LITTLE) as running:
        # These stop reading, so that something is on its way to each when they die.
        dying = [running.clients(15, stops=60_000) for _ in range(2)]
        well = running.clients(5, asks=20)
        running.until_here(35)
        for victims in dying:
            running.broadcast(20, size=20_000, every=0.001)
            victims.kill()
            running.broadcast(5, size=20_000)
        wait_until(lambda: running.get("/done")["here"] == 5, "the dead are forgotten")
        running.get("/end")
        found = well.found()
    assert found["faults"] == []
    assert found["disconnected"] == 0

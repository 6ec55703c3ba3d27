"""Spike: a 100 MB upload beside 200 idle sockets with six kept-alive connections each.

`python -m bench.spikes.server_edges`: how long is the hub held, how fast is the upload, how late is
an echo on another socket meanwhile; our own stream beside Flask's form parser. Server and load run
on a processor each. Writes bench/results/spike-edges.json.
"""

import asyncio
import hashlib
import http.client
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "results" / "spike-edges.json"
CLIENTS, KEPT_ALIVE, UPLOAD_MB, ROUNDS = 200, 6, 100, 3
PROBE_EVERY, REQUEST_EVERY = 0.02, 8.0
SERVER_CORE, LOAD_CORE = 0, 1

Row = dict[str, object]


class Tablet:
    """One idle member: a WebSocket that answers pings, and six connections kept alive."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._answers: asyncio.Queue[float] = asyncio.Queue()
        self._tasks: list[asyncio.Task[None]] = []
        self.closed_kept_alive = 0

    async def connect(self) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        self._writer.write(
            b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\n"
            b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        await self._reader.readuntil(b"\r\n\r\n")
        await self._receive()
        self._send(b"40")
        await self._receive()
        self._tasks.append(asyncio.create_task(self._listen()))

    async def keep_alive(self, ask_again: bool) -> None:
        """Open the six connections with a request each; then one more every `REQUEST_EVERY` s."""
        pairs = [await asyncio.open_connection("127.0.0.1", self._port) for _ in range(KEPT_ALIVE)]
        await asyncio.gather(*(self._ask(*pair) for pair in pairs))
        self._tasks += [asyncio.create_task(self._hold(*pair, ask_again)) for pair in pairs]

    async def _hold(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, ask_again: bool
    ) -> None:
        while ask_again:
            await asyncio.sleep(random.uniform(0.5, 1.5) * REQUEST_EVERY)
            await self._ask(reader, writer)
        await reader.read()
        self.closed_kept_alive += 1
        writer.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"GET /ok HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"\r\n\r\n")
        await reader.readexactly(2)

    async def echo(self) -> float:
        """Seconds there and back."""
        started = time.perf_counter()
        self._send(b'420["echo",1]')
        return await self._answers.get() - started

    def _send(self, payload: bytes) -> None:
        # A mask of zeros is a mask, and leaves the payload as it is.
        self._writer.write(bytes([0x81, 0x80 | len(payload), 0, 0, 0, 0]) + payload)

    async def _receive(self) -> bytes:
        _, size = await self._reader.readexactly(2)
        if size == 126:
            size = int.from_bytes(await self._reader.readexactly(2), "big")
        return await self._reader.readexactly(size)

    async def _listen(self) -> None:
        while True:
            payload = await self._receive()
            if payload == b"2":
                self._send(b"3")
            elif payload.startswith(b"43"):
                self._answers.put_nowait(time.perf_counter())

    def leave(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._writer.close()


class Measurement:
    """Collects the rows of one run."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.rows: list[Row] = []

    async def ask(self, path: str) -> dict[str, float]:
        answer: dict[str, float] = json.loads(await asyncio.to_thread(self._get, path))
        return answer

    def _get(self, path: str) -> bytes:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path)
        body = connection.getresponse().read()
        connection.close()
        return body

    def note(self, case: str, subject: str, metric: str, value: float, unit: str) -> None:
        row: Row = {
            "case": case,
            "subject": subject,
            "metric": metric,
            "value": round(value, 2),
            "unit": unit,
        }
        self.rows.append(row)
        print(f"{case:28} {subject:14} {metric:24} {value:10.2f} {unit}", flush=True)

    async def hub(self, case: str, subject: str) -> None:
        """Note the hub's longest pause since the last time it was asked."""
        measured = await self.ask("/measure")
        self.note(case, subject, "longest pause", measured["pause"] * 1000, "ms")
        self.note(case, subject, "longest work of the hub", measured["busy"] * 1000, "ms")
        self.note(case, subject, "longest collection", measured["collection"] * 1000, "ms")


class Probe:
    """Echoes on one socket, again and again, and how long each took."""

    def __init__(self, tablet: Tablet) -> None:
        self._tablet = tablet
        self._going_on = True
        self._delays: list[float] = []
        self._task = asyncio.create_task(self._run())

    async def _run(self) -> None:
        while self._going_on:
            self._delays.append(await self._tablet.echo())
            await asyncio.sleep(PROBE_EVERY)

    async def note(self, run: "Measurement", case: str, subject: str) -> None:
        """Stop and note what was measured."""
        self._going_on = False
        await self._task
        self._delays.sort()
        run.note(case, subject, "echo p50", self._delays[len(self._delays) // 2] * 1000, "ms")
        run.note(case, subject, "echo longest", self._delays[-1] * 1000, "ms")


def go_first() -> None:
    """Ahead of whatever else the machine does, where that is allowed."""
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))


def stand_back() -> None:
    """The opposite of `go_first`, which a child inherits."""
    os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def upload(port: int, path: str) -> float:
    """Megabytes a second of one upload. Raises when the server got something else."""
    content = random.Random(1).randbytes(UPLOAD_MB * 1_000_000)
    digest = hashlib.sha256(content).hexdigest()
    head = b'--spike\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    tail = b"\r\n--spike--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", port)
    started = time.perf_counter()
    connection.putrequest("POST", path)
    connection.putheader("Content-Type", "multipart/form-data; boundary=spike")
    connection.putheader("Content-Length", str(len(head) + len(content) + len(tail)))
    connection.endheaders(head)
    view = memoryview(content)
    for start in range(0, len(content), 1 << 20):
        connection.send(view[start : start + (1 << 20)])
    connection.send(tail)
    answer = connection.getresponse().read().decode()
    seconds = time.perf_counter() - started
    connection.close()
    if answer != digest:
        raise RuntimeError(f"the server answered {answer[:200]}")
    return len(content) / 1e6 / seconds


async def uploads(run: Measurement, tablet: Tablet, path: str, subject: str) -> None:
    """Three uploads one after the other, with a probe beside them."""
    case = f"upload of {UPLOAD_MB} MB"
    loop = asyncio.get_running_loop()
    # In a process of its own that stands back, so that it does not slow the probe beside it.
    with ProcessPoolExecutor(1, get_context("spawn"), stand_back) as uploader:
        await loop.run_in_executor(uploader, os.getpid)
        await run.ask("/measure")
        probe = Probe(tablet)
        rates = [
            await loop.run_in_executor(uploader, upload, run.port, path) for _ in range(ROUNDS)
        ]
        await run.hub(case, subject)
        run.note(case, subject, "throughput", sum(rates) / len(rates), "MB/s")
        await probe.note(run, case, subject)


async def wait_until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.05)


async def measure(run: Measurement) -> None:
    """The whole run, case after case."""
    tablets = [Tablet(run.port) for _ in range(CLIENTS)]
    await run.ask("/measure")
    await asyncio.gather(*(tablet.connect() for tablet in tablets))
    await run.hub("200 sockets at once", "ours")
    await asyncio.gather(*(tablet.keep_alive(ask_again=True) for tablet in tablets))
    await run.hub("1200 connections at once", "ours")
    probe = Probe(tablets[0])
    await asyncio.sleep(7)
    await run.hub("idle for 7 s", "ours")
    await probe.note(run, "idle for 7 s", "ours")
    await uploads(run, tablets[0], "/stream", "our stream")
    await uploads(run, tablets[0], "/form", "request.files")
    for tablet in tablets:
        tablet.leave()
    lonely = [Tablet(run.port) for _ in range(CLIENTS)]
    await asyncio.gather(*(tablet.connect() for tablet in lonely))
    await asyncio.gather(*(tablet.keep_alive(ask_again=False) for tablet in lonely))
    await run.ask("/measure")
    everything = CLIENTS * KEPT_ALIVE
    await wait_until(lambda: sum(tablet.closed_kept_alive for tablet in lonely) == everything)
    await run.hub("1200 idle ones are closed", "ours")
    for tablet in lonely:
        tablet.leave()


def main() -> None:
    """Run it all and keep the rows."""
    go_first()
    os.sched_setaffinity(0, {LOAD_CORE})
    server = subprocess.Popen(
        [sys.executable, "-m", "bench.spikes.server_edges_app", str(SERVER_CORE)],
        stdout=subprocess.PIPE,
        text=True,
    )
    out: Any = server.stdout
    try:
        run = Measurement(int(out.readline()))
        asyncio.run(measure(run))
    finally:
        server.terminate()
        server.wait(20)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(run.rows, indent=1) + "\n")


if __name__ == "__main__":
    main()

"""The two processes of the SQLite spike: one like web (eventlet, a hub), one like the worker.

`python -m bench.spikes.sqlite_process torture|timing web|worker FOLDER RUN MODE`: works until its
standard input closes (or it is killed). Torture prints one line for each acknowledged row; timing
prints one JSON object at the end. The parent is `bench.spikes.sqlite_writers`.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and sys.argv[2] == "web":
    from core.server import eventlet_server

    eventlet_server.patch()

import json
import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, MetaData, String, Table, select, update
from sqlalchemy.orm import Session

from core.db.database import CommitIn, Database
from core.offload import run_native

METADATA = MetaData()
ROWS = Table(
    "spike_row",
    METADATA,
    Column("source", String, primary_key=True),
    Column("run", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
)
COUNTS = Table(
    "spike_count",
    METADATA,
    Column("source", String, primary_key=True),
    Column("value", Integer, nullable=False),
)
BURST = 500
LARGEST_GROUP = 64


def body_of(number: int) -> bytes:
    """What the row of this number must hold: 20 to 4,000 bytes."""
    return (b"%d " % number) * (10 + number * 7919 % 400)


def add_row(source: str, run: int, number: int, session: Session) -> None:
    session.execute(
        ROWS.insert().values(source=source, run=run, number=number, body=body_of(number))
    )
    session.execute(
        update(COUNTS).where(COUNTS.c.source == source).values(value=COUNTS.c.value + 1)
    )


class Single:
    """Each write is a transaction of its own; notes how long each COMMIT took, in seconds."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.commits: list[float] = []

    def write(self, work: Callable[[Session], None]) -> None:
        with self.database.write() as session:
            work(session)
            started = time.perf_counter()
            self.database.commit(session)
            self.commits.append(time.perf_counter() - started)


class Grouped(Single):
    """Writes that wait at the same time share one transaction, each inside a savepoint."""

    def __init__(self, database: Database) -> None:
        super().__init__(database)
        self._waiting: list[tuple[Callable[[Session], None], threading.Event]] = []
        self._leading = False

    def write(self, work: Callable[[Session], None]) -> None:
        done = threading.Event()
        self._waiting.append((work, done))
        if not self._leading:
            self._lead()
        done.wait()

    def _lead(self) -> None:
        self._leading = True
        try:
            while self._waiting:
                super().write(self._run_group)
                for done in self._done:
                    done.set()
        finally:
            self._leading = False

    def _run_group(self, session: Session) -> None:
        group = self._waiting[:LARGEST_GROUP]
        del self._waiting[:LARGEST_GROUP]
        for work, _ in group:
            with session.begin_nested():
                work(session)
        self._done = [done for _, done in group]


class Timing:
    """Samples by name, in seconds."""

    def __init__(self) -> None:
        self.samples: dict[str, list[float]] = {}

    def time(self, name: str, work: Callable[[], object]) -> None:
        started = time.perf_counter()
        work()
        self.samples.setdefault(name, []).append(time.perf_counter() - started)


def read_some(database: Database) -> None:
    with database.read() as session:
        session.execute(select(ROWS).limit(10)).fetchall()


def meter(timing: Timing, stop: threading.Event) -> None:
    """How late a 1 ms sleep ends: the hub's pauses."""
    pauses = timing.samples.setdefault("pause", [])
    while not stop.is_set():
        started = time.perf_counter()
        time.sleep(0.001)
        pauses.append(time.perf_counter() - started - 0.001)


def repeat(pause: float, stop: threading.Event, work: Callable[[], object]) -> None:
    while not stop.is_set():
        work()
        time.sleep(pause)


def all_at_once(works: Sequence[Callable[[], object]]) -> list[threading.Thread]:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    return threads


def numbers(counter: list[int]) -> int:
    counter[0] += 1
    return counter[0]


def timing_web(database: Database, mode: str, seconds: float) -> dict[str, Any]:
    """Three loads one after the other: reads only, steady writes beside reads, 500 at once."""
    writer = Grouped(database) if mode == "grouped" else Single(database)
    counter = [0]
    results: dict[str, Any] = {}
    for load in ("reads only", "steady", "burst"):
        timing, stop = Timing(), threading.Event()
        writer.commits.clear()
        one = partial(_timed_write, timing, writer, "web", counter)
        running = all_at_once(
            [partial(meter, timing, stop)]
            + [
                partial(
                    repeat, 0.005, stop, partial(timing.time, "read", partial(read_some, database))
                )
            ]
            * 4
            + [partial(repeat, 0.2, stop, one)] * (4 if load == "steady" else 0)
        )
        started = time.perf_counter()
        if load == "burst":
            for thread in all_at_once([one] * BURST):
                thread.join()
        else:
            time.sleep(seconds)
        took = time.perf_counter() - started
        stop.set()
        for thread in running:
            thread.join()
        results[load] = timing.samples | {"commit": list(writer.commits), "took": [took]}
    return results


def _timed_write(timing: Timing, writer: Single, source: str, counter: list[int]) -> None:
    row = partial(add_row, source, 0, numbers(counter))
    timing.time("write", partial(writer.write, row))


def timing_worker(database: Database, stop: threading.Event) -> dict[str, Any]:
    """20 writes a second and a checkpoint every half second, until told to stop."""
    timing, counter = Timing(), [0]
    writer = Single(database)
    checkpointed = time.monotonic()
    while not stop.is_set():
        _timed_write(timing, writer, "worker", counter)
        if time.monotonic() - checkpointed > 0.5:
            timing.time("checkpoint", database.checkpoint)
            checkpointed = time.monotonic()
        time.sleep(0.05)
    return {"worker": timing.samples | {"commit": writer.commits}}


def torture(database: Database, source: str, run: int, stop: threading.Event) -> None:
    """Write, acknowledge, read and checkpoint as fast as it goes."""
    counter, writer = [0], Single(database)

    def write() -> None:
        number = numbers(counter)
        writer.write(partial(add_row, source, run, number))
        os.write(1, b"%d %d\n" % (run, number))

    def read() -> None:
        with database.read() as session:
            counted = session.scalars(select(COUNTS.c.value).where(COUNTS.c.source == source)).one()
            time.sleep(random.uniform(0, 0.02))
            rows = select(ROWS.c.number).where(ROWS.c.source == source)
            if counted != len(session.scalars(rows).all()):
                os.write(1, b"a read was not consistent\n")

    def checkpoint() -> None:
        database.checkpoint()
        time.sleep(random.uniform(0, 0.1))

    def complain(died: threading.ExceptHookArgs) -> None:
        os.write(
            1,
            f"{source} died of {died.exc_type.__name__}: {died.exc_value}".encode().replace(
                b"\n", b" "
            )
            + b"\n",
        )

    threading.excepthook = complain
    writers = 4 if source == "web" else 1
    all_at_once(
        [partial(repeat, 0, stop, write)] * writers
        + [partial(repeat, 0.01, stop, read), partial(repeat, 0, stop, checkpoint)]
    )
    stop.wait()


def main(task: str, role: str, folder: Path, run: int, mode: str) -> None:
    place = CommitIn.CALLER if mode == "caller" else CommitIn.NATIVE
    database = Database(f"sqlite:///{folder}/spike.db", folder / "spike.lock", place)
    stop = threading.Event()

    def watch_parent() -> None:
        run_native(sys.stdin.read)
        stop.set()

    # The first native call starts the pool of threads: that is not what is measured.
    run_native(int)
    all_at_once([watch_parent])
    if task == "torture":
        torture(database, role, run, stop)
    else:
        result = (
            timing_worker(database, stop) if role == "worker" else timing_web(database, mode, run)
        )
        sys.stdout.write(json.dumps(result))
        sys.stdout.flush()
        database.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5])

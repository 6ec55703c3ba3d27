"""Kills the two processes of the SQLite spike at random and looks for anything lost."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, cast

from bench.machine import ROOT
from bench.slow_disk import slow_disk
from bench.spikes.sqlite_process import COUNTS, METADATA, body_of
from core.db.connections import open_sqlite
from core.db.database import Database

SOURCES = ("web", "worker")


def prepare(folder: Path) -> None:
    """An empty database with the spike's tables."""
    database = Database(f"sqlite:///{folder}/spike.db", folder / "spike.lock")
    with database.write() as session:
        METADATA.create_all(session.connection())
        session.execute(COUNTS.insert(), [{"source": source, "value": 0} for source in SOURCES])
        database.commit(session)
    database.close()


@dataclass
class Machine:
    """How children are started: where the data are, and how slow the disk is.

    slow_disk: the library of `build_slow_disk`; None leaves the disk as it is.
    """

    folder: Path
    slow_disk: Path | None = None
    fsync_ms: int = 0

    def start(self, task: str, role: str, run: int, mode: str) -> subprocess.Popen[bytes]:
        slow: dict[str, str] = {}
        if self.slow_disk is not None:
            slow = slow_disk(self.slow_disk, self.fsync_ms)
        arguments = [task, role, str(self.folder), str(run), mode]
        return subprocess.Popen(
            [sys.executable, "-m", "bench.spikes.sqlite_process", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | slow,
            cwd=ROOT,
        )


@dataclass
class Victim:
    """One process that is killed and started again, and what it has acknowledged over its lives."""

    machine: Machine
    role: str
    acknowledged: set[tuple[int, int]] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    lives: int = 0

    def start(self) -> None:
        self.lives += 1
        self.alive = threading.Event()
        self.process = self.machine.start("torture", self.role, self.lives, "native")
        self._reader = threading.Thread(target=self._read, args=(self.process.stdout,))
        self._reader.start()

    def _read(self, lines: IO[bytes]) -> None:
        with lines:
            for line in lines:
                run, _, number = line.decode().strip().partition(" ")
                if not run.isdigit():
                    self.complaints.append(line.decode().strip())
                    continue
                self.acknowledged.add((int(run), int(number)))
                self.alive.set()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        cast(IO[bytes], self.process.stdin).close()
        self._reader.join()


def kill_at_random(victims: list[Victim], seconds: float) -> int:
    """Kill one or both, again and again; answers how many kills there were."""
    for victim in victims:
        victim.start()
    try:
        end, kills = time.monotonic() + seconds, 0
        while time.monotonic() < end:
            chosen = victims if random.random() < 0.15 else [random.choice(victims)]
            _kill_and_restart(chosen)
            kills += len(chosen)
    finally:
        for victim in victims:
            victim.kill()
    return kills + len(victims)


def _kill_and_restart(chosen: list[Victim]) -> None:
    for victim in chosen:
        if not victim.alive.wait(30):
            raise RuntimeError(f"{victim.role} acknowledged nothing for 30 s")
    time.sleep(random.uniform(0, 0.4))
    for victim in chosen:
        victim.kill()
    for victim in chosen:
        victim.start()


def faults(folder: Path, victims: list[Victim]) -> list[str]:
    """What is wrong with the database afterwards; empty when nothing is."""
    found = [complaint for victim in victims for complaint in victim.complaints]
    connection = open_sqlite(str(folder / "spike.db"))
    (verdict,) = connection.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        found.append(f"integrity_check: {verdict}")
    for victim in victims:
        rows = connection.execute(
            "SELECT run, number, body FROM spike_row WHERE source = ?", (victim.role,)
        ).fetchall()
        missing = victim.acknowledged - {(run, number) for run, number, _ in rows}
        if missing:
            found.append(f"{victim.role}: {len(missing)} acknowledged rows are gone")
        if any(body != body_of(number) for _, number, body in rows):
            found.append(f"{victim.role}: a row holds something else")
        (count,) = connection.execute(
            "SELECT value FROM spike_count WHERE source = ?", (victim.role,)
        ).fetchone()
        if count != len(rows):
            found.append(f"{victim.role}: {len(rows)} rows but a count of {count}")
    connection.close()
    return found


@dataclass(frozen=True)
class Outcome:
    """What a torture found: `faults` is empty when nothing was lost."""

    kills: int
    acknowledged: int
    faults: list[str]


def torture(machine: Machine, seconds: float) -> Outcome:
    """Kill and restart for so long, then check every acknowledged row."""
    prepare(machine.folder)
    victims = [Victim(machine, role) for role in SOURCES]
    kills = kill_at_random(victims, seconds)
    acknowledged = sum(len(victim.acknowledged) for victim in victims)
    return Outcome(kills, acknowledged, faults(machine.folder, victims))

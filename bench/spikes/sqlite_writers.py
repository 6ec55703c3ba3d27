"""Spike: SQLite in WAL mode, written by an eventlet process and by another one.

`python -m bench.spikes.sqlite_writers [--minutes M] [--fsync-ms N ...]` first kills the two
processes at random while they write and checkpoint, and looks for anything lost; then times reads,
writes and the hub's pauses with the COMMIT in the hub, in a native thread, and in groups. It
prints a table and writes `bench/results/spike-sqlite.json`. Needs gcc, for the slow disk.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from bench.slow_disk import build_slow_disk
from bench.spikes.sqlite_torture import Machine, prepare, torture

RESULTS = Path(__file__).parent.parent / "results" / "spike-sqlite.json"
MODES = {"caller": "in the hub", "native": "native thread", "grouped": "grouped"}
COLUMNS = (
    ("read", "p50"),
    ("read", "p99"),
    ("write", "p50"),
    ("write", "p99"),
    ("write", "longest"),
    ("commit", "p50"),
    ("commit", "p99"),
    ("pause", "p99"),
    ("pause", "longest"),
    ("checkpoint", "longest"),
    ("took", "longest"),
)
Rows = list[dict[str, str | float]]


def row(case: str, subject: str, metric: str, value: float, unit: str) -> dict[str, str | float]:
    return {"case": case, "subject": subject, "metric": metric, "value": value, "unit": unit}


def survival(machine: Machine, seconds: float) -> Rows:
    """Torture for so long; the faults go to standard error as well."""
    outcome = torture(machine, seconds)
    for fault in outcome.faults:
        print(fault, file=sys.stderr)
    case, subject = f"kill -9, fsync +{machine.fsync_ms} ms", "web and worker"
    return [
        row(case, subject, "time", seconds, "s"),
        row(case, subject, "kills", outcome.kills, "count"),
        row(case, subject, "acknowledged rows", outcome.acknowledged, "count"),
        row(case, subject, "faults", len(outcome.faults), "count"),
    ]


def timing(machine: Machine, mode: str, seconds: int) -> Rows:
    """Run both processes once in one mode and sum up their samples."""
    prepare(machine.folder)
    worker = machine.start("timing", "worker", seconds, "native")
    web = machine.start("timing", "web", seconds, mode)
    # Waiting for web first: the worker ends when its standard input closes.
    loads = _answer(web) | _answer(worker)
    return [
        found
        for load, samples in loads.items()
        for name, values in samples.items()
        for found in _summary(f"{load}, fsync +{machine.fsync_ms} ms", MODES[mode], name, values)
    ]


def _answer(process: subprocess.Popen[bytes]) -> dict[str, dict[str, list[float]]]:
    output, _ = process.communicate()
    if process.returncode != 0:
        raise RuntimeError(f"a process of the spike ended with {process.returncode}")
    return cast(dict[str, Any], json.loads(output))


def _summary(case: str, subject: str, name: str, seconds: list[float]) -> Rows:
    if not seconds:
        return []
    milliseconds = sorted(1000 * value for value in seconds)
    figures = {
        "p50": statistics.median(milliseconds),
        "p99": milliseconds[min(len(milliseconds) - 1, int(0.99 * len(milliseconds)))],
        "longest": milliseconds[-1],
    }
    rows = [row(case, subject, f"{name} {key}", round(ms, 3), "ms") for key, ms in figures.items()]
    return [*rows, row(case, subject, f"{name} samples", len(seconds), "count")]


@contextmanager
def machine_with(fsync_ms: int) -> Iterator[Machine]:
    """A fresh folder and a disk that is slower by so many milliseconds per fsync."""
    with tempfile.TemporaryDirectory(prefix="spike-sqlite-") as name:
        folder = Path(name)
        yield Machine(folder, build_slow_disk(folder), fsync_ms)


def print_table(rows: Rows) -> None:
    """Timings as one line for each load and mode, in milliseconds; the rest as they are."""
    values = {(found["case"], found["subject"], found["metric"]): found["value"] for found in rows}
    lines = list(dict.fromkeys((case, subject) for case, subject, _ in values))
    head = [f"{name} {key}" for name, key in COLUMNS]
    print(f"{'load':28}{'commit':14}" + "".join(f"{name:>11}" for name, _ in COLUMNS))
    print(" " * 42 + "".join(f"{key:>11}" for _, key in COLUMNS))
    for case, subject in lines:
        cells = [values.get((case, subject, title)) for title in head]
        if any(cell is not None for cell in cells):
            shown = ("-" if cell is None else f"{cell:.2f}" for cell in cells)
            print(f"{case:28}{subject:14}" + "".join(f"{cell:>11}" for cell in shown))
    for found in rows:
        if found["unit"] in ("count", "s") and not str(found["metric"]).endswith("samples"):
            print(found["case"], found["subject"], found["metric"], found["value"], sep="  ")


def keep(rows: Rows) -> None:
    """Write the results; those of other cases, of an earlier run, stay."""
    RESULTS.parent.mkdir(exist_ok=True)
    earlier: Rows = json.loads(RESULTS.read_text()) if RESULTS.exists() else []
    cases = {found["case"] for found in rows}
    others = [found for found in earlier if found["case"] not in cases]
    RESULTS.write_text(json.dumps(others + rows, indent=1) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--minutes", type=float, default=0.5, help="of killing, for each disk; 0: none"
    )
    parser.add_argument("--seconds", type=int, default=5, help="of each steady load")
    parser.add_argument("--fsync-ms", type=int, nargs="+", default=[0, 8], help="disks to try")
    options = parser.parse_args()
    print(f"SQLite {sqlite3.sqlite_version}, Python {sys.version.split()[0]}")
    rows: Rows = []
    for fsync_ms in options.fsync_ms:
        if options.minutes:
            with machine_with(fsync_ms) as machine:
                rows += survival(machine, 60 * options.minutes)
        for mode in MODES:
            with machine_with(fsync_ms) as machine:
                rows += timing(machine, mode, options.seconds)
    print_table(rows)
    keep(rows)
    print(f"written: {RESULTS}")
    if any(found["metric"] == "faults" and found["value"] for found in rows):
        sys.exit("something was lost")


if __name__ == "__main__":
    main()

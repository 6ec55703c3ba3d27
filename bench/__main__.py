"""python -m bench [NAME…]: run all benchmarks but `faults`, or the named ones; tables, and results
as JSON.

Traffic stays on 127.0.0.1. Every benchmark ends by itself within minutes and ends what it started.
"""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable

from bench import machine
from bench.cases import (
    faults,
    ink,
    join,
    jump,
    memory,
    opening,
    page,
    prefetch,
    requests,
    room,
    signin,
    storm,
    tiles,
    turn,
    votes,
)
from bench.compare import TOLERANCE, committed, worse
from bench.table import Table

BENCHMARKS: dict[str, Callable[[], Table]] = {
    "turn": turn.run,
    "page": page.run,
    "jump": jump.run,
    "prefetch": prefetch.run,
    "tiles": tiles.run,
    "room": room.run,
    "opening": opening.run,
    "requests": requests.run,
    "signin": signin.run,
    "memory": memory.run,
    "join": join.run,
    "storm": storm.run,
    "votes": votes.run,
    "ink": ink.run,
}
CHOICES = {**BENCHMARKS, "faults": faults.run, **faults.PARTS}
"""What can be named. The faults, all or a part of them, run only when they are."""


def main(words: list[str]) -> int:
    """Run and print; 2 for a name that does not exist."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(CHOICES))
    names = parser.parse_args(words).names or list(BENCHMARKS)
    if unknown := [name for name in names if name not in CHOICES]:
        print(f"There is no benchmark {unknown[0]}; there are: {', '.join(CHOICES)}.")
        return 2
    machine.allow_many_sockets()
    with machine.ahead():
        seconds = {name: _run(name) for name in names}
    print("\nSeconds that each part took:")
    for name, took in seconds.items():
        print(f"{took:7.0f}  {name}")
    return 0


def _run(name: str) -> float:
    """Run one benchmark, print and keep its table; answers the seconds it took."""
    facts = machine.described(f"./run bench {name}")
    print(f"\n{name}: {facts['processor']}, {facts['cores']} cores, {facts['date']},", end=" ")
    print(f"load average before {facts['load_before']}", flush=True)
    began = time.monotonic()
    # A collection of the load's own garbage must not look like a slow server.
    gc.collect()
    gc.disable()
    with machine.on_cores(machine.LOAD_CORE):
        table = CHOICES[name]()
    gc.enable()
    facts["load_after"] = [round(figure, 2) for figure in os.getloadavg()]
    facts["seconds"] = round(time.monotonic() - began, 1)
    print(table.printed())
    _print_comparison(table)
    print(f"{facts['seconds']} s; load average after {facts['load_after']};", end=" ")
    print(f"written to {table.keep(facts).relative_to(machine.ROOT)}", flush=True)
    return time.monotonic() - began


def _print_comparison(table: Table) -> None:
    name = table.name
    before = committed(name)
    if not before:
        print(f"There are no committed results of {name} to compare with.")
        return
    found = worse(table, before)
    tolerance = f"{TOLERANCE:.0%}"
    print(f"Worse than the committed results by more than {tolerance}: {len(found) or 'nothing'}")
    for sentence in found:
        print(f"  {sentence}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""50 tablets over a network that loses 5 % of all packets and takes 300 ms in each direction.

`tc netem` does it on the loopback interface of a network namespace of its own, where the kernel has
it and this program may make one. Elsewhere a relay stands between the tablets and the server.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bench.load.crowd import Crowd
from bench.load.pacing import Turns
from bench.machine import ROOT
from bench.product import Room, product
from bench.table import OURS, Table

SIZE, TURNS, ROUNDS = 50, 10, 3
TIMEOUT = 120.0
NETEM = ("dev", "lo", "root", "netem", "delay", "300ms", "loss", "5%")
Figures = dict[str, list[float]]
"""Seconds by what was measured."""


class Refused(Exception):
    """The kernel has no netem, or does not let this program use it."""


def measure(table: Table) -> None:
    """About a minute."""
    where = "5 % lost, 300 ms each way"
    try:
        figures = _in_namespace()
        case = f"{SIZE} tablets, {where}, tc netem"
    except Refused as refused:
        table.note(f"tc netem: not available here ({refused})", OURS, "measured", 0, "times")
        figures = _behind_relay()
        case = f"{SIZE} tablets, {where}, a relay"
    for what, seconds in figures.items():
        table.note_rounds(case, OURS, what, seconds, "s")


def _in_namespace() -> Figures:
    """The figures of a process in a namespace, whose loopback interface loses packets."""
    with _namespace() as name:
        words = ["ip", "netns", "exec", name, sys.executable, "-m", "bench.faults.bad_network"]
        done = subprocess.run(words, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


@contextmanager
def _namespace() -> Iterator[str]:
    """A network namespace in which netem works; gone with the block. Raises: Refused."""
    name = f"dienhong-{time.time_ns()}"
    _run("ip", "netns", "add", name)
    try:
        _run("ip", "netns", "exec", name, "ip", "link", "set", "lo", "up")
        _run("ip", "netns", "exec", name, "tc", "qdisc", "add", *NETEM)
        # Again when the server is there: nothing of its start is measured.
        _run("ip", "netns", "exec", name, "tc", "qdisc", "del", "dev", "lo", "root")
        yield name
    finally:
        _run("ip", "netns", "del", name)


def _run(*words: str) -> None:
    try:
        done = subprocess.run(words, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise Refused(f"no program {error.filename}") from error
    if done.returncode != 0:
        raise Refused(done.stderr.strip().splitlines()[-1])


def _behind_relay() -> Figures:
    with product(SIZE) as ours:
        words = [sys.executable, "-m", "bench.load.slow_relay", str(ours.port)]
        with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as relay:
            try:
                assert relay.stdout is not None
                port = int(relay.stdout.readline())
                return _figures(port, ours.hall.rooms[str(SIZE)])
            finally:
                relay.terminate()


def _figures(port: int, room: Room) -> Figures:
    found: Figures = {"first join, last tablet": [], "a turn at the last tablet": []}
    back: list[float] = []
    crowd, began = Crowd(port), time.perf_counter()
    for cookie in room.cookies[:SIZE]:
        crowd.arrive(cookie, room.id)
    crowd.until_joined(TIMEOUT)
    found["first join, last tablet"].append(time.perf_counter() - began)
    turns = Turns(crowd, room, timeout=TIMEOUT)
    turns.paced(TURNS, 1.0)
    found["a turn at the last tablet"] += turns.to_last
    for _ in range(ROUNDS):
        back.append(_come_back(crowd))
    crowd.leave()
    return {**found, "all come back at once, last tablet": back}


def _come_back(crowd: Crowd) -> float:
    """Every connection breaks, and everybody connects again at one moment."""
    for tablet in crowd.tablets:
        tablet.close()
    began = time.perf_counter()
    for tablet in crowd.tablets:
        tablet.have = {name: tablet.answer[name] for name in ("epoch", "seq", "mine_seq")}
        crowd.connect(tablet)
    crowd.until_joined(TIMEOUT)
    return time.perf_counter() - began


if __name__ == "__main__":
    with product(SIZE) as running:
        _run("tc", "qdisc", "add", *NETEM)
        print(json.dumps(_figures(running.port, running.hall.rooms[str(SIZE)])))

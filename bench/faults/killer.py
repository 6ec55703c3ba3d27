"""Kills processes of a server at random moments, and measures how long each kind is away."""

import os
import random
import signal
import socket
import time
from collections import Counter, defaultdict
from contextlib import suppress

import requests

from bench.faults.server import FaultedServer
from tests.server.real_server import children_of

WEB, WORKER, CHILD = "web", "worker", "a render child"
_KINDS = (WEB, WORKER, CHILD)
_LONGEST = 30.0
LONG = 3.0
"""Seconds after which what the server wrote meanwhile is printed."""


class Killer:
    """Kills web, the worker or a render child, each as often, and starts what does not come back
    by itself at once: `./run` would wait for up to 4 s if it ended again and again.

    struck: kills by kind. seconds: from the kill until it serves again, by kind.
    """

    def __init__(self, server: FaultedServer, rng: random.Random) -> None:
        self._server, self._rng = server, rng
        self.struck: Counter[str] = Counter()
        self.seconds: defaultdict[str, list[float]] = defaultdict(list)

    def strike(self, times: int, within: float = 0.8) -> None:
        """So many kills, each after a random while of at most `within` seconds."""
        kinds = [_KINDS[number % len(_KINDS)] for number in range(times)]
        self._rng.shuffle(kinds)
        for kind in kinds:
            time.sleep(self._rng.uniform(0, within))
            began = time.monotonic()
            if kind == CHILD:
                self._kill_child()
            else:
                place = self._server.log.stat().st_size
                self._server.kill(kind)
                self._server.start(kind)
                answers = time.monotonic() - began
                self._until_ready(kind)
                took = time.monotonic() - began
                self.seconds[kind].append(took)
                if took > LONG:
                    written = self._server.log.read_text()[place:]
                    print(f"{kind} took {took:.1f} s, web answered after {answers:.1f}:\n{written}")
            self.struck[kind] += 1

    def _kill_child(self) -> None:
        """The next child that is found, of a fork server of the worker."""
        until = time.monotonic() + _LONGEST
        while time.monotonic() < until:
            worker = self._server.processes[WORKER].pid
            children = [one for server in children_of(worker) for one in children_of(server)]
            if children:
                with suppress(ProcessLookupError):
                    os.kill(self._rng.choice(children), signal.SIGKILL)
                    return
            time.sleep(0.002)
        raise TimeoutError("no render child was found")

    def _until_ready(self, kind: str) -> None:
        until = time.monotonic() + _LONGEST
        while not (self._web_is_ready() if kind == WEB else self._worker_is_ready()):
            if time.monotonic() > until:
                raise TimeoutError(f"{kind} does not come back")
            time.sleep(0.01)

    def _web_is_ready(self) -> bool:
        return requests.get(f"{self._server.url}/readyz", timeout=5).ok

    def _worker_is_ready(self) -> bool:
        """Whether it listens to web."""
        address = self._server.made.data / "worker.sock"
        with socket.socket(socket.AF_UNIX) as probe:
            try:
                probe.connect(os.path.relpath(address))
            except OSError:
                return False
        return True

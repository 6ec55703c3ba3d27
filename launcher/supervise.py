"""Keeps programs running: restarts one that dies, stops all in order, gives up with a sentence."""

import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from launcher.program import Lifeline, Program
from launcher.telling import ChildTrouble, Trouble, say

REFUSED = 2  # the exit code with which the product says that a person must change something


@dataclass(frozen=True)
class Patience:
    """How deaths are taken. Times in seconds."""

    short_life: float = 10.0  # a run that ends sooner counts as a failure
    pauses: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 4.0)  # before each restart in a row
    grace: float = 10.0  # between asking a program to stop and killing it


@dataclass(frozen=True)
class _Ended:
    program: Program
    code: int
    lived: float


@dataclass(frozen=True)
class _Restart:
    program: Program


class _Stop:
    """Someone asked to stop."""


class Supervisor:
    """Runs its programs until it is told to stop or one of them cannot be kept running."""

    def __init__(self, programs: Sequence[Program], patience: Patience | None = None) -> None:
        self._programs = programs
        self._patience = patience or Patience()
        self._happenings: SimpleQueue[_Ended | _Restart | _Stop] = SimpleQueue()
        self._failures = dict.fromkeys((program.name for program in programs), 0)
        self._lifeline = Lifeline()

    def stop_on_signals(self) -> None:
        """Let Ctrl-C, SIGTERM and the closing of the terminal stop everything in order."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop())

    def stop(self) -> None:
        """Ask for the end; safe from a signal handler and from any thread."""
        self._happenings.put(_Stop())

    def run(self) -> None:
        """Start all and stay until the end. No program is left running. Raises: Trouble."""
        try:
            for program in self._programs:
                self._start(program)
            while not isinstance(happening := self._happenings.get(), _Stop):
                if isinstance(happening, _Ended):
                    self._consider(happening)
                else:
                    self._start(happening.program)
        finally:
            self._stop_all()

    def _start(self, program: Program) -> None:
        program.start(self._lifeline, lambda *end: self._happenings.put(_Ended(*end)))

    def _consider(self, end: _Ended) -> None:
        """Plan a restart of what died, or give up. Raises: Trouble."""
        name, immediate = end.program.name, end.lived < self._patience.short_life
        first_start = immediate and self._failures[name] == 0
        if end.code == REFUSED and first_start and end.program.tail:
            raise ChildTrouble(end.program.tail[-1])
        self._failures[name] = self._failures[name] + 1 if immediate else 1
        if self._failures[name] > len(self._patience.pauses):
            raise _given_up(end)
        pause = self._patience.pauses[self._failures[name] - 1]
        say(
            f"Tiến trình {name} dừng đột ngột ({_cause(end.code)}), khởi động lại sau {pause:g} s.",
            f"{name} ended ({_cause(end.code)}), restarting in {pause:g} s.",
        )
        timer = threading.Timer(pause, self._happenings.put, [_Restart(end.program)])
        timer.daemon = True
        timer.start()

    def _stop_all(self) -> None:
        """Ask each program to end, wait for the grace, then kill what is left."""
        say("Đang dừng…", "stopping…")
        for program in self._programs:
            program.signal(signal.SIGTERM)
        deadline = time.monotonic() + self._patience.grace
        while any(program.is_running() for program in self._programs):
            try:
                happening = self._happenings.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                break
            if isinstance(happening, _Stop):
                break  # asked twice: at once
        for program in self._programs:
            program.sweep()
            program.wait()
        self._lifeline.close()


def _given_up(end: _Ended) -> Trouble:
    last = end.program.tail[-1] if end.program.tail else _cause(end.code)
    return Trouble(
        f"Tiến trình {end.program.name} cứ khởi động là dừng, nên đã tắt tất cả",
        f"{end.program.name} ends each time it starts, so everything was stopped; it said: {last}",
        exit_code=1,
    )


def _cause(code: int) -> str:
    names = {number.value: number.name for number in signal.Signals}
    return f"mã/code {code}" if code >= 0 else names.get(-code, f"signal {-code}")

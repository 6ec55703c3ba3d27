"""Supervises programs: restarts one that exits, stops all in order, gives up with an error."""

import signal
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from launcher.messages import ChildTrouble, Trouble, say
from launcher.program import ParentPipe, Program

REFUSED = 2  # the product's exit code for errors that the user must correct


@dataclass(frozen=True)
class RestartPolicy:
    """Restart policy. Times in seconds."""

    short_life: float = 10.0  # a shorter run counts as a failure
    pauses: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 4.0)  # delays before consecutive restarts
    grace: float = 10.0  # between SIGTERM and SIGKILL


@dataclass(frozen=True)
class _Ended:
    program: Program
    code: int
    lived: float


@dataclass(frozen=True)
class _Restart:
    program: Program


class _Stop:
    """A request to stop."""


class Supervisor:
    """Runs its programs until it is stopped or one of them keeps failing."""

    def __init__(self, programs: Sequence[Program], policy: RestartPolicy | None = None) -> None:
        self._programs = programs
        self._policy = policy or RestartPolicy()
        self._events: SimpleQueue[_Ended | _Restart | _Stop] = SimpleQueue()
        self._failures = dict.fromkeys((program.name for program in programs), 0)
        self._parent_pipe = ParentPipe()

    def stop_on_signals(self) -> None:
        """Stop all programs in order on Ctrl-C, SIGTERM and SIGHUP (the terminal closes)."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: self.stop())

    def stop(self) -> None:
        """Request the stop; safe in a signal handler and in any thread."""
        self._events.put(_Stop())

    def run(self) -> None:
        """Start all programs and wait for the stop. No program is left running. Raises: Trouble."""
        try:
            for program in self._programs:
                self._start(program)
            while not isinstance(event := self._events.get(), _Stop):
                if isinstance(event, _Ended):
                    self._consider(event)
                else:
                    self._start(event.program)
        finally:
            self._stop_all()

    def _start(self, program: Program) -> None:
        program.start(self._parent_pipe, lambda *end: self._events.put(_Ended(*end)))

    def _consider(self, end: _Ended) -> None:
        """Schedule a restart of a program that exited, or give up. Raises: Trouble."""
        name, immediate = end.program.name, end.lived < self._policy.short_life
        first_start = immediate and self._failures[name] == 0
        if end.code == REFUSED and first_start and end.program.tail:
            raise ChildTrouble(end.program.tail[-1])
        self._failures[name] = self._failures[name] + 1 if immediate else 1
        if self._failures[name] > len(self._policy.pauses):
            raise _given_up(end)
        pause = self._policy.pauses[self._failures[name] - 1]
        say(
            f"Tiến trình {name} dừng đột ngột ({_cause(end.code)}), khởi động lại sau {pause:g} s.",
            f"{name} ended ({_cause(end.code)}), restarting in {pause:g} s.",
        )
        timer = threading.Timer(pause, self._events.put, [_Restart(end.program)])
        timer.daemon = True
        timer.start()

    def _stop_all(self) -> None:
        """Send SIGTERM to each program, wait for the grace period, then kill the rest."""
        say("Đang dừng…", "stopping…")
        for program in self._programs:
            program.signal(signal.SIGTERM)
        deadline = time.monotonic() + self._policy.grace
        while any(program.is_running() for program in self._programs):
            try:
                event = self._events.get(timeout=max(0.0, deadline - time.monotonic()))
            except Empty:
                break
            if isinstance(event, _Stop):
                break  # a second request: kill now
        for program in self._programs:
            program.sweep()
            program.wait()
        self._parent_pipe.close()


def _given_up(end: _Ended) -> Trouble:
    # Its log is JSON: what ended it is the last line of a traceback, or a sentence.
    said = [line for line in end.program.tail if line and not line.startswith("{")]
    last = said[-1] if said else _cause(end.code)
    return Trouble(
        f"Tiến trình {end.program.name} cứ khởi động là dừng, nên đã tắt tất cả",
        f"{end.program.name} ends each time it starts, so everything was stopped; it said: {last}",
        exit_code=1,
    )


def _cause(code: int) -> str:
    names = {number.value: number.name for number in signal.Signals}
    return f"mã/code {code}" if code >= 0 else names.get(-code, f"signal {-code}")

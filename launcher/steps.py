"""One step of the work: runs a command, says every few seconds that it is still going on."""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from launcher.places import ROOT
from launcher.telling import Trouble, say, show

HEARTBEAT_SECONDS = 8.0
TAIL_LINES = 12


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit code, all lines of its output, the last ones of its errors."""

    code: int
    out: list[str]
    errors: list[str]


class StepFailed(Trouble):
    """A step of the set-up ended with an error; its last lines were shown."""


def run_step(
    command: Sequence[object],
    vi: str,
    en: str,
    *,
    env: Mapping[str, str] | None = None,
    heartbeat_seconds: float = HEARTBEAT_SECONDS,
) -> Outcome:
    """Run a command to its end from the program's folder, with a line at least every 10 s.

    Its output is kept from the terminal. Never raises for a bad exit code; see `must`.
    """
    say(f"{vi}…", f"{en}…")
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    out: list[str] = []
    errors: deque[str] = deque(maxlen=TAIL_LINES)
    readers = [_reader(process.stdout, out.append), _reader(process.stderr, errors.append)]
    try:
        _wait(process, lambda: (out[-1:] or list(errors)[-1:] or [""])[0], heartbeat_seconds)
    finally:
        if process.poll() is None:  # interrupted: end it and all that it started
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for reader in readers:
        reader.join()
    return Outcome(process.returncode, out, list(errors))


def must(outcome: Outcome, vi: str, en: str) -> Outcome:
    """Pass a good outcome on. Raises: StepFailed, after showing the last lines of the command."""
    if outcome.code != 0:
        for line in (outcome.errors or outcome.out)[-TAIL_LINES:]:
            show(f"    {line}")
        raise StepFailed(vi, en)
    return outcome


def _reader(stream: IO[str] | None, keep: Callable[[str], object]) -> threading.Thread:
    """Start a thread that hands every line of the stream to `keep`."""
    assert stream is not None

    def read() -> None:
        with stream:
            for line in stream:
                if line.strip():
                    keep(line.rstrip())

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    return thread


def _wait(process: subprocess.Popen[str], last_line: Callable[[], str], every: float) -> None:
    """Wait for the end; each `every` seconds tell the time so far and the command's last line."""
    started = time.monotonic()
    while True:
        try:
            process.wait(every)
        except subprocess.TimeoutExpired:
            show(f"  … {time.monotonic() - started:.0f} s  {last_line().strip()[:80]}".rstrip())
        else:
            return

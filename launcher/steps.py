"""Runs a command as one step, with a progress line every few seconds."""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO

from launcher.messages import Trouble, say, show
from launcher.places import ROOT

HEARTBEAT_SECONDS = 8.0
TAIL_LINES = 12


@dataclass(frozen=True)
class Outcome:
    """Result of a command: exit code, all lines of stdout, the last lines of stderr."""

    code: int
    out: list[str]
    errors: list[str]


class StepFailed(Trouble):
    """A step of the set-up failed; its last lines were shown."""


def run_step(
    command: Sequence[object],
    vi: str,
    en: str,
    *,
    env: Mapping[str, str] | None = None,
    heartbeat_seconds: float = HEARTBEAT_SECONDS,
) -> Outcome:
    """Run a command in the program's folder, with a progress line at least every 10 s.

    Its output is captured and not shown. Never raises for a non-zero exit code; see `must`.
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
        if process.poll() is None:  # interrupted: kill the process group
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    for reader in readers:
        reader.join()
    return Outcome(process.returncode, out, list(errors))


def must(outcome: Outcome, vi: str, en: str) -> Outcome:
    """Return a successful outcome. Raises: StepFailed, after showing the command's last lines."""
    if outcome.code != 0:
        for line in (outcome.errors or outcome.out)[-TAIL_LINES:]:
            show(f"    {line}")
        raise StepFailed(vi, en)
    return outcome


def _reader(stream: IO[str] | None, keep: Callable[[str], object]) -> threading.Thread:
    """Start a thread that passes every non-empty line of the stream to `keep`."""
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
    """Wait for the end; every `every` seconds show the elapsed time and the command's last line."""
    started = time.monotonic()
    while True:
        try:
            process.wait(every)
        except subprocess.TimeoutExpired:
            show(f"  … {time.monotonic() - started:.0f} s  {last_line().strip()[:80]}".rstrip())
        else:
            return

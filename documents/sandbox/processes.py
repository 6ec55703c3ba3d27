"""Runs a module of this program as a process that confines itself, with a bounded time."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from core.paths import ROOT

_ENVIRONMENT = {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "PATH": os.defpath}
"""The whole environment. It contains no secrets."""


_PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """Let the kernel kill this process when the thread that started it ends. Call it in a child
    after `confine`, which would undo it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def run_module(
    module: str, folder: Path, *, seconds: float, nice: int, most_output: int
) -> tuple[int | None, str]:
    """Run `python -m module folder` and everything that it starts.

    Returns the exit code, None if the time was up, and the first bytes of its output, which it
    wrote to folder/output. nice: added to this process's nice value. Raises: OSError.
    """
    with (folder / "output").open("w+b") as output:
        child = subprocess.Popen(
            [sys.executable, "-s", "-m", module, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=_ENVIRONMENT,
            start_new_session=True,
        )
        with suppress(OSError):  # it may have ended; the nice value of its owner still applies
            os.setpriority(os.PRIO_PROCESS, child.pid, os.nice(0) + nice)
        try:
            code: int | None = child.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        output.seek(0)
        return code, output.read(most_output).decode(errors="replace")

"""One supervised program: starts it, captures its output, ends it and its child processes."""

import os
import signal
import subprocess
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PARENT_PIPE = "DIENHONG_LIFELINE_FD"
TAIL_LINES = 20


class ParentPipe:
    """A pipe whose write end only the supervisor has open: it closes when the supervisor exits."""

    def __init__(self) -> None:
        self.child_end, self._own_end = os.pipe()  # inherited only if passed explicitly

    def close(self) -> None:
        """Close both ends; every child that still runs then exits."""
        os.close(self._own_end)
        os.close(self.child_end)


class Program:
    """A command that should run continuously; call `start` again after each exit."""

    def __init__(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        folder: Path,
        environ: Mapping[str, str],
        sink: Callable[[str], object],
    ) -> None:
        """sink: receives every line that the program prints, in a separate thread."""
        self.name = name
        self.tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._command = [str(word) for word in command]
        self._folder, self._environ, self._sink = folder, dict(environ), sink
        self._process: subprocess.Popen[str] | None = None
        self._started = 0.0

    @property
    def pid(self) -> int | None:
        """The process id of the current run, or of the last one."""
        return self._process.pid if self._process else None

    def start(
        self, parent_pipe: ParentPipe, ended: Callable[["Program", int, float], object]
    ) -> None:
        """Start a run. `ended(program, exit code, seconds lived)` is called on another thread."""
        self.tail.clear()
        self._started = time.monotonic()
        process = subprocess.Popen(
            self._command,
            cwd=self._folder,
            env={**self._environ, PARENT_PIPE: str(parent_pipe.child_end)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            pass_fds=(parent_pipe.child_end,),
            start_new_session=True,  # Ctrl-C reaches only the supervisor, which stops in order
        )
        self._process = process
        threading.Thread(target=self._watch, args=(process, ended), daemon=True).start()

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the program, if it has been started."""
        if self._process is not None:
            self._process.send_signal(number)

    def is_running(self) -> bool:
        """Whether the current run has not ended."""
        return self._process is not None and self._process.poll() is None

    def wait(self) -> None:
        """Wait until the current run has ended and its exit status is collected."""
        if self._process is not None:
            self._process.wait()

    def sweep(self) -> None:
        """Kill the program and its remaining child processes."""
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return  # the process group no longer exists

    def _watch(
        self, process: subprocess.Popen[str], ended: Callable[["Program", int, float], object]
    ) -> None:
        reader = threading.Thread(target=self._read, args=(process.stdout,), daemon=True)
        reader.start()
        code = process.wait()
        lived = time.monotonic() - self._started
        self.sweep()
        reader.join(timeout=2)  # the last lines; a stray grandchild may keep the pipe open
        ended(self, code, lived)

    def _read(self, stream: IO[str]) -> None:
        with stream:
            for line in stream:
                self.tail.append(line.rstrip())
                self._sink(line)

"""Sinks for the output of web and worker: a file of limited size, or the terminal."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path

LIMIT_BYTES = 10_000_000


class LogFile:
    """Appends lines to a file; a full file is renamed to `<name>.old` and a new one is created."""

    def __init__(self, path: Path, limit_bytes: int = LIMIT_BYTES) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path, self._limit = path, limit_bytes
        self._lock = threading.Lock()
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def __call__(self, line: str) -> None:
        """Write one line, which includes its newline."""
        with self._lock:
            if self._file.tell() > self._limit:
                self._file.close()
                self._path.replace(self._path.with_name(f"{self._path.name}.old"))
                self._file = self._path.open("a", encoding="utf-8", buffering=1)
            self._file.write(line)

    def close(self) -> None:
        """Close the file; no line may be written afterwards."""
        with self._lock:
            self._file.close()


def to_terminal() -> Callable[[str], object]:
    """A sink that writes lines to standard error, which a service manager stores."""
    return sys.stderr.write

"""The worker's client of the fork server: starts it for the first child, and again if it died.

Native threads; one client per process. Concurrent calls wait for each other, a few milliseconds.
"""

import atexit
import os
import socket
import subprocess
import sys
import threading
from dataclasses import dataclass

import msgspec

from core.paths import ROOT
from documents.rendering.fork_protocol import (
    Spawned,
    SpawnFailed,
    SpawnRequest,
    receive,
    send_message,
)

TIMEOUT = 30.0
"""Seconds to wait for the fork server, which first loads its libraries, possibly under load."""
END_TIMEOUT = 1.0

_MEGABYTE = 1024 * 1024
_ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    # Reuse the buffers of one page for the next, instead of returning them to the kernel.
    "MALLOC_MMAP_THRESHOLD_": str(32 * _MEGABYTE),
    "MALLOC_TRIM_THRESHOLD_": str(128 * _MEGABYTE),
}
"""The whole environment of the fork server and its children. It contains no secrets."""


@dataclass(frozen=True, slots=True)
class ChildHandle:
    """A running child. The owner closes all three descriptors.

    fork_server: the pid of its fork server.
    told: a pipe that receives the exit code (`Ended`), or only EOF if the fork server died.
    """

    fork_server: int
    pid: int
    pidfd: int
    stream: socket.socket
    told: int


class ForkClient:
    """Runs one fork server at a time, started at the first request or before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._retired: list[subprocess.Popen[bytes]] = []

    @property
    def pid(self) -> int | None:
        """The pid of the current fork server, if one was started."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the fork server in advance, so that it loads its libraries in parallel."""
        with self._lock:
            self._ensure_started()

    def spawn(self, spawn_request: SpawnRequest) -> ChildHandle:
        """Fork a child, from a new fork server if the old one is dead. Raises: OSError."""
        with self._lock:
            try:
                return self._request_child(spawn_request)
            except (ConnectionError, TimeoutError):
                return self._request_child(spawn_request)

    def recycle(self, pid: int) -> None:
        """Stop using the fork server with this pid. The next request starts another."""
        with self._lock:
            if pid == self.pid:
                self._detach()

    def close(self) -> None:
        """Stop the fork server. Running children continue. A later request starts another."""
        with self._lock:
            self._detach()
            for process in self._retired:
                try:
                    process.wait(END_TIMEOUT)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            self._retired.clear()

    def _ensure_started(self) -> socket.socket:
        if self._channel is not None:
            return self._channel
        self._retired = [process for process in self._retired if process.poll() is None]
        ours, its = socket.socketpair()
        with its:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-m", "documents.rendering.fork_server"],
                stdin=its.fileno(),
                stdout=subprocess.DEVNULL,
                cwd="/",
                env=_ENVIRONMENT,
            )
        ours.settimeout(TIMEOUT)
        self._channel = ours
        return ours

    def _request_child(self, spawn_request: SpawnRequest) -> ChildHandle:
        """Send one request. Raises: OSError.

        A fork server that did not answer is not used again: a late answer would be taken for the
        answer to the next request.
        """
        channel = self._ensure_started()
        assert self._process is not None
        stream, its = socket.socketpair()
        told, exit_writer = os.pipe()
        try:
            try:
                send_message(channel, spawn_request, [its.fileno(), exit_writer])
            finally:
                its.close()
                os.close(exit_writer)
            pid, pidfd = _read_answer(channel)
            return ChildHandle(self._process.pid, pid, pidfd, stream, told)
        except BaseException as error:
            stream.close()
            os.close(told)
            if isinstance(error, ConnectionError | TimeoutError):
                self._kill()
            raise

    def _detach(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._retired.append(self._process)
        self._channel = self._process = None

    def _kill(self) -> None:
        """Kill a fork server that is dead or does not answer."""
        if self._process is not None:
            self._process.kill()
        self._detach()


def _read_answer(channel: socket.socket) -> tuple[int, int]:
    """The child's pid and pidfd. Raises: OSError."""
    try:
        answer, descriptors = receive(channel, 1)
    except (ValueError, msgspec.MsgspecError) as error:
        raise ConnectionAbortedError(f"the fork server sent an invalid answer: {error}") from error
    if isinstance(answer, Spawned) and descriptors:
        return answer.pid, descriptors[0]
    for descriptor in descriptors:
        os.close(descriptor)
    if isinstance(answer, SpawnFailed):
        raise OSError(answer.errno, f"no render child: {os.strerror(answer.errno)}")
    raise ConnectionResetError("the fork server is gone")


fork_server = ForkClient()
"""The client of this process. Its owner closes it; the interpreter's exit closes it otherwise."""
atexit.register(fork_server.close)

"""The worker's end of the zygote: starts it when the first child is wanted, and again when it died.

Plain threads; one for the process. Whoever asks while another does waits for a few milliseconds.
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
from documents.rendering.fork_protocol import Born, SpawnRequest, Unborn, receive, send

TIMEOUT = 30.0
"""Seconds for the zygote to answer; it loads its libraries first, on a machine that is busy."""
END_TIMEOUT = 1.0

_MEGABYTE = 1024 * 1024
_ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    # The buffers of one page serve the next one, instead of being given back and asked for again.
    "MALLOC_MMAP_THRESHOLD_": str(32 * _MEGABYTE),
    "MALLOC_TRIM_THRESHOLD_": str(128 * _MEGABYTE),
}
"""All that the zygote and its children know of the worker's: no secret stands in it."""


@dataclass(frozen=True, slots=True)
class ChildHandle:
    """A child that was born; whoever has it closes all three descriptors.

    zygote: the pid of the one that bore it.
    told: a pipe that says how it ended (`Ended`), or ends without a word when nobody saw it.
    """

    fork_server: int
    pid: int
    pidfd: int
    stream: socket.socket
    told: int


class ForkClient:
    """One zygote at a time, started at the first wish or before."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._retired: list[subprocess.Popen[bytes]] = []

    @property
    def pid(self) -> int | None:
        """Of the zygote that would be asked next, if one was started."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Have one that loads its libraries while others work."""
        with self._lock:
            self._started()

    def spawn(self, spawn_request: SpawnRequest) -> ChildHandle:
        """A child of the zygote, of a new one when the old one is dead. Raises OSError."""
        with self._lock:
            try:
                return self._asked(spawn_request)
            except (ConnectionError, TimeoutError):
                return self._asked(spawn_request)

    def recycle(self, pid: int) -> None:
        """Let the zygote with this number have no more children; the next wish starts another."""
        with self._lock:
            if pid == self.pid:
                self._let_go()

    def close(self) -> None:
        """End the zygote; children that live go on. A later wish would start another."""
        with self._lock:
            self._let_go()
            for process in self._retired:
                try:
                    process.wait(END_TIMEOUT)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
            self._retired.clear()

    def _started(self) -> socket.socket:
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

    def _asked(self, spawn_request: SpawnRequest) -> ChildHandle:
        """Raises OSError. Who did not answer is not asked again: what it still says would be taken
        for the answer to the next wish."""
        channel = self._started()
        assert self._process is not None
        stream, its = socket.socketpair()
        told, tells = os.pipe()
        try:
            try:
                send(channel, spawn_request, [its.fileno(), tells])
            finally:
                its.close()
                os.close(tells)
            pid, pidfd = _answered(channel)
            return ChildHandle(self._process.pid, pid, pidfd, stream, told)
        except BaseException as error:
            stream.close()
            os.close(told)
            if isinstance(error, ConnectionError | TimeoutError):
                self._drop()
            raise

    def _let_go(self) -> None:
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            self._retired.append(self._process)
        self._channel = self._process = None

    def _drop(self) -> None:
        """End a zygote that is dead or does not answer."""
        if self._process is not None:
            self._process.kill()
        self._let_go()


def _answered(channel: socket.socket) -> tuple[int, int]:
    """The child's pid and pidfd. Raises OSError."""
    try:
        answer, descriptors = receive(channel, 1)
    except (ValueError, msgspec.MsgspecError) as error:
        raise ConnectionAbortedError(f"the zygote talks nonsense: {error}") from error
    if isinstance(answer, Born) and descriptors:
        return answer.pid, descriptors[0]
    for descriptor in descriptors:
        os.close(descriptor)
    if isinstance(answer, Unborn):
        raise OSError(answer.errno, f"no render child: {os.strerror(answer.errno)}")
    raise ConnectionResetError("the zygote is gone")


fork_server = ForkClient()
"""The one of this process. Its owner closes it; what nobody closed ends with the interpreter."""
atexit.register(fork_server.close)

"""The zygote: a warm process that render children are forked from.

The worker starts it as `python -m documents.rendering.fork_server`. It has loaded all that a child
needs and never opens a document, so that every paper gets a process as fresh as a new interpreter,
in milliseconds. It has one thread, is told wishes on stdin (a socket), and is the children's
parent:
it collects them and tells how each ended. When its owner goes it has no more, and ends with its
last.
"""

import gc
import os
import select
import signal
import socket
import sys
from contextlib import suppress
from typing import NoReturn

from PIL import Image

from documents.render_protocol import frame
from documents.rendering import child
from documents.rendering.confinement import confine
from documents.rendering.fork_protocol import (
    CHILD_DESCRIPTORS,
    Born,
    Ended,
    SpawnRequest,
    Unborn,
    receive,
    send,
)

_STREAM = 3
"""The one descriptor of a child beside the three that lead nowhere."""
_NAME = b"render-child"


class ForkServer:
    """Answers wishes until its owner goes, and buries what it bore."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._wanted = True
        self._alive: dict[int, tuple[int, int]] = {}
        """By pidfd: the pid, and where its end is told."""
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)

    def run(self) -> None:
        """Returns when the owner is gone and no child lives."""
        while self._wanted or self._alive:
            for descriptor, _ in self._poll.poll():
                if descriptor == self._channel.fileno():
                    self._hear()
                else:
                    self._bury(descriptor)

    def _hear(self) -> None:
        try:
            spawn_request, descriptors = receive(self._channel, CHILD_DESCRIPTORS)
        except ConnectionError:  # the owner went with an answer unread
            spawn_request, descriptors = None, []
        if spawn_request is None:
            self._wanted = False
            self._poll.unregister(self._channel)
            return
        stream, told = descriptors
        assert isinstance(spawn_request, SpawnRequest)
        try:
            pid = os.fork()
        except OSError as error:
            # Closed before the answer: whoever reads it may count on the descriptors being gone.
            os.close(stream)
            os.close(told)
            send(self._channel, Unborn(error.errno or 0))
            return
        if pid == 0:
            _live(stream, spawn_request)
        os.close(stream)
        self._bore(pid, told)

    def _bore(self, pid: int, told: int) -> None:
        # Nobody but this process collects the child, so its number is its own until then.
        pidfd = os.pidfd_open(pid)
        self._alive[pidfd] = (pid, told)
        self._poll.register(pidfd, select.POLLIN)
        send(self._channel, Born(pid), [pidfd])

    def _bury(self, pidfd: int) -> None:
        pid, told = self._alive.pop(pidfd)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        try:
            os.write(told, frame(Ended(code)))
        except BrokenPipeError:
            pass  # its owner does not care any more
        finally:
            os.close(told)


def _live(stream: int, spawn_request: SpawnRequest) -> NoReturn:
    """The life of a child, from the fork to its end."""
    code = 1
    try:
        _be_alone(stream)
        os.nice(spawn_request.nice)
        if spawn_request.idle:
            # Whoever turns a page goes first at once: a slice of this one's is a late turn.
            with suppress(OSError):  # some sandboxes refuse it: then it is merely nice
                os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        confine(name=_NAME, file_bytes=spawn_request.file_bytes)
        child.serve(_STREAM)
        code = 0
    finally:
        # Past everything that the zygote has to do at its own end, and past its buffers.
        os._exit(code)


def _be_alone(stream: int) -> None:
    """Keep one descriptor of all that the zygote has: not its channel, nothing of other children.

    What a library prints goes nowhere.
    """
    os.dup2(stream, _STREAM)
    os.closerange(_STREAM + 1, os.sysconf("SC_OPEN_MAX"))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)


def main() -> int:
    """Entry of the zygote."""
    # Ctrl-C is for the owner; a child inherits this and keeps every other signal as it was born.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = socket.socket(fileno=os.dup(0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.close(nowhere)
    Image.init()
    child.warm()
    # What is loaded by now is never looked at again, so that children share it with this process.
    gc.collect()
    gc.freeze()
    ForkServer(channel).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

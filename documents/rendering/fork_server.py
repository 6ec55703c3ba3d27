"""The fork server: a process with all libraries loaded, from which render children are forked.

The worker starts it as `python -m documents.rendering.fork_server`. It never opens a document, so
that every document gets a process as clean as a new interpreter, within milliseconds. It has one
thread and receives requests on stdin (a socket). As the parent of the children it reaps them and
reports how each ended. When the worker is gone, it forks no more children and exits after the last.
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
from documents.rendering.fork_protocol import (
    CHILD_DESCRIPTORS,
    Ended,
    Spawned,
    SpawnFailed,
    SpawnRequest,
    receive,
    send_message,
)
from documents.sandbox.confinement import Limits, confine

_STREAM = 3
"""The only descriptor of a child besides the three standard ones, which are /dev/null."""
_NAME = b"render-child"


class ForkServer:
    """Answers requests until the worker is gone, and reaps the children."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._owner_alive = True
        self._children: dict[int, tuple[int, int]] = {}
        """By pidfd: the pid, and the pipe for the exit code."""
        self._poll = select.poll()
        self._poll.register(channel, select.POLLIN)

    def run(self) -> None:
        """Serve until the worker is gone and no child is running."""
        while self._owner_alive or self._children:
            for descriptor, _ in self._poll.poll():
                if descriptor == self._channel.fileno():
                    self._handle_request()
                else:
                    self._reap(descriptor)

    def _handle_request(self) -> None:
        try:
            spawn_request, descriptors = receive(self._channel, CHILD_DESCRIPTORS)
        except ConnectionError:  # the worker exited with an unread answer
            spawn_request, descriptors = None, []
        if spawn_request is None:
            self._owner_alive = False
            self._poll.unregister(self._channel)
            return
        stream, exit_pipe = descriptors
        assert isinstance(spawn_request, SpawnRequest)
        try:
            pid = os.fork()
        except OSError as error:
            # Closed before the answer: its receiver may rely on the descriptors being closed.
            os.close(stream)
            os.close(exit_pipe)
            send_message(self._channel, SpawnFailed(error.errno or 0))
            return
        if pid == 0:
            _run_child(stream, spawn_request)
        os.close(stream)
        self._register_child(pid, exit_pipe)

    def _register_child(self, pid: int, exit_pipe: int) -> None:
        # Only this process reaps the child, so the pid cannot be reused before that.
        pidfd = os.pidfd_open(pid)
        self._children[pidfd] = (pid, exit_pipe)
        self._poll.register(pidfd, select.POLLIN)
        send_message(self._channel, Spawned(pid), [pidfd])

    def _reap(self, pidfd: int) -> None:
        pid, exit_pipe = self._children.pop(pidfd)
        self._poll.unregister(pidfd)
        os.close(pidfd)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        try:
            os.write(exit_pipe, frame(Ended(code)))
        except BrokenPipeError:
            pass  # the owner has closed the pipe
        finally:
            os.close(exit_pipe)


def _run_child(stream: int, spawn_request: SpawnRequest) -> NoReturn:
    """Run a child, from the fork to its exit."""
    code = 1
    try:
        _close_inherited(stream)
        os.nice(spawn_request.nice)
        if spawn_request.idle:
            # Page requests of users must preempt this child at once, without a time slice of delay.
            with suppress(OSError):  # some sandboxes forbid it; the nice value still applies
                os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
        confinement = confine(name=_NAME, limits=Limits(file_bytes=spawn_request.file_bytes))
        child.serve(_STREAM, confinement)
        code = 0
    finally:
        # Skips the exit handlers of the fork server and its unflushed buffers.
        os._exit(code)


def _close_inherited(stream: int) -> None:
    """Close all inherited descriptors except `stream`: the channel, and those of other children.

    Output of libraries goes to /dev/null.
    """
    os.dup2(stream, _STREAM)
    os.closerange(_STREAM + 1, os.sysconf("SC_OPEN_MAX"))
    devnull = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(devnull, standard)
    os.close(devnull)


def main() -> int:
    """Entry point of the fork server."""
    # Ctrl-C is for the worker. Children inherit this; all other signals keep their default action.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    channel = socket.socket(fileno=os.dup(0))
    devnull = os.open(os.devnull, os.O_RDWR)
    os.dup2(devnull, 0)
    os.close(devnull)
    Image.init()
    child.warm()
    # The collector ignores all objects loaded so far, so that children share their memory pages.
    gc.collect()
    gc.freeze()
    ForkServer(channel).run()
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Ends a child process when its parent ends, for any reason.

The parent keeps the write end of a pipe open and never writes; the kernel closes it even after
`kill -9`. The child then reads the end of the file.
"""

import io
import os
import signal
from collections.abc import Mapping

from core.offload import native_sleep, native_thread

VARIABLE = "DIENHONG_LIFELINE_FD"
EXIT_CODE = 3


def watch(fd: int, *, grace: float = 5.0) -> None:
    """End this process when pipe `fd` closes: SIGTERM to itself, `os._exit` after `grace` seconds.

    Call it after the signal handlers are set, or SIGTERM ends the process at once.
    """
    os.set_inheritable(fd, False)

    def wait_for_the_end() -> None:
        with io.FileIO(fd, "r") as pipe:
            while pipe.read(64):
                pass
        os.kill(os.getpid(), signal.SIGTERM)
        native_sleep(grace)
        os._exit(EXIT_CODE)

    native_thread(wait_for_the_end, "lifeline")


def watch_from_environment(environ: Mapping[str, str] = os.environ) -> bool:
    """Watch the descriptor in `DIENHONG_LIFELINE_FD`; return False when it is not set."""
    text = environ.get(VARIABLE, "")
    if not text.isdecimal():
        return False
    watch(int(text))
    return True

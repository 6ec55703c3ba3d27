"""The server side of the spike: one process, two ways of taking an upload, its pauses measured.

`python -m bench.spikes.server_edges_app CORE`: prints its port, serves until SIGTERM.
"""

import sys

from core.server import eventlet_server

eventlet_server.patch()

import gc  # noqa: E402
import hashlib  # noqa: E402
import os  # noqa: E402
import tempfile  # noqa: E402
import threading  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

import structlog  # noqa: E402
from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402

from core.http.upload_stream import receive_upload  # noqa: E402
from core.offload import run_native  # noqa: E402
from core.server.listener import bind  # noqa: E402
from core.server.watchdog import HubWatchdog  # noqa: E402

BEAT = 0.001
app = Flask(__name__)
socketio = SocketIO(app, async_mode="eventlet", ping_interval=5, ping_timeout=8)
watchdog = HubWatchdog(beat=BEAT, alarm=0.1)
folder = Path(tempfile.mkdtemp(prefix="dienhong-spike-"))


class Busy:
    """The longest work of the hub's thread between two heartbeats, in its own processor time.

    Unlike the pause it does not count what other programs on the machine take.
    """

    longest = 0.0

    def watch(self) -> None:
        while True:
            before = time.thread_time()
            time.sleep(BEAT)
            self.longest = max(self.longest, time.thread_time() - before)


class Collections:
    """The longest full garbage collection."""

    longest = 0.0
    _started = 0.0

    def __call__(self, phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            self._started = time.perf_counter()
        else:
            self.longest = max(self.longest, time.perf_counter() - self._started)


busy, collections = Busy(), Collections()


@app.get("/ok")
def ok() -> str:
    return "ok"


@app.get("/measure")
def measure() -> dict[str, float]:
    answer = {
        "pause": watchdog.longest_pause(),
        "busy": busy.longest,
        "collection": collections.longest,
    }
    busy.longest = collections.longest = 0.0
    return answer


@app.post("/stream")
def by_our_stream() -> str:
    received = receive_upload(
        request.environ["wsgi.input"],
        content_type=request.content_type or "",
        content_length=request.content_length,
        directory=folder,
        max_bytes=1 << 30,
    )
    run_native(received.path.unlink)
    return received.sha256


@app.post("/form")
def by_the_form_parser() -> str:
    """What Flask's own documentation would have us write."""
    path = folder / "naive"
    request.files["file"].save(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    path.unlink()
    return digest


def echo(value: Any) -> Any:
    """The probe's event: comes back at once."""
    return value


socketio.on_event("echo", echo)


if __name__ == "__main__":
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    os.sched_setaffinity(0, {int(sys.argv[1])})
    gc.callbacks.append(collections)
    threading.Thread(target=busy.watch, daemon=True).start()
    watchdog.start()
    listener = bind("127.0.0.1", 0)
    print(listener.getsockname()[1], flush=True)
    eventlet_server.serve(app, listener, on_stop=folder.rmdir)

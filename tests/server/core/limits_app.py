"""A small application behind the real server, started by test_server_edges as its own process.

`python -m tests.server.core.limits_app MODE SETTINGS`: prints its port, serves until told to stop.
SETTINGS is JSON: `limits` (of ConnectionLimits), `directory`, `max_bytes`, `file_size_limit`, and
for the mode `tls` the folder of its certificates, `tls`.
"""

import json
import sys

MODE, SETTINGS = sys.argv[1], json.loads(sys.argv[2])
if MODE != "threading":
    from core.server import eventlet_server as server

    server.patch()
else:
    from core.server import threading_server as server  # type: ignore[no-redef]

import resource  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402
from prometheus_client import generate_latest  # noqa: E402

from core import offload  # noqa: E402
from core.errors import Refusal  # noqa: E402
from core.http.upload_stream import receive_upload  # noqa: E402
from core.server import parent_death  # noqa: E402
from core.server.listener import bind  # noqa: E402
from core.server.timeouts import ConnectionLimits  # noqa: E402
from core.server.tls import files_in  # noqa: E402
from core.server.watchdog import HubWatchdog  # noqa: E402

app = Flask(__name__)
socketio = SocketIO(
    app,
    async_mode="threading" if MODE == "threading" else "eventlet",
    async_handlers=False,
    ping_interval=1,
    ping_timeout=8,
    max_http_buffer_size=2_000_000,
)
watchdog = HubWatchdog()
piled: list[float] = []


@app.get("/scheme")
def scheme():
    return request.scheme


@app.get("/ok")
def ok():
    return "ok"


@app.post("/length")
def length():
    return str(len(request.get_data()))


@app.post("/upload")
def upload():
    try:
        received = receive_upload(
            request.environ["wsgi.input"],
            content_type=request.content_type or "",
            content_length=request.content_length,
            directory=Path(SETTINGS["directory"]),
            max_bytes=SETTINGS["max_bytes"],
        )
    except Refusal as refusal:
        return {"code": refusal.code}, refusal.status
    return {
        "path": str(received.path),
        "filename": received.filename,
        "sha256": received.sha256,
        "size": received.size,
        "fields": received.fields,
    }


@app.get("/refused")
def refused_without_reading():
    return "no", 403


@app.post("/refused")
def refused_without_reading_the_body():
    return "no", 403


@app.get("/slow")
def slow():
    time.sleep(0.5)
    return "slow"


@app.get("/hold")
def hold_the_hub():
    end = time.perf_counter() + 0.3
    while time.perf_counter() < end:
        pass
    return "held"


def hold_a_little():
    end = time.perf_counter() + 0.005
    while time.perf_counter() < end:
        pass
    piled.append(end)


@app.get("/about")
def about():
    caller = time.perf_counter()
    native = offload.run_native(divmod, 7, 2)
    return {
        "cooperative": offload.cooperative(),
        "native": native,
        "descriptors": resource.getrlimit(resource.RLIMIT_NOFILE),
        "pause": watchdog.longest_pause(),
        "metrics": generate_latest().decode(),
        "seconds": time.perf_counter() - caller,
    }


@socketio.on("echo")
def echo(text):
    return text


@socketio.on("pile")
def pile_up(count):
    """So much that is due at the same moment, 5 ms each, is begun."""
    piled.clear()
    for _ in range(count):
        socketio.start_background_task(hold_a_little)


@socketio.on("piled")
def how_much_is_done(_question):
    return len(piled)


if __name__ == "__main__":
    if "file_size_limit" in SETTINGS:
        size = SETTINGS["file_size_limit"]
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    listener = bind("127.0.0.1", 0)
    watchdog.start()
    parent_death.watch_from_environment()
    print(listener.getsockname()[1], flush=True)
    server.serve(
        app,
        listener,
        limits=ConnectionLimits(**SETTINGS.get("limits", {})),
        **({"tls": files_in(Path(SETTINGS["tls"]))} if MODE == "tls" else {}),
        on_stop=lambda: print("stopped", flush=True),
    )

"""`python -m tests.server.core.broadcast_app SETTINGS`: a server that only broadcasts, as a
process.

SETTINGS is JSON: `direct`, `send_buffer` (bytes in the kernel for each client), `tls` (the folder
of its certificates, or nothing).
Everything sent carries `n`, which only grows, whatever way it is sent; a broadcast also carries
`b`, which grows by one. Prints its port. See test_direct_broadcast.
"""

import json
import sys

from core.server import eventlet_server

eventlet_server.patch()

import itertools  # noqa: E402
import socket  # noqa: E402
import time  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from flask import Flask, request  # noqa: E402
from flask_socketio import SocketIO, join_room  # noqa: E402

from core.realtime.broadcast import Broadcaster  # noqa: E402
from core.realtime.socket_middleware import PacketJson  # noqa: E402
from core.server import (  # noqa: E402
    eventlet_fastpath,
    parent_death,
)
from core.server.listener import bind  # noqa: E402
from core.server.tls import files_in  # noqa: E402

SETTINGS = json.loads(sys.argv[1])
ROOM = "hall"
done = {"direct": 0, "queued": 0, "in_pieces": 0, "cut_off": 0, "broadcasts": 0, "runs": 0}
numbers, broadcasts = itertools.count(1), itertools.count(1)


class CountedWrites(eventlet_fastpath.DirectWrites):
    """Direct writes that are counted."""

    def write(self, session: Any, frame: bytes) -> bool:
        written = super().write(session, frame)
        done["direct" if written else "queued"] += 1
        return written


def counted(name: str) -> None:
    """Count the calls of one of the module's own steps."""
    step = getattr(eventlet_fastpath, name)
    word = {"_finish": "in_pieces", "_cut": "cut_off"}[name]

    def call(*args: Any) -> None:
        done[word] += 1
        step(*args)

    setattr(eventlet_fastpath, name, call)


app = Flask(__name__)
socketio = SocketIO(
    app,
    async_mode="eventlet",
    async_handlers=False,
    json=PacketJson,
    ping_interval=5,
    ping_timeout=8,
    client_manager=Broadcaster(CountedWrites() if SETTINGS["direct"] else None),
)


def broadcast(event: str = "tick", pad: str = "") -> None:
    """To everybody in the room."""
    done["broadcasts"] += 1
    packet = {"n": next(numbers), "b": next(broadcasts), "pad": pad}
    socketio.emit(event, packet, to=ROOM)


@app.get("/run")
def run():
    """Broadcast so often, so many bytes each, at a pace in seconds; answered when it is done."""
    pad = "x" * int(request.args["bytes"])
    for _ in range(int(request.args["times"])):
        broadcast(pad=pad)
        time.sleep(float(request.args["every"]))
    done["runs"] += 1
    return done


@app.get("/begin")
def begin():
    """Count from 0 again, once nobody is here; says how many still are."""
    here = len(socketio.server.eio.sockets)
    if not here:
        done.update(dict.fromkeys(done, 0))
    return {"here": here}


@app.get("/end")
def end():
    """The last broadcast: clients leave after it."""
    broadcast("end")
    return done


@app.get("/done")
def tell():
    """What was done, who is here, and how many of them have all that was sent."""
    here = socketio.server.manager.get_participants("/", ROOM)
    idle = map(is_idle, list(socketio.server.eio.sockets.values()))
    return {**done, "here": len(list(here)), "idle": sum(idle)}


def is_idle(session: Any) -> bool:
    """Whether the next packet can be written directly."""
    queue = session.queue
    if not isinstance(queue, eventlet_fastpath.CountingQueue) or queue.websocket is None:
        return False
    return queue.parked() and not queue.websocket._sendlock.locked()


@socketio.on("connect")
def connect():
    join_room(ROOM)


@socketio.on("ask")
def ask():
    """All ways of sending in one go, the acknowledgement at last."""
    broadcast()
    socketio.emit("own", {"n": next(numbers)}, to=request.sid)  # type: ignore[attr-defined]
    broadcast()
    return {"n": next(numbers)}


if __name__ == "__main__":
    counted("_finish")
    counted("_cut")
    listener = bind("127.0.0.1", 0)
    if SETTINGS.get("send_buffer"):
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SETTINGS["send_buffer"])
    parent_death.watch_from_environment()
    print(listener.getsockname()[1], flush=True)
    folder = SETTINGS.get("tls")
    eventlet_server.serve(app, listener, tls=files_in(Path(folder)) if folder else None)

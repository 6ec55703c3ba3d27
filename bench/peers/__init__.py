"""The servers our own is measured beside."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.machine import SERVER_CORE, on_cores

HERE = Path(__file__).parent
NODE = "node socket.io 4.8"
NODE_TLS = "node, TLS"
FLOOR = "picows floor"
CONSTANT = "constant through Flask"
WORDS = {
    NODE: ["node", str(HERE / "socketio_server.mjs")],
    NODE_TLS: ["node", str(HERE / "socketio_server.mjs")],
    FLOOR: [sys.executable, "-m", "bench.peers.picows_server"],
    CONSTANT: [sys.executable, "-m", "bench.peers.flask_constant"],
}


@dataclass(frozen=True)
class Peer:
    """A running peer: its port on 127.0.0.1 and its process."""

    port: int
    pid: int


@contextmanager
def peer(subject: str, *arguments: str) -> Iterator[Peer]:
    """A peer's server on the server's core. It ends with the block."""
    with on_cores(SERVER_CORE):
        process = subprocess.Popen(
            [*WORDS[subject], *arguments],
            cwd=HERE.parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Peer(int(process.stdout.readline()), process.pid)
    finally:
        process.stdin.close()
        process.wait(10)
        process.stdout.close()

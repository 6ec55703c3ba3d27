"""The floor of `requests`: plain Flask that answers a constant, behind the product's HTTP server.

Prints its port, ends when its standard input does.
"""

from core.server import eventlet_server

eventlet_server.patch()

import os  # noqa: E402

from flask import Flask, Response  # noqa: E402

from core.offload import native_thread  # noqa: E402
from core.server import listener  # noqa: E402

CONSTANT = b'{"items":[],"next":null}'
app = Flask(__name__)


@app.route("/api/v1/constant")
def constant() -> Response:
    return Response(CONSTANT, mimetype="application/json")


def _end_with_input() -> None:
    os.read(0, 1)
    os._exit(0)


def main() -> None:
    socket = listener.bind("127.0.0.1", 0)
    print(socket.getsockname()[1], flush=True)
    native_thread(_end_with_input, "end-of-input")
    eventlet_server.serve(app, socket)


if __name__ == "__main__":
    main()

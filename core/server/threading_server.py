"""The server of DIENHONG_ASYNC_MODE=threading: a native thread for each connection.

It is the alternative to eventlet that works today: the same entry point and limits as
`core.server.eventlet_server`, on werkzeug's threaded server and simple-websocket. A thread per
client is fine for a small installation and for tests; HTTP connections have no keep-alive.
"""

import functools
import io
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

import structlog
from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from core.server.broken_requests import BriefErrors
from core.server.listener import raise_descriptor_limit
from core.server.timeouts import ConnectionLimits, TimedReader, TimedWriter

log = structlog.get_logger("dienhong.server")


def limit_messages(engine: Any, size: int) -> None:
    """Limit the bytes of a WebSocket message to an Engine.IO server; without it there is none."""
    limited = functools.partial(SimpleWebSocketWSGI, max_message_size=size)
    engine._async = {**engine._async, "websocket": limited}


def _no_yield() -> None:
    """No-op: the operating system schedules native threads."""


class LimitedHandler(BriefErrors, WSGIRequestHandler):
    """One client connection, with the deadlines of `ConnectionLimits`."""

    server: "LimitedServer"

    def setup(self) -> None:
        self.connection = self.request
        self.reader = TimedReader(self.request, self.server.limits, _no_yield)
        self.rfile: Any = io.BufferedReader(self.reader, 4096)
        self.wfile: Any = TimedWriter(self.request, self.server.limits, _no_yield)

    def handle_one_request(self) -> None:
        self.reader.expect_request()
        self.wfile.expect_answer()
        super().handle_one_request()

    def make_environ(self) -> dict[str, Any]:
        environ = super().make_environ()
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        self.reader.expect_body()
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            # simple-websocket sends a message with one `send`: it must block until all is sent.
            self.connection.settimeout(None)
        return environ

    def version_string(self) -> str:
        return "dienhong"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """No line for each request; failures are still logged."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - inherited name
        log.debug("http", message=message % args if args else message)


class LimitedServer(ThreadedWSGIServer):
    """Werkzeug's threaded server on a listening socket."""

    def __init__(self, listener: socket.socket, app: Any, limits: ConnectionLimits) -> None:
        self.limits = limits
        host, port = listener.getsockname()[:2]
        super().__init__(host, port, app, handler=LimitedHandler, fd=listener.fileno())
        raise_descriptor_limit()

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - inherited name
        log.error("request_failed", message=message % args if args else message)


def serve(
    app: Any,
    listener: socket.socket,
    *,
    limits: ConnectionLimits = ConnectionLimits(),
    on_stop: Callable[[], None] | None = None,
) -> None:
    """Serve WSGI `app` on the listening socket until SIGTERM or SIGINT; then return.

    Call it in the main thread. A stop closes the listener and calls `on_stop()`; the threads of
    connections still open end with the process.
    """
    server = LimitedServer(listener, app, limits)
    stop = threading.Event()

    def on_signal(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    accepting = threading.Thread(target=server.serve_forever, name="accept", daemon=True)
    accepting.start()
    log.info("listening", address=str(listener.getsockname()))
    while not stop.wait(3600):
        pass
    log.info("stopping")
    server.shutdown()
    server.server_close()
    listener.close()
    if on_stop is not None:
        on_stop()

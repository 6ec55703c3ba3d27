"""The eventlet server: monkey patching, native threads, the HTTP server and its limits.

Import this module only where the eventlet server runs, and call `patch()` before anything else is
imported. The rest of the code uses `core.offload` and the standard library.

It adds to eventlet's defaults: deadlines over whole requests, a bounded keep-alive, pauses between
accepted connections, bounded WebSocket messages without compression, a stop that lets running
requests end.
"""

import errno
import functools
import io
import os
import signal
import socket as socket_module
import warnings
from collections.abc import Callable
from typing import Any, TypeVar

# Eventlet warns at every import that it is deprecated. docs/adr/0001-eventlet-and-its-exit.md
# covers that decision. The filter must precede the first import; it names this message only, so
# that every other warning is still shown.
warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated\. It is currently being")

# No DNS is needed: without this eventlet loads 16 MB of DNS library and cryptography.
os.environ["EVENTLET_NO_GREENDNS"] = "yes"

import eventlet  # noqa: E402
import eventlet.greenio  # noqa: E402
import eventlet.hubs.epolls  # noqa: E402
import eventlet.patcher  # noqa: E402
import eventlet.tpool  # noqa: E402
import eventlet.websocket  # noqa: E402
import eventlet.wsgi  # noqa: E402
import structlog  # noqa: E402

from core import offload  # noqa: E402
from core.server import eventlet_tls, gc_schedule, malloc_trim  # noqa: E402
from core.server.broken_requests import BriefErrors  # noqa: E402
from core.server.client_gone import GONE, has_gone  # noqa: E402
from core.server.eventlet_websocket import GuardedWebSocket, served_first  # noqa: E402
from core.server.listener import raise_descriptor_limit  # noqa: E402
from core.server.low_priority_thread import LowPriorityThread  # noqa: E402
from core.server.server_log import ServerLog  # noqa: E402
from core.server.socket_priority import DUE_FOR, MESSAGES_FOR, SocketPriority  # noqa: E402
from core.server.timeouts import ConnectionLimits, TimedReader, TimedWriter  # noqa: E402
from core.server.tls import TlsFiles  # noqa: E402
from core.server.waiting_connections import Connection, WaitingConnections  # noqa: E402

R = TypeVar("R")
log = structlog.get_logger("dienhong.server")

ACCEPT_BATCH = 2
"""Connections accepted before they are served: a storm must not block the event loop."""
SPARE_DESCRIPTORS = 256
"""File descriptors reserved for files, database and native threads."""
ENDS_OF_ACCEPT = {errno.EBADF, errno.EINVAL, errno.ENOTSOCK}
OUT_OF_DESCRIPTORS = {errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM}
REQUEST_TIMEOUT = b"HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
_native_os: Any = eventlet.patcher.original("os")
_native_threading: Any = eventlet.patcher.original("threading")
_native_select: Any = eventlet.patcher.original("select")
_native_time: Any = eventlet.patcher.original("time")


class HubOffloader:
    """Runs blocking work in eventlet's pool of native threads; the caller waits cooperatively."""

    cooperative = True
    _low_priority: LowPriorityThread | None = None

    def run(self, work: Callable[[], R]) -> R:
        result: R = eventlet.tpool.execute(work)
        return result

    def run_low_priority(self, work: Callable[[], R]) -> R:
        if self._low_priority is None:
            self._low_priority = LowPriorityThread("behind")
        return self.run(functools.partial(self._low_priority.run, work))

    def start_thread(self, work: Callable[[], object], name: str) -> None:
        _native_threading.Thread(target=work, name=name, daemon=True).start()

    def sleep_native(self, seconds: float) -> None:
        _native_time.sleep(seconds)


class FairHub(eventlet.hubs.epolls.Hub):
    """Eventlet's epoll hub in small steps, WebSocket messages before requests.

    The default hub serves every ready socket, a thousand in a storm, before anything else runs.
    """

    def __init__(self, clock: Any = None) -> None:
        super().__init__(clock)
        self.poll: Any = SocketPriority()
        self._messages_only = self._found = False
        self._read_at = 0.0

    @staticmethod
    def is_available() -> bool:
        """Called by eventlet before it selects a hub."""
        return bool(eventlet.hubs.epolls.is_available())

    def wait(self, seconds: float | None = None) -> None:
        """Run one step: a message, a few requests, then more messages for a bounded time."""
        super().wait(seconds)
        self._read_messages()

    def fire_timers(self, when: float) -> None:
        """Run due timers, with messages in between, so that messages do not wait for all timers."""
        while self.timers and self.timers[0][0] <= when:
            super().fire_timers(self.timers[0][0])
            if self.clock() - self._read_at > DUE_FOR:
                self._read_messages()

    def _read_messages(self) -> None:
        ends = self.clock() + MESSAGES_FOR
        self._messages_only = self._found = True
        while self._found and self.clock() < ends:
            self._found = False
            super().wait(0)
        self._messages_only = False
        self._read_at = self.clock()

    def do_poll(self, seconds: float) -> Any:
        found = self.poll.poll_first() if self._messages_only else self.poll.poll(seconds)
        self._found = bool(found)
        return found


def patch() -> None:
    """Make the standard library cooperative in this process. Call it before other imports."""
    malloc_trim.limit_arenas()
    eventlet.hubs.use_hub(FairHub)
    eventlet.monkey_patch()
    offload.install(HubOffloader())
    eventlet.websocket.RFC6455WebSocket = GuardedWebSocket


def _yield_control() -> None:
    eventlet.sleep(0)


def _await_turn(client: Any, seconds: float) -> None:
    """Wait in the hub for a client's next request, so that it begins in one of the hub's steps.

    Otherwise a client that sends requests in quick succession would continue after a mere yield,
    and with hundreds of such clients all due timers would wait for all of them.
    """
    decrypted = getattr(client, "pending", None)
    if decrypted is None or not decrypted():
        eventlet.hubs.trampoline(client, read=True, timeout=seconds, timeout_exc=TimeoutError)


class LimitedHttpProtocol(BriefErrors, eventlet.wsgi.HttpProtocol):
    """One client connection, with the deadlines of `ConnectionLimits`."""

    server: "LimitedServer"

    def setup(self) -> None:
        limits = self.server.limits
        self.connection = self.request
        await_turn = functools.partial(_await_turn, self.request)
        self.reader = TimedReader(self.request, limits, _yield_control, await_turn)
        self.rfile: Any = io.BufferedReader(self.reader, 4096)
        self.wfile: Any = TimedWriter(self.request, limits, _yield_control)

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except TimeoutError:
            self.close_connection = True
            if self.reader.in_head:
                self.wfile.write(REQUEST_TIMEOUT)

    def _read_request_line(self) -> bytes:
        # Pipelined requests may be buffered on one connection: yield between two of them.
        _yield_control()
        if self.conn_state[2] != eventlet.wsgi.STATE_CLOSE:  # else it is not the newest again
            self.server.waiting.begin(self.conn_state)
        self.reader.expect_request()
        self.wfile.expect_answer()
        line: bytes = self.rfile.readline(self.server.url_length_limit)
        return line

    def finish(self) -> None:
        super().finish()
        # Both refer to this connection in a cycle; collecting it would block the event loop.
        self.reader.end_of_requests()
        self.environ: Any = None

    def get_environ(self) -> dict[str, Any]:
        self.server.waiting.end(self.conn_state)
        environ: dict[str, Any] = super().get_environ()
        # Disables permessage-deflate, which costs memory and time per client.
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        if isinstance(self.request.fd, eventlet_tls.TlsConnection):
            environ["wsgi.url_scheme"] = "https"
        descriptor = self.request.fd.fileno()
        environ[GONE] = functools.partial(has_gone, _native_select.poll, descriptor)
        body = environ["eventlet.input"]
        self.reader.expect_body(answered=lambda: bool(body.headers_sent))
        return environ

    def version_string(self) -> str:
        return "dienhong"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited name
        log.debug("http", client=self.client_address[0], message=format % args)


def _shut_down(connection: Connection) -> None:
    connection[2] = eventlet.wsgi.STATE_CLOSE
    eventlet.greenio.shutdown_safe(connection[1])


class LimitedServer(eventlet.wsgi.Server):
    """Accepts connections and runs the application for each in a green thread."""

    def __init__(
        self, listener: Any, app: Any, limits: ConnectionLimits, tls: TlsFiles | None = None
    ) -> None:
        super().__init__(
            listener,
            listener.getsockname(),
            app,
            max_http_version="HTTP/1.1",
            keepalive=limits.keep_alive,
            log=ServerLog(),
            url_length_limit=limits.line_bytes,
            debug=False,
        )
        self.log_output = False  # No line for each request; failures are still logged.
        self.limits = limits
        self.tls = None if tls is None else eventlet_tls.CertificateContext(tls)
        room = raise_descriptor_limit() - SPARE_DESCRIPTORS
        places = max(16, min(limits.max_connections, room))
        self.pool = eventlet.GreenPool(places)
        self.waiting = WaitingConnections(min(limits.most_waiting, places // 2), _shut_down)
        self.connections: dict[int, Connection] = {}

    def accept_forever(self) -> None:
        """Accept until killed. Without free descriptors, new clients wait; others continue."""
        in_a_row = 0
        while True:
            try:
                client, address = self.socket.accept()
            except OSError as error:
                if error.errno in ENDS_OF_ACCEPT:
                    raise
                log.warning("accept_failed", error=str(error))
                eventlet.sleep(0.1 if error.errno in OUT_OF_DESCRIPTORS else 0)
                continue
            self.pool.spawn_n(self._serve_client, [address, client, eventlet.wsgi.STATE_IDLE])
            in_a_row = (in_a_row + 1) % ACCEPT_BATCH
            if in_a_row == 0:
                eventlet.sleep(0)

    def _serve_client(self, connection: Connection) -> None:
        self.connections[id(connection)] = connection
        self.waiting.begin(connection)
        descriptor = connection[1].fileno()
        try:
            if self.tls is not None:
                with eventlet.Timeout(self.limits.head_deadline, TimeoutError("no handshake")):
                    # Set before the handshake waits for the client, so that a stop can close it.
                    connection[1] = eventlet_tls.over_tls(connection[1], self.tls.current())
                    eventlet_tls.shake_hands(connection[1])
            LimitedHttpProtocol(connection, self)
        except (OSError, EOFError) as error:
            log.debug("client_gone", client=connection[0][0], error=str(error))
        except Exception:
            log.exception("connection_failed", client=connection[0][0])
        finally:
            del self.connections[id(connection)]
            self.waiting.end(connection)
            served_first().discard(descriptor)
            connection[1].close()

    def close_connections(self) -> None:
        """Close idle connections now (WebSockets are idle), the others after their response."""
        for connection in list(self.connections.values()):
            idle = connection[2] == eventlet.wsgi.STATE_IDLE
            connection[2] = eventlet.wsgi.STATE_CLOSE
            if idle:
                _shut_down(connection)
        with eventlet.Timeout(self.limits.stop_grace, False):
            self.pool.waitall()


def serve(
    app: Any,
    listener: socket_module.socket,
    *,
    limits: ConnectionLimits = ConnectionLimits(),
    tls: TlsFiles | None = None,
    on_stop: Callable[[], None] | None = None,
) -> None:
    """Serve WSGI `app` on the listening socket until SIGTERM or SIGINT; then return.

    tls: also accept TLS on this socket; `wsgi.url_scheme` is "http" for clients without it.

    A stop closes the listener, lets running requests end for `limits.stop_grace` seconds and
    calls `on_stop()`. A second signal ends the process at once. Call it in the main thread,
    after `patch()`.
    """
    stop_requested = _stop_signal()
    green = (
        listener
        if isinstance(listener, eventlet.greenio.GreenSocket)
        else eventlet.greenio.GreenSocket(listener)
    )
    server = LimitedServer(green, app, limits, tls)
    gc_schedule.begin()
    eventlet.spawn(gc_schedule.run_gc_schedule)
    malloc_trim.trim_for_ever()
    accepting = eventlet.spawn(server.accept_forever)
    log.info("listening", address=str(green.getsockname()))
    stop_requested()
    log.info("stopping")
    accepting.kill()
    green.close()
    server.close_connections()
    if on_stop is not None:
        on_stop()


def _stop_signal() -> Callable[[], None]:
    """Handle SIGTERM and SIGINT; return a function that waits for one cooperatively."""
    read_end, write_end = _native_os.pipe()
    _native_os.set_blocking(write_end, False)

    def on_signal(number: int, _frame: object) -> None:
        # A signal may interrupt the hub itself: only write to the pipe, which the hub polls.
        signal.signal(number, signal.SIG_DFL)
        _native_os.write(write_end, b"x")

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)

    def wait() -> None:
        eventlet.hubs.trampoline(read_end, read=True)
        _native_os.close(read_end)

    return wait

"""The worker's socket server: receives requests and notifications, broadcasts to web processes."""

import hmac
import socket
import struct
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import structlog

from documents.worker.messages import Hello, Message, frame, messages, short_address

SEND_TIMEOUT = 5  # seconds
HELLO_TIMEOUT = 2  # seconds
MOST_STRANGERS = 8
"""Connections that may be without a proof at one time; those above are closed."""

log = structlog.get_logger()


class Caller:
    """One connected web process."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._send_lock = threading.Lock()

    def send_message(self, message: Message) -> None:
        """Send a message. On failure or timeout the connection closes; the client reconnects."""
        try:
            with self._send_lock:
                self._connection.sendall(frame(message))
        except OSError as error:
            log.info("web_lost", error=str(error))
            self.hang_up()

    def hang_up(self) -> None:
        """Close the connection. Its reading thread ends."""
        try:
            self._connection.shutdown(socket.SHUT_RDWR)
        except OSError as error:
            log.debug("web_gone_already", error=str(error))


class IpcServer:
    """Listens at `path`. `handle` is called with each message, in the thread of its connection.

    proof: of the `Hello` that a connection must begin with.
    """

    def __init__(self, path: Path, proof: str, handle: Callable[[Message, Caller], None]) -> None:
        self._path = path
        self._hello = frame(Hello(proof))
        self._strangers = threading.BoundedSemaphore(MOST_STRANGERS)
        self._closed = threading.Event()
        self._handle = handle
        self._callers: set[Caller] = set()
        self._greeting: Message | None = None
        self._lock = threading.Lock()
        self._listener: socket.socket | None = None

    def open(self) -> None:
        """Start to listen. Requires the worker lock, because it replaces an existing socket (of a
        worker that was killed)."""
        self._path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with short_address(self._path) as address:
            self._listener.bind(address)
        self._path.chmod(0o600)
        self._listener.listen(16)
        accept = partial(self._accept, self._listener)
        threading.Thread(target=accept, name="worker-accept", daemon=True).start()

    def tell(self, message: Message) -> None:
        """Send a message to every connected web process."""
        with self._lock:
            callers = list(self._callers)
        for caller in callers:
            caller.send_message(message)

    def greet(self, message: Message) -> None:
        """Send a message to every connected web process and to each that connects later."""
        self._greeting = message
        self.tell(message)

    def close(self) -> None:
        """Stop listening and close all connections."""
        self._closed.set()
        self._path.unlink(missing_ok=True)
        if self._listener is not None:
            self._listener.close()
        with self._lock:
            callers = list(self._callers)
        for caller in callers:
            caller.hang_up()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
                _set_timeout(connection, socket.SO_SNDTIMEO, SEND_TIMEOUT)
                _set_timeout(connection, socket.SO_RCVTIMEO, HELLO_TIMEOUT)
                threading.Thread(
                    target=self._read_messages,
                    args=(connection,),
                    name="worker-caller",
                    daemon=True,
                ).start()
            except (OSError, RuntimeError) as error:
                if self._closed.is_set():
                    log.debug("worker_door_closed", error=str(error))
                    return
                # No descriptors or threads are left: callers wait until there are some.
                log.warning("worker_accept_failed", error=str(error))
                time.sleep(0.1)

    def _read_messages(self, connection: socket.socket) -> None:
        caller = Caller(connection)
        try:
            if not self._is_web(connection):
                log.warning("worker_stranger_refused")
                return
            # From here on only sending has a timeout: a client may send nothing for hours.
            _set_timeout(connection, socket.SO_RCVTIMEO, 0)
            with self._lock:
                self._callers.add(caller)
            if self._greeting is not None:
                caller.send_message(self._greeting)
            for message in messages(connection):
                self._handle(message, caller)
        except (OSError, ValueError) as error:
            log.info("web_left", error=str(error))
        finally:
            with self._lock:
                self._callers.discard(caller)
            connection.close()

    def _is_web(self, connection: socket.socket) -> bool:
        """Whether the first message is the `Hello` of a web process. Reads exactly its bytes.

        A stranger may neither stay nor send more: a document may control it.
        """
        if not self._strangers.acquire(blocking=False):
            return False
        try:
            first = connection.recv(len(self._hello), socket.MSG_WAITALL)
        finally:
            self._strangers.release()
        return hmac.compare_digest(first, self._hello)


def _set_timeout(connection: socket.socket, option: int, seconds: int) -> None:
    connection.setsockopt(socket.SOL_SOCKET, option, struct.pack("@ll", seconds, 0))

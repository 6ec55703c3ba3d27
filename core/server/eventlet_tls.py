"""TLS for eventlet's sockets; part of the eventlet server.

Eventlet's green TLS socket is a different class from its green socket, with other errors. Here the
TLS socket is below the green socket and reports "would block" as a plain non-blocking socket does,
so all code for plain connections, including direct writes, works on it unchanged.
"""

import errno
import ssl
from contextlib import suppress
from typing import Any

import eventlet
import eventlet.greenio
import eventlet.hubs
import eventlet.patcher
import structlog

from core.server.tls import HELLO, TlsFiles, server_context

# Patched, the module's classes are eventlet's. Imported before patching, they are Python's.
_native_ssl: Any = eventlet.patcher.original("ssl")
_native_socket: Any = eventlet.patcher.original("socket")


class TlsConnection(_native_ssl.SSLSocket):
    """A non-blocking TLS connection that raises BlockingIOError as a plain socket does.

    A `send` that would block has begun a record: the next one must repeat the same bytes.
    """

    def recv(self, count: int = 1024, flags: int = 0) -> bytes:
        """See socket.recv."""
        try:
            received: bytes = super().recv(count, flags)
        except ssl.SSLWantReadError as error:
            raise BlockingIOError(*_WOULD_BLOCK) from error
        return received

    def recv_into(self, buffer: Any, count: int | None = None, flags: int = 0) -> int:
        """See socket.recv_into."""
        try:
            received: int = super().recv_into(buffer, count or None, flags)
        except ssl.SSLWantReadError as error:
            raise BlockingIOError(*_WOULD_BLOCK) from error
        return received

    def send(self, data: Any, flags: int = 0) -> int:
        """See socket.send."""
        try:
            sent: int = super().send(data, flags)
        except ssl.SSLWantWriteError as error:
            raise BlockingIOError(*_WOULD_BLOCK) from error
        return sent

    def shutdown(self, how: int) -> None:
        """See socket.shutdown. Sends close_notify first, if that does not block."""
        with suppress(OSError, ValueError):
            self.unwrap()
        # Not the inherited one: it discards the TLS state that a reader may still use.
        _native_socket.socket.shutdown(self, how)


class TlsSocket(eventlet.greenio.GreenSocket):
    """The green socket above a TLS connection.

    Its timeout covers a whole read: a record is received whole or not at all, and a client that
    sends it byte by byte would restart the timeout with each byte.
    """

    def recv_into(self, *args: Any) -> Any:
        """See socket.recv_into."""
        with eventlet.Timeout(self.gettimeout(), TimeoutError("no whole record came in time")):
            return super().recv_into(*args)


log = structlog.get_logger()
_WOULD_BLOCK = errno.EWOULDBLOCK, "would block"


class CertificateContext:
    """The TLS context of the server's certificate file, read again when the file was replaced.

    A file that cannot be used is logged once; the certificate before it stays in use.
    Raises: OSError (also ssl.SSLError), when the first file cannot be used.
    """

    def __init__(self, files: TlsFiles) -> None:
        self._file = files.server
        self._files = files
        self._version = self._version_of_file()
        self._context = self._read()

    def current(self) -> ssl.SSLContext:
        """Return the context for a new connection."""
        version = self._version_of_file()
        if version != self._version:
            self._version = version
            try:
                self._context = self._read()
            except OSError as error:
                log.warning("certificate_not_reloaded", file=str(self._file), error=str(error))
            else:
                log.info("certificate_reloaded", file=str(self._file))
        return self._context

    def _version_of_file(self) -> tuple[int, int] | None:
        try:
            found = self._file.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns

    def _read(self) -> ssl.SSLContext:
        context = server_context(self._files, _native_ssl)
        context.sslsocket_class = TlsConnection
        return context


def over_tls(plain: Any, context: ssl.SSLContext) -> Any:
    """Return a new connection's green socket, before its handshake; `plain` if it is not TLS.

    Waits for the first byte in the connection's green thread. Raises: OSError.
    """
    if plain.recv(1, _native_socket.MSG_PEEK) != bytes([HELLO]):
        return plain
    connection: Any = context.wrap_socket(plain.fd, server_side=True, do_handshake_on_connect=False)
    return TlsSocket(connection, set_nonblocking=False)


def shake_hands(green: Any) -> None:
    """Run the handshake of a socket from `over_tls`, if it is TLS. A shutdown ends the wait.

    Waits in the connection's green thread. Raises: OSError, EOFError.
    """
    connection = green.fd
    while isinstance(connection, TlsConnection):
        try:
            connection.do_handshake()
        except ssl.SSLWantReadError:
            eventlet.hubs.trampoline(connection, read=True)
        except ssl.SSLWantWriteError:
            eventlet.hubs.trampoline(connection, write=True)
        else:
            return

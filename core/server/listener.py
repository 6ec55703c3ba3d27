"""The listening socket of the server, and its limit of file descriptors."""

import errno
import resource
import socket

BACKLOG = 4096
"""Length of the kernel's accept queue (lowered to net.core.somaxconn)."""

WANTED_DESCRIPTORS = 65_536


class CannotListen(Exception):
    """The address is unavailable; the message is one sentence for the operator."""


def bind(host: str, port: int) -> socket.socket:
    """Return a listening TCP socket on `host` (name or address, v4 or v6) and `port` (0: any free).

    Accepted connections inherit TCP_NODELAY. Raises: CannotListen.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, OverflowError, UnicodeError) as error:
        raise CannotListen(f"{host} is not an address of this machine.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        # Lets a restarted server bind its port at once; a running server still keeps it.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise CannotListen(_sentence(error, host, port)) from error
    return listener


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is already in use: stop the other program or choose another with --port."
        )
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} needs the administrator's rights: choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine."
    return f"Cannot listen on {host} port {port}: {error.strerror}."


def raise_descriptor_limit(wanted: int = WANTED_DESCRIPTORS) -> int:
    """Raise this process's soft limit of open files as far as allowed; return the new limit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    infinite = resource.RLIM_INFINITY
    target = wanted if hard == infinite else min(wanted, hard)
    if soft != infinite and soft < target:
        resource.setrlimit(resource.RLIMIT_NOFILE, (target, hard))
        return target
    return wanted if soft == infinite else soft

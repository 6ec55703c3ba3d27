"""The network addresses of this machine, and checks for free ports."""

import array
import errno
import fcntl
import socket
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from launcher.messages import Trouble

GET_INTERFACE_ADDRESS = 0x8915  # SIOCGIFADDR of Linux
GET_INTERFACE_FLAGS = 0x8913  # SIOCGIFFLAGS
UP, LOOPBACK = 0x1, 0x8
NOT_FOR_PEOPLE = ("docker", "br-", "veth", "virbr", "cni", "podman")


@dataclass(frozen=True)
class Address:
    """One address of one network interface; `host` is ready for a URL (IPv6 in brackets)."""

    interface: str
    host: str


def lan_addresses() -> list[Address]:
    """Addresses that other machines may reach: IPv4 before IPv6, container bridges last."""
    found = _ipv4() if sys.platform == "linux" else _by_name()
    found += _ipv6()
    return sorted(found, key=lambda one: one.interface.startswith(NOT_FOR_PEOPLE))


def check_port(host: str, port: int) -> None:
    """Check that a server can listen on this host and port. Raises: Trouble."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(1)
    except (OSError, OverflowError) as error:
        raise _port_trouble(host, port, getattr(error, "errno", None)) from error


def free_port(host: str) -> int:
    """A port that is currently free."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.bind((host, 0))
        port: int = listener.getsockname()[1]
    return port


def reachable_host(host: str) -> str:
    """The host that this machine uses to reach a server that listens on `host`."""
    here = {"0.0.0.0": "127.0.0.1", "": "127.0.0.1", "::": "::1"}  # noqa: S104
    return here.get(host, host)


def url(host: str, port: int, path: str = "/", scheme: str = "http") -> str:
    """The URL to open in a browser."""
    bracketed = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"{scheme}://{bracketed}:{port}{path}"


def _port_trouble(host: str, port: int, number: int | None) -> Trouble:
    if number == errno.EADDRINUSE:
        return Trouble(
            f"Cổng {port} đang bận: tắt chương trình đang dùng nó hoặc thêm --port {port + 1}.",
            f"Port {port} is in use: stop the program that uses it or add --port {port + 1}.",
        )
    if number in (errno.EACCES, errno.EPERM):
        return Trouble(
            f"Không được phép mở cổng {port}: chọn cổng từ 1024 trở lên bằng --port.",
            f"Port {port} may not be opened: choose one from 1024 up with --port.",
        )
    return Trouble(
        f"Không mở được địa chỉ {host} cổng {port}: chọn địa chỉ của máy này bằng --host.",
        f"Cannot listen on {host} port {port}: choose an address of this machine with --host.",
    )


def _ipv4() -> list[Address]:
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            request = array.array("B", struct.pack("256s", name.encode()[:15]))
            try:
                fcntl.ioctl(probe.fileno(), GET_INTERFACE_FLAGS, request)
                (flags,) = struct.unpack_from("H", request, 16)
                if not flags & UP or flags & LOOPBACK:
                    continue
                fcntl.ioctl(probe.fileno(), GET_INTERFACE_ADDRESS, request)
            except OSError:
                continue  # an interface without an IPv4 address
            found.append(Address(name, socket.inet_ntoa(request[20:24].tobytes())))
    return found


def _ipv6() -> list[Address]:
    """The global addresses of Linux's table; link-local addresses do not work in browsers."""
    table = Path("/proc/net/if_inet6")
    if not table.is_file():
        return []
    found = []
    for line in table.read_text().splitlines():
        digits, _, _, scope, _, name = line.split()
        if int(scope, 16) == 0 and name != "lo":
            found.append(
                Address(name, f"[{socket.inet_ntop(socket.AF_INET6, bytes.fromhex(digits))}]")
            )
    return found


def _by_name() -> list[Address]:
    """On other systems than Linux: the addresses that the host name resolves to."""
    try:
        answers = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except OSError:
        return []
    hosts = {str(answer[4][0]) for answer in answers}
    return [Address("", host) for host in sorted(hosts) if not host.startswith("127.")]

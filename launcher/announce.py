"""Waits until the server answers, then prints where to find it."""

import http.client
import ssl
import subprocess
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from launcher.addresses import lan_addresses, reachable_host, url
from launcher.places import PYTHON, ROOT
from launcher.steps import HEARTBEAT_SECONDS
from launcher.telling import say, show

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104
LOOPBACK = ("127.", "::1", "localhost")


@dataclass(frozen=True)
class Door:
    """Where the server listens. ca: the house's own authority, where it serves HTTPS."""

    host: str
    port: int
    ca: Path | None = None

    def url(self, host: str, path: str = "/") -> str:
        """The address to open in a browser, by one of the hosts."""
        return url(host, self.port, path, "https" if self.ca else "http")

    def connection(self) -> http.client.HTTPConnection:
        """A connection from this machine itself, not opened yet."""
        host = reachable_host(self.host)
        if self.ca is None:
            return http.client.HTTPConnection(host, self.port, timeout=2)
        trusting = ssl.create_default_context(cafile=self.ca)
        # It is this machine, whatever address of it the certificate lacks.
        trusting.check_hostname = False
        return http.client.HTTPSConnection(host, self.port, timeout=2, context=trusting)


def answers(door: Door) -> bool:
    """Whether the server on this machine says that it is well."""
    connection = door.connection()
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_up(door: Door, ended: threading.Event) -> bool:
    """Wait for the first good answer, with a line now and then. False if `ended` came first."""
    started = told = time.monotonic()
    while not ended.wait(0.1):
        if answers(door):
            return True
        if time.monotonic() - told >= HEARTBEAT_SECONDS:
            told = time.monotonic()
            waited = f"{told - started:.0f} s"
            say(f"  … đang chờ máy chủ trả lời, {waited}", f"waiting for the server, {waited}")
    return False


def tablet_hosts(host: str) -> list[tuple[str, str]]:
    """What tablets may open, as (host, interface), for a server that listens on `host`."""
    if host in EVERY_ADDRESS:
        four_only = host != "::"
        found = [(one.host, one.interface) for one in lan_addresses()]
        return [pair for pair in found if not (four_only and pair[0].startswith("["))]
    return [] if host.startswith(LOOPBACK) else [(host, "")]


def where(door: Door, path: str) -> str:
    """The lines that say where the running server is; the first address is the one to open."""
    own = door.url(reachable_host(door.host), path)
    lines = ["", "Diên Hồng đang chạy / is running", "", f"  {own}", ""]
    hosts = tablet_hosts(door.host)
    if hosts:
        lines.append("Máy tính bảng cùng mạng / tablets on the same network:")
    lines += [f"  {door.url(name)}  {interface}".rstrip() for name, interface in hosts]
    if hosts and door.ca is not None:
        first = url(hosts[0][0], door.port, "/trust")
        lines += [
            "Máy chưa tin máy chủ thì mở / a device that does not trust it yet:",
            f"  {first}",
        ]
    return "\n".join(lines)


def show_demo(door: Door, data: Path, phone_path: str | None) -> None:
    """Print the demo's address, its accounts and the QR code that seats a phone."""
    show(where(door, "/demo"))
    say("Tài khoản", f"accounts: {data / 'demo-accounts.csv'}")
    say("Nhật ký", f"logs: {data / 'logs'}")
    hosts = tablet_hosts(door.host)
    if phone_path is not None and hosts:
        address = door.url(hosts[0][0], phone_path)
        say("Quét bằng điện thoại để vào họp", "scan with a phone to take a seat:")
        show(f"  {address}")
        subprocess.run([PYTHON, "-m", "launcher.qr", address], cwd=ROOT, check=False)
    say("Dừng: Ctrl-C", "stop: Ctrl-C")


def show_serve(door: Door, setup_path: str | None) -> None:
    """Print the addresses and, before there is an administrator, the one-time link."""
    show(where(door, "/"))
    if setup_path is not None:
        say(
            "Mở liên kết này (dùng một lần) để tạo người quản trị đầu tiên:",
            "open this link (it works once) to make the first administrator:",
        )
        names = [reachable_host(door.host), *(name for name, _ in tablet_hosts(door.host))]
        for name in dict.fromkeys(names):
            show(f"  {door.url(name, setup_path)}")
    say("Dừng: Ctrl-C", "stop: Ctrl-C")

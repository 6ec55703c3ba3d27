"""Waits until the server responds, then prints its URLs."""

import http.client
import ssl
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from launcher import tls
from launcher.addresses import lan_addresses, reachable_host, url
from launcher.messages import say, show
from launcher.places import PYTHON, ROOT
from launcher.steps import HEARTBEAT_SECONDS

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104
RED, PLAIN = ("\033[31m", "\033[0m") if sys.stdout.isatty() else ("", "")
LOOPBACK = ("127.", "::1", "localhost")


@dataclass(frozen=True)
class Endpoint:
    """The server's listening address. ca: certificate of the local CA; None: plain HTTP."""

    host: str
    port: int
    ca: Path | None = None

    def url(self, host: str, path: str = "/") -> str:
        """The URL to open in a browser, for one of the hosts."""
        return url(host, self.port, path, "https" if self.ca else "http")

    def connection(self) -> http.client.HTTPConnection:
        """An unopened connection from this machine to the server."""
        host = reachable_host(self.host)
        if self.ca is None:
            return http.client.HTTPConnection(host, self.port, timeout=2)
        trusting = ssl.create_default_context(cafile=self.ca)
        # The peer is this machine, even if the certificate does not contain the address.
        trusting.check_hostname = False
        return http.client.HTTPSConnection(host, self.port, timeout=2, context=trusting)


def answers(endpoint: Endpoint) -> bool:
    """Whether the server's health check succeeds."""
    connection = endpoint.connection()
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_up(endpoint: Endpoint, ended: threading.Event) -> bool:
    """Wait for the first good response, with progress lines. False if `ended` is set first."""
    started = reported = time.monotonic()
    while not ended.wait(0.1):
        if answers(endpoint):
            return True
        if time.monotonic() - reported >= HEARTBEAT_SECONDS:
            reported = time.monotonic()
            waited = f"{reported - started:.0f} s"
            say(f"  … đang chờ máy chủ trả lời, {waited}", f"waiting for the server, {waited}")
    return False


def tablet_hosts(host: str) -> list[tuple[str, str]]:
    """Hosts that tablets can use, as (host, interface), for a server that listens on `host`."""
    if host in EVERY_ADDRESS:
        four_only = host != "::"
        found = [(one.host, one.interface) for one in lan_addresses()]
        return [pair for pair in found if not (four_only and pair[0].startswith("["))]
    return [] if host.startswith(LOOPBACK) else [(host, "")]


def where(endpoint: Endpoint, path: str) -> str:
    """The text with the URLs of the running server; the first URL is the one to open."""
    own = endpoint.url(reachable_host(endpoint.host), path)
    lines = ["", "Diên Hồng đang chạy / is running", "", f"  {own}", ""]
    hosts = tablet_hosts(endpoint.host)
    if hosts:
        lines.append("Máy tính bảng cùng mạng / tablets on the same network:")
    lines += [f"  {endpoint.url(name)}  {interface}".rstrip() for name, interface in hosts]
    if hosts and endpoint.ca is not None:
        first = url(hosts[0][0], endpoint.port, "/trust")
        lines += [
            "Máy chưa tin máy chủ thì mở / a device that does not trust it yet:",
            f"  {first}",
        ]
    return "\n".join(lines)


def show_demo(endpoint: Endpoint, data: Path, phone_path: str | None) -> None:
    """Print the demo's URL, its accounts and the QR code with which a phone joins the meeting."""
    show(where(endpoint, "/demo"))
    say("Tài khoản", f"accounts: {data / 'demo-accounts.csv'}")
    say("Nhật ký", f"logs: {data / 'logs'}")
    hosts = tablet_hosts(endpoint.host)
    if phone_path is not None and hosts:
        address = endpoint.url(hosts[0][0], phone_path)
        say("Quét bằng điện thoại để vào họp", "scan with a phone to take a seat:")
        show(f"  {address}")
        subprocess.run([PYTHON, "-m", "launcher.qr", address], cwd=ROOT, check=False)
    say("Dừng: Ctrl-C", "stop: Ctrl-C")


def show_serve(endpoint: Endpoint, setup_path: str | None) -> None:
    """Print the URLs and, before an administrator exists, the one-time link."""
    show(where(endpoint, "/"))
    _show_scheme(endpoint)
    if setup_path is not None:
        say(
            "Mở liên kết này (dùng một lần) để tạo người quản trị đầu tiên:",
            "open this link (it works once) to make the first administrator:",
        )
        names = [reachable_host(endpoint.host), *(name for name, _ in tablet_hosts(endpoint.host))]
        for name in dict.fromkeys(names):
            show(f"  {endpoint.url(name, setup_path)}")
    say("Dừng: Ctrl-C", "stop: Ctrl-C")


def _show_scheme(endpoint: Endpoint) -> None:
    """Print a QR code that leads a new device to trust the server, or a warning of plain HTTP."""
    hosts = tablet_hosts(endpoint.host)
    if endpoint.ca is not None and hosts:
        address = url(hosts[0][0], endpoint.port, "/trust")
        subprocess.run([PYTHON, "-m", "launcher.qr", address], cwd=ROOT, check=False)
    if endpoint.ca is None and not tls.ended_by_a_proxy():
        warning = "HTTP không mã hóa: ai trong mạng cũng đọc được mật khẩu. Chạy ./run tls init."
        say(
            f"{RED}{warning}{PLAIN}",
            "plain HTTP: everybody on the network can read passwords. Run ./run tls init.",
        )

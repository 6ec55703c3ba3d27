"""Waits until the server answers, then prints where to find it."""

import http.client
import subprocess
import threading
import time
from pathlib import Path

from launcher.addresses import lan_addresses, reachable_host, url
from launcher.places import PYTHON, ROOT
from launcher.steps import HEARTBEAT_SECONDS
from launcher.telling import say, show

EVERY_ADDRESS = ("0.0.0.0", "::", "")  # noqa: S104
LOOPBACK = ("127.", "::1", "localhost")


def answers(host: str, port: int) -> bool:
    """Whether the server on this machine says that it is well."""
    connection = http.client.HTTPConnection(reachable_host(host), port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_up(host: str, port: int, ended: threading.Event) -> bool:
    """Wait for the first good answer, with a line now and then. False if `ended` came first."""
    started = told = time.monotonic()
    while not ended.wait(0.1):
        if answers(host, port):
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


def where(host: str, port: int, path: str) -> str:
    """The lines that say where the running server is; the first address is the one to open."""
    own = reachable_host(host)
    lines = ["", "Diên Hồng đang chạy / is running", "", f"  {url(own, port, path)}", ""]
    hosts = tablet_hosts(host)
    if hosts:
        lines.append("Máy tính bảng cùng mạng / tablets on the same network:")
    lines += [f"  {url(name, port)}  {interface}".rstrip() for name, interface in hosts]
    return "\n".join(lines)


def show_demo(host: str, port: int, data: Path, phone_path: str | None) -> None:
    """Print the demo's address, its accounts and the QR code that seats a phone."""
    show(where(host, port, "/demo"))
    say("Tài khoản", f"accounts: {data / 'demo-accounts.csv'}")
    say("Nhật ký", f"logs: {data / 'logs'}")
    hosts = tablet_hosts(host)
    if phone_path is not None and hosts:
        address = url(hosts[0][0], port, phone_path)
        say("Quét bằng điện thoại để vào họp", "scan with a phone to take a seat:")
        show(f"  {address}")
        subprocess.run([PYTHON, "-m", "launcher.qr", address], cwd=ROOT, check=False)
    say("Dừng: Ctrl-C", "stop: Ctrl-C")


def show_serve(host: str, port: int, setup_path: str | None) -> None:
    """Print the addresses and, before there is an administrator, the one-time link."""
    show(where(host, port, "/"))
    if setup_path is not None:
        say(
            "Mở liên kết này (dùng một lần) để tạo người quản trị đầu tiên:",
            "open this link (it works once) to make the first administrator:",
        )
        names = [reachable_host(host), *(name for name, _ in tablet_hosts(host))]
        for name in dict.fromkeys(names):
            show(f"  {url(name, port, setup_path)}")
    say("Dừng: Ctrl-C", "stop: Ctrl-C")

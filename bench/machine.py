"""The machine a benchmark runs on: what it is, how busy it is, and who runs on which core.

The server has one core and the load the other, so that neither measures the other's appetite.
"""

import os
import platform
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SERVER_CORE, LOAD_CORE = 0, 1
ALLOWED = os.sched_getaffinity(0)
AHEAD = -15
"""The nice value of server, peers and load alike, where we may: other programs disturb less."""


def described(command: str) -> dict[str, Any]:
    """What stands beside the figures."""
    return {
        "processor": _field(Path("/proc/cpuinfo"), "model name"),
        "cores": os.cpu_count(),
        "memory_mb": int(_field(Path("/proc/meminfo"), "MemTotal").split()[0]) // 1024,
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "node": _said_by("node", "--version"),
        "date": time.strftime("%Y-%m-%d %H:%M %z"),
        "command": command,
        "load_before": [round(figure, 2) for figure in os.getloadavg()],
    }


@contextmanager
def ahead() -> Iterator[None]:
    """Run the block, and what it starts, before the machine's other programs, where we may.

    The nice value alone counts only inside the session where the kernel groups tasks by session.
    """
    group = Path("/proc/self/autogroup")
    before = os.getpriority(os.PRIO_PROCESS, 0)
    grouped = group.read_text().split()[-1] if group.exists() else None
    with suppress(PermissionError):
        os.setpriority(os.PRIO_PROCESS, 0, AHEAD)
        if grouped is not None:
            group.write_text(str(AHEAD))
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.setpriority(os.PRIO_PROCESS, 0, before)
            if grouped is not None:
                group.write_text(grouped)


@contextmanager
def first(pid: int) -> Iterator[None]:
    """Run the block, what it starts and a running process as real-time tasks, where we may.

    For what works in short bursts only: the kernel holds back real-time tasks that never rest.
    """
    threads = [int(task.name) for task in Path(f"/proc/{pid}/task").iterdir()]
    with suppress(PermissionError):
        for thread in (*threads, 0):
            os.sched_setscheduler(thread, os.SCHED_RR, os.sched_param(1))
    try:
        yield
    finally:
        os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def allow_many_sockets() -> None:
    """Raise the limit of open files as far as it goes."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def on_cores(*cores: int) -> Iterator[None]:
    """Run the block, and what it starts, on these cores (on all when there is only one)."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, ALLOWED & set(cores) or ALLOWED)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def resident_mb(pid: int) -> float:
    """Megabytes of memory that a process has in RAM now."""
    return int(_field(Path(f"/proc/{pid}/status"), "VmRSS").split()[0]) / 1024


def highest_mb(pid: int) -> float:
    """Megabytes of memory that a process ever had in RAM."""
    return int(_field(Path(f"/proc/{pid}/status"), "VmHWM").split()[0]) / 1024


def private_mb(pid: int) -> float:
    """Megabytes that would be free without this process: shared libraries count in part."""
    return int(_field(Path(f"/proc/{pid}/smaps_rollup"), "Pss").split()[0]) / 1024


def of_descendants(read: Callable[[int], float], pid: int) -> float:
    """The sum of a reading over the processes that a process started, those that they started, and
    so on; those that end meanwhile count nothing."""
    total = 0.0
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in _read_or_gone(task).split():
            total += of_descendants(read, int(child))
            try:
                total += read(int(child))
            except (FileNotFoundError, ProcessLookupError):
                continue
    return total


def _read_or_gone(path: Path) -> str:
    """The text of a file in /proc, none when its process has ended."""
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def cpu_seconds(pid: int) -> float:
    """Processor time that a process used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _field(path: Path, name: str) -> str:
    for line in path.read_text().splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return "unknown 0"


def _said_by(*words: str) -> str:
    try:
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "none"

"""Resource limits and privileges that a child drops before it reads a document.

Linux only. Always denied: memory, size and number of files, processes (the kernel exempts root) and
CPU time beyond the child's `Limits`, core dumps, all current and new privileges. The network is
denied where the kernel lets an unprivileged process create a namespace (Debian 12 and Ubuntu before
23.10; newer Ubuntu forbids it by AppArmor, some containers by seccomp). Elsewhere the child keeps
its network: see `Confinement.network_closed`.
"""

import ctypes
import resource
from dataclasses import dataclass

from documents.render_protocol import CPU_SECONDS

MEGABYTE = 1024 * 1024
FILE_BYTES = 64 * MEGABYTE
SPARE_SECONDS = 300

_PR_SET_NAME = 15
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True, slots=True)
class Limits:
    """The resource limits of a child.

    file_bytes: the maximum size of a written file. processes: new ones, threads among them.
    cpu_seconds: of its whole life; None: each command has its own limit (`allow_cpu`).
    """

    memory_bytes: int = 512 * MEGABYTE
    file_bytes: int = FILE_BYTES
    open_files: int = 32
    processes: int = 0
    cpu_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Confinement:
    """The restrictions that depend on the kernel, and whether they are in force."""

    network_closed: bool
    privileges_fixed: bool


def confine(*, name: bytes, limits: Limits = Limits()) -> Confinement:
    """Apply all restrictions. Call it once, before any thread starts or any document is opened.

    name: the process name for `ps`, at most 15 bytes.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NAME, name, 0, 0, 0)
    network_closed = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    no_new_privileges = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    privileges_fixed = no_new_privileges and _drop_capabilities(libc)
    wanted = {
        resource.RLIMIT_AS: limits.memory_bytes,
        resource.RLIMIT_FSIZE: limits.file_bytes,
        resource.RLIMIT_NOFILE: limits.open_files,
        resource.RLIMIT_CORE: 0,
    }
    if limits.cpu_seconds is not None:
        wanted[resource.RLIMIT_CPU] = limits.cpu_seconds
    # Without a namespace of its own, the processes of the whole account would count.
    if limits.processes == 0 or network_closed:
        wanted[resource.RLIMIT_NPROC] = limits.processes
    for kind, limit in wanted.items():
        _, hard = resource.getrlimit(kind)
        ceiling = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (ceiling, ceiling))
    return Confinement(network_closed, privileges_fixed)


def _drop_capabilities(libc: ctypes.CDLL) -> bool:
    """Drop all capabilities: a new user namespace grants them and exposes much of the kernel."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    return bool(libc.capset(header, (ctypes.c_uint32 * 6)()) == 0)


class PageBudget:
    """Processor time for the pages of one document, in seconds.

    Each page may take `seconds`. What it takes beyond CPU_SECONDS is of SPARE_SECONDS for all pages
    together, so that a document of thousands of slow pages does not occupy the worker for days.
    """

    def __init__(self, seconds: int = CPU_SECONDS) -> None:
        self._seconds = seconds
        self._spare = float(SPARE_SECONDS)

    def allowed(self) -> int:
        """The seconds that the next command may take."""
        return min(self._seconds, CPU_SECONDS + int(self._spare))

    def spend(self, used: float) -> None:
        """A command took `used` seconds."""
        self._spare = max(0.0, self._spare - max(0.0, used - CPU_SECONDS))


def allow_cpu(seconds: int) -> None:
    """Allow this process `seconds` more of CPU time; SIGXCPU ends it when they are used up."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = used + seconds
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

"""Resource limits and privileges that a render child drops before it reads a PDF.

Linux only. Always denied: memory beyond 512 MB, CPU time beyond a few
seconds per command, files over 64 MB (or `file_bytes`), more than 32 open files, new processes
(the kernel exempts root), core dumps, all current and new privileges. The network is denied where
the kernel lets an unprivileged process create a namespace (Debian 12 and Ubuntu before 23.10;
newer Ubuntu forbids it by AppArmor, some containers by seccomp). Elsewhere the child keeps its
network: see `Confinement.network_closed`.
"""

import ctypes
import resource
from dataclasses import dataclass

from documents.render_protocol import CPU_SECONDS

MEMORY_BYTES = 512 * 1024 * 1024
FILE_BYTES = 64 * 1024 * 1024
OPEN_FILES = 32
SPARE_SECONDS = 300

_PR_SET_NAME = 15
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True, slots=True)
class Confinement:
    """The restrictions that depend on the kernel, and whether they are in force."""

    network_closed: bool
    privileges_fixed: bool


def confine(*, name: bytes, file_bytes: int = FILE_BYTES) -> Confinement:
    """Apply all restrictions. Call it once, before any thread starts or any document is opened.

    name: the process name for `ps`, at most 15 bytes.
    file_bytes: the maximum size of a written file; larger for a copy of a large document.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NAME, name, 0, 0, 0)
    network_closed = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    no_new_privileges = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
    privileges_fixed = no_new_privileges and _drop_capabilities(libc)
    for kind, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
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

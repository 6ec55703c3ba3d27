"""What a render child gives up before it sees a byte of somebody's PDF.

Linux only, standard library only. What is given up always: memory beyond 512 MB, CPU time beyond a
few seconds for each command, files over 64 MB (or what its owner says), more than 32 open files,
new processes (the kernel exempts root), core dumps, all privileges and new ones. The network
is given up where the kernel lets an ordinary process make a namespace of its own (Debian 12 and
Ubuntu before 23.10 do; newer Ubuntu forbids it by AppArmor, some containers by seccomp). Where it
does not, the child keeps the network it was born with: `Confinement.network_closed` says which.
"""

import ctypes
import resource
from dataclasses import dataclass

MEMORY_BYTES = 512 * 1024 * 1024
FILE_BYTES = 64 * 1024 * 1024
OPEN_FILES = 32

_PR_SET_NAME = 15
_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_CAPABILITY_VERSION_3 = 0x20080522


@dataclass(frozen=True, slots=True)
class Confinement:
    """What could be given up here."""

    network_closed: bool
    privileges_fixed: bool


def confine(*, name: bytes, file_bytes: int = FILE_BYTES) -> Confinement:
    """Give everything up. Called once, before threads exist and before any document is opened.

    name: what `ps` calls the process, 15 bytes at most.
    file_bytes: how large a file may become; more where a copy of a large paper is written to.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_NAME, name, 0, 0, 0)
    network_closed = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    privileges_fixed = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 and _powerless(libc)
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


def _powerless(libc: ctypes.CDLL) -> bool:
    """Drop every capability: a new namespace brings them all, which opens much of the kernel."""
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    return bool(libc.capset(header, (ctypes.c_uint32 * 6)()) == 0)


def allow_cpu(seconds: int) -> None:
    """Let this process use `seconds` more of CPU time; SIGXCPU ends it when they are used up."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = used + seconds
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))

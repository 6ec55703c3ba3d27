"""What a render child gives up before it sees a byte of somebody's PDF.

Linux only, standard library only. What is given up always: memory beyond 512 MB, CPU time beyond a
few seconds for each command, files over 64 MB
(or what its owner says), more than 32 open files, new processes (not when
run as root outside a namespace: the kernel exempts root), core dumps, new privileges. The network
is given up where the kernel lets an ordinary process make a namespace of its own (Debian 12 and
Ubuntu before 23.10 do; newer Ubuntu forbids it by AppArmor, some containers by seccomp). Where it
does not, the child keeps the network it was born with: `Confinement.network_closed` says which.
"""

import ctypes
import os
import resource
from dataclasses import dataclass

MEMORY_BYTES = 512 * 1024 * 1024
FILE_BYTES = 64 * 1024 * 1024
OPEN_FILES = 32

_PR_SET_NO_NEW_PRIVS = 38
_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000


@dataclass(frozen=True, slots=True)
class Confinement:
    """What could be given up here."""

    network_closed: bool
    privileges_fixed: bool


def confine(*, file_bytes: int = FILE_BYTES) -> Confinement:
    """Give everything up. Called once, before threads exist and before any document is opened.

    file_bytes: how large a file may become; more where a copy of a large paper is written to.
    """
    libc = ctypes.CDLL(None, use_errno=True)
    network_closed = libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) == 0
    privileges_fixed = libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
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


def allow_cpu(seconds: int) -> None:
    """Let this process use `seconds` more of CPU time; SIGXCPU ends it when they are used up."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = used + seconds
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def take_protocol_streams() -> tuple[int, int]:
    """Move stdin and stdout to private descriptors and leave /dev/null in their place.

    Returns (requests, replies). Whatever a library prints then goes nowhere near the protocol.
    """
    requests, replies = os.dup(0), os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return requests, replies

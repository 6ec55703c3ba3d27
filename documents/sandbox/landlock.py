"""Restricts the file access of a child with the kernel's Landlock before it opens a document.

Three system calls (`man 7 landlock`); no library for it is maintained well enough. The kernel
reports its version, and access that it cannot restrict remains: files from Linux 5.13 on, TCP
from 6.7, signals and abstract sockets from 6.12. A restricted process also cannot trace others.
"""

import ctypes
import os
import struct
import sys
import sysconfig
from collections.abc import Iterable, Sequence
from enum import IntFlag
from pathlib import Path

from core.paths import ROOT
from core.typesetting.fonts import INTERFACE, TINOS

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every architecture
_ASK_VERSION = 1
_PATH_BENEATH = 1


class Access(IntFlag):
    """Rights on a file, or on a folder and everything beneath it (`linux/landlock.h`)."""

    EXECUTE = 1
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_FOLDER = 1 << 3
    REMOVE_FOLDER = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_FOLDER = 1 << 7
    MAKE_FILE = 1 << 8
    MAKE_SOCKET = 1 << 9
    RENAME = 1 << 13
    TRUNCATE = 1 << 14

    CODE = EXECUTE | READ_FILE | READ_FOLDER
    CHANGE = READ_FILE | WRITE_FILE | TRUNCATE
    WORK = CHANGE | READ_FOLDER | REMOVE_FILE | MAKE_FILE
    OWN = WORK | REMOVE_FOLDER | MAKE_FOLDER | MAKE_SOCKET | RENAME


_ON_FILES = Access.EXECUTE | Access.CHANGE
"""The rights that the kernel accepts for a path that is not a folder."""
_ALL_TCP = 0b11
_ALL_SCOPES = 0b11

_EVERYTHING = (0, 13, 14, 15, 15, 16)
"""The number of file access rights in each Landlock version; later versions add none."""
_FIRST_WITH_TCP = 4
_FIRST_WITH_SCOPES = 6

PROGRAM = (
    Path(sys.prefix),
    Path(sysconfig.get_path("stdlib")),
    *(ROOT / part for part in ("core", "documents", TINOS, INTERFACE)),
)
"""Modules that Python may import later, and fonts for annotations. Excludes the data folder."""


_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def version() -> int:
    """The Landlock version of the kernel; 0 when it is missing or may not be used."""
    found: int = _call(_CREATE, None, 0, _ASK_VERSION)
    return max(0, found)


def reach_only(document: Path, results: Path | None) -> bool:
    """Permanently restrict this process: it reads only one document and the program's own files,
    uses no TCP, and sends no signals to other processes. False: the kernel does not support it.

    results: the folder where it may also create, change and read files; None: it may write
    wherever its account may. Raises: OSError.
    """
    if results is None:
        rules = [(PROGRAM, Access.CODE), ([document], Access.READ_FILE)]
        return restrict(rules, Access.CODE)
    ours = Access.CHANGE if results in document.parents else Access.READ_FILE
    return restrict([(PROGRAM, Access.CODE), ([document], ours), ([results], Access.WORK)])


def restrict(rules: Sequence[tuple[Iterable[Path], Access]], handled: Access | None = None) -> bool:
    """Permanently allow this process only these rights, no TCP and no signals to others.

    handled: the rights that are denied elsewhere; None: all that the kernel knows. Missing paths
    are ignored. Requires PR_SET_NO_NEW_PRIVS. False: the kernel does not support it.
    Raises: OSError.
    """
    kernel = version()
    if kernel == 0:
        return False
    known = (1 << _EVERYTHING[min(kernel, len(_EVERYTHING) - 1)]) - 1
    ruleset = _ruleset(kernel, known if handled is None else known & handled)
    try:
        for paths, access in rules:
            _allow(ruleset, paths, known & access)
        _checked(_call(_RESTRICT, ruleset, 0))
    finally:
        os.close(ruleset)
    return True


def _ruleset(kernel: int, files: int) -> int:
    parts = [files]
    if kernel >= _FIRST_WITH_TCP:
        parts.append(_ALL_TCP)
    if kernel >= _FIRST_WITH_SCOPES:
        parts.append(_ALL_SCOPES)
    wanted = struct.pack(f"{len(parts)}Q", *parts)
    return _checked(_call(_CREATE, wanted, len(wanted), 0))


def _allow(rules: int, paths: Iterable[Path], access: int) -> None:
    """Allow this access to paths and everything beneath them. Missing paths are ignored."""
    for path in paths:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            rights = access if path.is_dir() else access & _ON_FILES
            rule = struct.pack("=Qi", rights, descriptor)
            _checked(_call(_ADD_RULE, rules, _PATH_BENEATH, rule, 0))
        finally:
            os.close(descriptor)


def _call(number: int, *arguments: int | bytes | None) -> int:
    words = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    return int(_libc.syscall(ctypes.c_long(number), *words))


def _checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer

"""Restricts a render child's file access with the kernel's Landlock before it opens a document.

Three system calls (`man 7 landlock`); no library for it is maintained well enough. The kernel
reports its version, and access that it cannot restrict remains: files from Linux 5.13 on, TCP
from 6.7, signals and abstract sockets from 6.12. A restricted process also cannot trace others.
"""

import ctypes
import os
import struct
import sys
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from core.paths import ROOT
from core.typesetting.fonts import INTERFACE, TINOS

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # the same on every architecture
_ASK_VERSION = 1
_PATH_BENEATH = 1

_WRITE_FILE = 1 << 1
_READ_FILE = 1 << 2
_READ_FOLDER = 1 << 3
_REMOVE_FILE = 1 << 5
_MAKE_FILE = 1 << 8
_TRUNCATE = 1 << 14
_READING = 1 | _READ_FILE | _READ_FOLDER  # 1: to execute
_ALL_TCP = 0b11
_ALL_SCOPES = 0b11

_EVERYTHING = (0, 13, 14, 15, 15, 16)
"""The number of file access rights in each Landlock version; later versions add none."""
_FIRST_WITH_TCP = 4
_FIRST_WITH_SCOPES = 6

_CODE = (
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
    kernel = version()
    if kernel == 0:
        return False
    known = (1 << _EVERYTHING[min(kernel, len(_EVERYTHING) - 1)]) - 1
    rules = _ruleset(kernel, known if results is not None else known & _READING)
    try:
        changing = known & (_READ_FILE | _WRITE_FILE | _TRUNCATE)
        _allow(rules, _CODE, known & _READING)
        if results is None:
            _allow(rules, [document], _READ_FILE)
        else:
            ours = results in document.parents
            _allow(rules, [document], changing if ours else _READ_FILE)
            _allow(rules, [results], changing | _READ_FOLDER | _REMOVE_FILE | _MAKE_FILE)
        # Landlock requires PR_SET_NO_NEW_PRIVS, which `confine` has already set.
        _checked(_call(_RESTRICT, rules, 0))
    finally:
        os.close(rules)
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
            _checked(
                _call(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", access, descriptor), 0)
            )
        finally:
            os.close(descriptor)


def _call(number: int, *arguments: int | bytes | None) -> int:
    words = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    return int(_libc.syscall(ctypes.c_long(number), *words))


def _checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer

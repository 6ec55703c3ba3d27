"""What files a render child may still reach once it opens a paper: by the kernel's Landlock.

Three system calls (`man 7 landlock`); no library for it is kept well enough to lean on. The kernel
says which version it has, and what it does not know stays as it was: files from Linux 5.13 on, TCP
from 6.7, signals and abstract sockets from 6.12. Nor can it trace other processes from inside.
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
"""How many kinds of access to files each version knows; later ones know no more of them."""
_FIRST_WITH_TCP = 4
_FIRST_WITH_SCOPES = 6

_CODE = (
    Path(sys.prefix),
    Path(sysconfig.get_path("stdlib")),
    *(ROOT / part for part in ("core", "documents", TINOS, INTERFACE)),
)
"""What Python may load late, and the letters for annotations. The data folder is none of these."""


_libc = ctypes.CDLL(None, use_errno=True)
_libc.syscall.restype = ctypes.c_long


def version() -> int:
    """The version of Landlock that the kernel has; 0: none, or none that may be used here."""
    found: int = _call(_CREATE, None, 0, _ASK_VERSION)
    return max(0, found)


def reach_only(paper: Path, results: Path | None) -> bool:
    """From here on read only one paper and what the program is made of, use no TCP, and send no
    signals to others; for good, and for this process alone. False: the kernel cannot do it.

    results: the folder where it may also make, change and read files; None: it may write wherever
    its account may. Raises OSError.
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
            _allow(rules, [paper], _READ_FILE)
        else:
            ours = results in paper.parents
            _allow(rules, [paper], changing if ours else _READ_FILE)
            _allow(rules, [results], changing | _READ_FOLDER | _REMOVE_FILE | _MAKE_FILE)
        # Landlock asks for this first; the child has said it already.
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
    """Allow this access to paths and what is beneath them; a path that is not there needs none."""
    for path in paths:
        try:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        try:
            _checked(_call(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", access, place), 0))
        finally:
            os.close(place)


def _call(number: int, *arguments: int | bytes | None) -> int:
    words = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    return int(_libc.syscall(ctypes.c_long(number), *words))


def _checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return answer

"""Canonical JSON (RFC 8785) for the values that a vote log may hold, and for no others.

Strings in Unicode NFC, whole numbers from 0 to 2^53 - 1, true, false, null, arrays, objects. Other
values are refused instead of being written in a way that two programs could read differently.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"

LIMIT = 2**53
"""The first whole number that a JavaScript number no longer tells from its neighbour."""

_ESCAPES = {code: f"\\u{code:04x}" for code in range(0x20)} | {
    ord("\b"): "\\b",
    ord("\t"): "\\t",
    ord("\n"): "\\n",
    ord("\f"): "\\f",
    ord("\r"): "\\r",
    ord('"'): '\\"',
    ord("\\"): "\\\\",
}

_PLAIN = re.compile(r"[ !#-\[\]-~]*").fullmatch
"""Of ASCII that stands for itself: most texts of a log, and always in NFC."""


class NotCanonical(ValueError):
    """A value outside the restricted set: a fraction, a number too large, text that is not NFC."""


def encode(value: Json) -> bytes:
    """The one UTF-8 encoding of a value. Raises NotCanonical."""
    parts: list[str] = []
    _write(value, parts)
    try:
        return "".join(parts).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("half of a surrogate pair") from error


def _write(value: Json, parts: list[str]) -> None:
    if isinstance(value, str):
        parts.append(_quoted(value))
    elif value is None or isinstance(value, bool):
        parts.append("null" if value is None else "true" if value else "false")
    elif isinstance(value, int):
        parts.append(_number(value))
    elif isinstance(value, Mapping):
        _write_object(value, parts)
    elif isinstance(value, list | tuple):
        _write_array(value, parts)
    else:
        raise NotCanonical(f"{type(value).__name__} has no place in a vote log")


def _number(value: int) -> str:
    if not 0 <= value < LIMIT:
        raise NotCanonical(f"a number outside 0 … 2^53 - 1, of {value.bit_length()} bits")
    return str(int(value))


def _quoted(text: str) -> str:
    if _PLAIN(text):
        return f'"{text}"'
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical(f"text that is not NFC: {text[:40]!r}")
    return f'"{text.translate(_ESCAPES)}"'


def _write_array(items: Sequence[Json], parts: list[str]) -> None:
    parts.append("[")
    for place, item in enumerate(items):
        if place:
            parts.append(",")
        _write(item, parts)
    parts.append("]")


def _write_object(members: Mapping[str, Json], parts: list[str]) -> None:
    parts.append("{")
    for name, head in _heads(tuple(members)):
        parts.append(head)
        _write(members[name], parts)
    parts.append("}")


@lru_cache(maxsize=256)
def _heads(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The names of an object in order, each as it stands before its value.

    An entry has one of a few sets of names: they are ordered once.
    """
    # RFC 8785 orders names by UTF-16 units; that is not the order of code points above U+FFFF.
    ordered = sorted(names, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
    return [(name, f"{',' if place else ''}{_quoted(name)}:") for place, name in enumerate(ordered)]

"""Canonical JSON (RFC 8785), restricted to the values that a vote log may contain.

Allowed: strings in Unicode NFC, integers from 0 to 2^53 - 1, true, false, null, arrays, objects.
Negative numbers, fractions and other strings are refused because programs may encode them
differently.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import rfc8785

Json: TypeAlias = "None | bool | int | str | Sequence[Json] | Mapping[str, Json]"


class NotCanonical(ValueError):
    """A value outside the restricted set."""


def encode(value: Json) -> bytes:
    """The canonical UTF-8 encoding of a value. Raises: NotCanonical."""
    _check(value)
    try:
        return rfc8785.dumps(value)
    except ValueError as error:
        # Raised by rfc8785, for a lone surrogate, or for an int with too many digits.
        raise NotCanonical(f"{type(error).__name__} in a value for the vote log") from error


def _check(value: object) -> None:
    """Refuse values that RFC 8785 allows and a vote log does not."""
    if isinstance(value, str):
        if not value.isascii() and not unicodedata.is_normalized("NFC", value):
            raise NotCanonical(f"text that is not NFC: {value[:40]!r}")
    elif isinstance(value, dict):
        for name, member in value.items():
            _check(name)
            _check(member)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item)
    elif isinstance(value, int):
        if value < 0:
            raise NotCanonical("a negative number")
    elif value is not None:
        raise NotCanonical(f"a {type(value).__name__}")

"""Canonical JSON of a vote log (RFC 8785): each line must be equal to its canonical form."""

import json
import unicodedata
from typing import Any

from verifier.faults import Fault

LIMIT = 2**53
_LONGEST_NUMBER = 16
LONGEST_LINE = 4 * 1024 * 1024


def _number(digits: str) -> int:
    # The length is checked first, because the conversion of a million digits takes long.
    if len(digits) > _LONGEST_NUMBER or not 0 <= (value := int(digits)) < LIMIT:
        raise Fault("number_out_of_range", params={"digits": digits[:20]})
    return value


def _fraction(digits: str) -> int:
    raise Fault("number_out_of_range", params={"digits": digits[:20]})


_reader = json.JSONDecoder(parse_int=_number, parse_float=_fraction, parse_constant=_fraction)
_writer = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)
_writer_in_given_order = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def encode(value: Any) -> bytes:
    """The canonical bytes of a value of `read`. Raises: UnicodeEncodeError (lone surrogate)."""
    text = _writer.encode(value)
    if not text.isascii() and max(text) > "\ud7ff":
        # Python sorts names by code point, RFC 8785 by UTF-16 units; they differ from U+E000 on.
        text = _writer_in_given_order.encode(_in_utf16_order(value))
    return text.encode()


def read(line: bytes) -> Any:
    """Decode a line that is in canonical form. Raises: Fault.

    A repeated name, a space or another notation of a number is not canonical.
    """
    if len(line) > LONGEST_LINE:
        raise Fault("line_too_long", params={"length": len(line), "most": LONGEST_LINE})
    try:
        text = line.decode()
        value = _reader.decode(text)
        again = encode(value)
    except (ValueError, RecursionError) as error:
        raise Fault("not_json") from error
    if again != line:
        raise Fault("not_canonical")
    if not unicodedata.is_normalized("NFC", text) and not _all_normalized(value):
        raise Fault("not_nfc")
    return value


def _in_utf16_order(value: Any) -> Any:
    if isinstance(value, dict):
        ordered = sorted(value, key=lambda name: name.encode("utf-16-be", "surrogatepass"))
        return {name: _in_utf16_order(value[name]) for name in ordered}
    if isinstance(value, list):
        return [_in_utf16_order(item) for item in value]
    return value


def _all_normalized(value: Any) -> bool:
    # For lines that are not NFC: an escape such as \n may precede a combining mark in the line.
    if isinstance(value, str):
        return unicodedata.is_normalized("NFC", value)
    if isinstance(value, dict):
        return all(map(_all_normalized, (*value.keys(), *value.values())))
    return not isinstance(value, list) or all(map(_all_normalized, value))

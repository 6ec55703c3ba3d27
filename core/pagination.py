"""Pagination cursors: opaque strings that encode the end of a page of a list."""

import base64
import binascii
from typing import TypeVar

import msgspec

from core.errors import InvalidInput

T = TypeVar("T")


def cursor_of(*place: object) -> str:
    """Return the cursor of the page after this position in the list's order."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(place)).decode()


def read_cursor(cursor: str, kind: type[T], field: str = "cursor") -> T:
    """Decode a cursor's position. Raises: InvalidInput for `field`, the cursor's field."""
    try:
        return msgspec.msgpack.decode(base64.urlsafe_b64decode(cursor.encode()), type=kind)
    except (binascii.Error, msgspec.MsgspecError, UnicodeError):
        raise InvalidInput((field, "not a cursor of this list")) from None

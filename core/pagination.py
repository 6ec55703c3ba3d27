"""Cursors: where a page of a list ended, as one word that a client gives back unread."""

import base64
import binascii
from typing import TypeVar

import msgspec

from core.errors import InvalidInput

T = TypeVar("T")


def cursor_of(*place: object) -> str:
    """The cursor of the page that follows this place in the list's order."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(place)).decode()


def read_cursor(cursor: str, kind: type[T], field: str = "cursor") -> T:
    """The place that was put in. Raises InvalidInput, naming the field that the cursor came in."""
    try:
        return msgspec.msgpack.decode(base64.urlsafe_b64decode(cursor.encode()), type=kind)
    except (binascii.Error, msgspec.MsgspecError, UnicodeError):
        raise InvalidInput((field, "not a cursor of this list")) from None

"""The text of a printed receipt, DHR1:…, as docs/vote-log.md defines it.

It holds a ballot's place in the log, its leaf hash and the signed checkpoint that ends with it, in
base32 with a check sum, so that a mistyped letter is no contradiction of the log.
"""

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass

_TEXT = re.compile(r"[Dd][Hh][Rr]1:([A-Za-z2-7]*)")
_INDEX, _HASH, _SIGNED, _SUM = 6, 32, 68, 4


@dataclass(frozen=True)
class Slip:
    """Index and leaf hash of a ballot. `note`: the text of the checkpoint, not yet read."""

    index: int
    leaf: bytes
    note: str


def read_slip(text: str) -> Slip | None:
    """Parse the text of a slip, without white space; None if it is invalid."""
    found = _TEXT.fullmatch(text)
    content = _decoded(found[1].upper()) if found else None
    if content is None or len(content) < _SUM:
        return None
    content, check = content[:-_SUM], content[-_SUM:]
    if hashlib.sha256(content).digest()[:_SUM] != check:
        return None
    log_id, rest = _counted(content)
    index, leaf, root, rest = _split(rest, _INDEX, _HASH, _HASH)
    name, signed = _counted(rest)
    if len(signed) != _SIGNED:
        return None
    try:
        names = log_id.decode(), name.decode()
    except UnicodeDecodeError:
        return None
    return _slip(int.from_bytes(index), leaf, root, names, signed)


def _slip(index: int, leaf: bytes, root: bytes, names: tuple[str, str], signed: bytes) -> Slip:
    """names: the log's id and the key's name."""
    root_text, signed_text = (base64.b64encode(part).decode() for part in (root, signed))
    head = f"dienhong/{names[0]}\n{index + 1}\n{root_text}\n"
    return Slip(index, leaf, f"{head}\n\N{EM DASH} {names[1]} {signed_text}\n")


def _counted(content: bytes) -> tuple[bytes, bytes]:
    """A part after the byte with its length, and the rest."""
    length = content[0] if content else 0
    return content[1 : 1 + length], content[1 + length :]


def _split(content: bytes, *lengths: int) -> list[bytes]:
    """Parts of these lengths, and the rest."""
    parts = []
    for length in lengths:
        parts.append(content[:length])
        content = content[length:]
    return [*parts, content]


def _decoded(text: str) -> bytes | None:
    """Decode base32 without padding, else None; spare bits must be zero."""
    try:
        content = base64.b32decode(text + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    return content if base64.b32encode(content).decode().rstrip("=") == text else None

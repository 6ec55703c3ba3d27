"""Keys and checkpoints as text: C2SP verifier keys and signed notes."""

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from verifier.canonical import encode
from verifier.ed25519 import is_signed

_DASH = "\N{EM DASH}"
_MOST_SIGNATURES = 16
_TEXT = re.compile(r"dienhong/([0-9A-Za-z_-]{1,64})\n([1-9][0-9]{0,15})\n([0-9A-Za-z+/]{43}=)\n")
_SIGNATURE = re.compile(rf"{_DASH} ([^\s+]{{1,200}}) ([0-9A-Za-z+/=]{{8,400}})")
_KEY = re.compile(r"([^\s+]{1,200})\+([0-9a-f]{8})\+([0-9A-Za-z+/=]{44})")


@dataclass(frozen=True)
class Key:
    """A public key: its name, the key id (4 bytes), the key (32 bytes), the complete text."""

    name: str
    id: bytes
    public: bytes
    text: str


@dataclass(frozen=True)
class Note:
    """An unverified checkpoint. `signatures`: pairs of key name and signature bytes."""

    log_id: str
    size: int
    root: bytes
    text: bytes
    signatures: tuple[tuple[str, bytes], ...]

    def is_by(self, key: Key) -> bool:
        """Whether this key signed the checkpoint."""
        return any(
            name == key.name
            and signed[:4] == key.id
            and is_signed(key.public, self.text, signed[4:])
            for name, signed in self.signatures
        )


def read_key(text: str) -> Key | None:
    """Parse a public key; None if the text is invalid."""
    found = _KEY.fullmatch(text)
    material = _decoded(found[3]) if found else None
    if not found or material is None or len(material) != 33 or material[0] != 1:
        return None
    identity = hashlib.sha256(f"{found[1]}\n".encode() + material).digest()[:4]
    if identity.hex() != found[2]:
        return None
    return Key(found[1], identity, material[1:], text)


def read_note(note: str) -> Note | None:
    """Parse a checkpoint; None if the text is invalid."""
    text, blank, rest = note.partition("\n\n")
    head = _TEXT.fullmatch(f"{text}\n")
    root = _decoded(head[3]) if head else None
    lines = rest.split("\n")
    if not head or root is None or not blank or lines.pop() or len(lines) > _MOST_SIGNATURES:
        return None
    signatures = []
    for line in lines:
        found = _SIGNATURE.fullmatch(line)
        signed = _decoded(found[2]) if found else None
        if not found or signed is None:
            return None
        signatures.append((found[1], signed))
    return Note(head[1], int(head[2]), root, f"{text}\n".encode(), tuple(signatures))


def rotation_message(log_id: str, old: str, new: str) -> bytes:
    """The message that an old key signs for the rotation to a new key."""
    return f"dienhong key rotation\n{log_id}\n{old}\n{new}\n".encode()


def continuation_message(log_id: str, old: str, data: Mapping[str, Any]) -> bytes:
    """The message that an old key signs for a continuation: the complete `log_started`."""
    bare = {**data, "continues": {**data["continues"], "signature_by_old": None}}
    return f"dienhong log continuation\n{log_id}\n{old}\n".encode() + encode(bare) + b"\n"


def _decoded(text: str) -> bytes | None:
    """Decode canonical base64, else None; spare bits must be zero."""
    try:
        value = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    return value if base64.b64encode(value).decode() == text else None

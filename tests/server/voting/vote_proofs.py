"""A second reading of docs/vote-log.md, in a few lines, that shares nothing with the server.

Leaves and roots by the recursive definition, proofs as RFC 9162 checks them, signed notes with the
`cryptography` package.
"""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def sha256(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def leaf(entry: str) -> bytes:
    """Leaf of an entry's canonical text."""
    return sha256(b"\x00", entry.encode())


def root(leaves: Sequence[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01", root(leaves[:half]), root(leaves[half:]))


def included(leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that an inclusion proof leads to. RFC 9162, section 2.1.3.2."""
    assert 0 <= index < size
    fn, sn, r = index, size - 1, leaf_hash
    for p in proof:
        assert sn > 0
        if fn & 1 or fn == sn:
            r = sha256(b"\x01", p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = sha256(b"\x01", r, p)
        fn, sn = fn >> 1, sn >> 1
    assert sn == 0
    return r


def consistent(first: int, second: int, old: bytes, proof: Sequence[bytes]) -> tuple[bytes, bytes]:
    """Both roots that a consistency proof leads to. RFC 9162, section 2.1.4.2; first < second."""
    path = [old, *proof] if first & (first - 1) == 0 else list(proof)
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        assert sn > 0
        if fn & 1 or fn == sn:
            fr, sr = sha256(b"\x01", c, fr), sha256(b"\x01", c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = sha256(b"\x01", sr, c)
        fn, sn = fn >> 1, sn >> 1
    assert sn == 0
    return fr, sr


@dataclass(frozen=True)
class Checkpoint:
    """A signed note, taken apart."""

    log_id: str
    size: int
    root: bytes


def signed(note: str, vkey: str) -> Checkpoint:
    """A checkpoint that this key signed; an assertion fails where it did not."""
    name, _, rest = vkey.partition("+")
    key_id, _, key = rest.partition("+")
    raw = base64.b64decode(key, validate=True)
    assert sha256(name.encode(), b"\n\x01", raw[1:])[:4].hex() == key_id
    text, _, signatures = note.partition("\n\n")
    (line,) = [one for one in signatures.splitlines() if one.startswith(f"— {name} ")]
    blob = base64.b64decode(line.rpartition(" ")[2], validate=True)
    assert blob[:4].hex() == key_id
    Ed25519PublicKey.from_public_bytes(raw[1:]).verify(blob[4:], f"{text}\n".encode())
    origin, size, root_text = text.split("\n")
    return Checkpoint(origin.removeprefix("dienhong/"), int(size), base64.b64decode(root_text))


def handed_over(log_id: str, old: str, new: str, signature: str) -> None:
    """The old key signed for the new one."""
    text = f"dienhong key rotation\n{log_id}\n{old}\n{new}\n"
    key = base64.b64decode(old.split("+", 2)[2])[1:]
    Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(signature), text.encode())


def continued(log_id: str, old: str, start: dict[str, Any]) -> None:
    """The old key signed for a log that begins with this data."""
    signature = start["continues"]["signature_by_old"]
    bare = {**start, "continues": {**start["continues"], "signature_by_old": None}}
    text = f"dienhong log continuation\n{log_id}\n{old}\n".encode() + canonical(bare) + b"\n"
    key = base64.b64decode(old.split("+", 2)[2])[1:]
    Ed25519PublicKey.from_public_bytes(key).verify(bytes.fromhex(signature), text)


def canonical(value: Any) -> bytes:
    """RFC 8785 for what a log may hold; its names are ASCII, so their order is plain."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def commitment(opening: dict[str, Any]) -> str:
    """What a ballot must have been committed as."""
    return sha256(bytes.fromhex(opening["salt"]), canonical(opening["ballot"])).hex()

"""Signers whose keys or signatures are points on which implementations of Ed25519 differ.

The encodings are those of the eight points of small order: canonical ones, and ones that RFC 8032,
section 5.1.3, refuses because y >= p, or because x is 0 and the sign bit is set.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from meetings.voting.vote_log.checkpoint import Checkpoint, key_id, vkey
from verifier import ed25519

NAME = "dienhong-test1234"
IDENTITY = bytes([1, *[0] * 31])
ORDER_TWO = bytes([0xEC, *[0xFF] * 30, 0x7F])
REFUSED = {
    "identity, negative": bytes([1, *[0] * 30, 0x80]),
    "identity, y = p + 1": bytes([0xEE, *[0xFF] * 30, 0x7F]),
    "order 4, y = p": bytes([0xED, *[0xFF] * 30, 0x7F]),
    "order 2, negative": bytes([0xEC, *[0xFF] * 31]),
}
_SECRET = 0x1234567890ABCDEF << 100
_NONCE = 0xFEDCBA9876543210 << 90


@dataclass(frozen=True)
class PointSigner:
    """A key by its encoding, and how it signs: what the tests' logs need of a signer."""

    public: bytes
    signature_of: Callable[[bytes], bytes]

    @property
    def vkey(self) -> str:
        return vkey(NAME, self.public)

    def sign(self, checkpoint: Checkpoint) -> str:
        text = checkpoint.text
        signed = key_id(NAME, self.public) + self.signature_of(text.encode())
        return f"{text}\n\N{EM DASH} {NAME} {base64.b64encode(signed).decode()}\n"


def _times_base(scalar: int) -> ed25519.Point:
    table = ed25519._table(ed25519._BASE_POINT, negated=False)
    assert table
    return ed25519._times(table, scalar)


def _point(encoded: bytes) -> ed25519.Point:
    point = ed25519._decoded(encoded)
    assert point
    return point


def _signing(public: bytes, more: ed25519.Point, too_much: int = 0) -> Callable[[bytes], bytes]:
    """Signs with the secret; `more` is added to R, and `too_much` times the order to S."""

    def sign(message: bytes) -> bytes:
        commitment = ed25519._encoded(ed25519._add(_times_base(_NONCE), more))
        digest = hashlib.sha512(commitment + public + message).digest()
        scalar = (_NONCE + int.from_bytes(digest, "little") * _SECRET) % ed25519._ORDER
        return commitment + (scalar + too_much * ed25519._ORDER).to_bytes(32, "little")

    return sign


def unusual_keys() -> dict[str, PointSigner]:
    """Name → signer. With the cofactor, or with other encodings, all would be accepted."""
    nothing, torsion = _point(IDENTITY), _point(ORDER_TWO)
    public = ed25519._encoded(_times_base(_SECRET))
    keys = {
        "usual": PointSigner(public, _signing(public, nothing)),
        "torsion in R": PointSigner(public, _signing(public, torsion)),
        "S beyond the order": PointSigner(public, _signing(public, nothing, 1)),
        "identity": PointSigner(IDENTITY, lambda _: IDENTITY + bytes(32)),
    }
    for name, encoded in REFUSED.items():
        keys[f"key: {name}"] = PointSigner(encoded, lambda _: IDENTITY + bytes(32))
        keys[f"R: {name}"] = PointSigner(IDENTITY, lambda _, r=encoded: r + bytes(32))  # type: ignore[misc]
    return keys

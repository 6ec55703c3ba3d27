"""Verifies Ed25519 signatures (RFC 8032) with `cryptography` if installed, else in Python.

Verification uses no secrets, so constant-time arithmetic is not needed.
"""

import hashlib
from functools import lru_cache
from typing import TypeAlias

try:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    HAS_CRYPTOGRAPHY = True
except ImportError:
    HAS_CRYPTOGRAPHY = False

Point: TypeAlias = tuple[int, int, int, int]
"""X, Y, Z, T of the extended coordinates: x = X/Z, y = Y/Z, xy = T/Z."""

_P = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_ROOT_OF_MINUS_ONE = pow(2, (_P - 1) // 4, _P)
_ZERO: Point = (0, 1, 1, 0)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature (64 bytes) of the message is by this public key (32 bytes)."""
    if not HAS_CRYPTOGRAPHY:
        return is_signed_by_hand(public, message, signature)
    # `cryptography` also accepts encodings of a point that RFC 8032 refuses, such as y >= p.
    if not _is_point(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def is_signed_by_hand(public: bytes, message: bytes, signature: bytes) -> bool:
    """The same without `cryptography`, by RFC 8032 section 5.1.7: [S]B = R + [k]A."""
    scalar = int.from_bytes(signature[32:], "little")
    if len(public) != 32 or len(signature) != 64 or scalar >= _ORDER:
        return False
    minus_key = _table(public, negated=True)
    if minus_key is None:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    k = int.from_bytes(digest, "little") % _ORDER
    base = _table(_BASE_POINT, negated=False)
    assert base is not None
    return _encoded(_add(_times(base, scalar), _times(minus_key, k))) == signature[:32]


def _add(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(table: list[list[Point]], scalar: int) -> Point:
    total = _ZERO
    for row in table:
        total = _add(total, row[scalar & 15])
        scalar >>= 4
    return total


@lru_cache(maxsize=64)
def _table(encoded: bytes, *, negated: bool) -> list[list[Point]] | None:
    """Row i contains 0 to 15 times 16^i times the point, so that a product takes 64 additions."""
    point = _decoded(encoded)
    if point is None:
        return None
    if negated:
        point = (-point[0] % _P, point[1], point[2], -point[3] % _P)
    rows = []
    for _ in range(64):
        row = [_ZERO]
        for _ in range(15):
            row.append(_add(row[-1], point))
        rows.append(row)
        point = _add(row[-1], point)
    return rows


@lru_cache(maxsize=64)
def _is_point(encoded: bytes) -> bool:
    return len(encoded) == 32 and _decoded(encoded) is not None


def _decoded(encoded: bytes) -> Point | None:
    """Decode a point from 32 bytes (RFC 8032 section 5.1.3); None if invalid."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT_OF_MINUS_ONE % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    if x % 2 != sign:
        x = _P - x
    return x, y, 1, x * y % _P


def _encoded(point: Point) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE_POINT = (4 * pow(5, -1, _P) % _P).to_bytes(32, "little")

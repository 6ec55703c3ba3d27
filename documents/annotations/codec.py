"""Binary format of geometries in the database: columns of integers, delta-encoded.

Little-endian. A geometry is a list of groups of rows (each ink stroke is a group; other kinds have
one group):

    u16 groups, then for each group: u16 rows, then for each column:
    i32 first value, u8 bytes of a difference (1, 2 or 4), rows - 1 differences

Each kind defines its columns (`kinds/`). Coordinates are stored in 1/100,000 of the page.
"""

import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain
from operator import sub
from struct import Struct

Rows = Sequence[Sequence[float]]

_COUNT = Struct("<H")
_HEAD = Struct("<iB")
_CODES = {1: "b", 2: "h", 4: "i"}


def pack(groups: Sequence[Rows], scales: Sequence[int]) -> bytes:
    """Return the bytes of groups of rows. scales: for each column, the steps from 0 to 1."""
    parts = [_COUNT.pack(len(groups))]
    for rows in groups:
        parts.append(_COUNT.pack(len(rows)))
        for values, scale in zip(zip(*rows, strict=True), scales, strict=True):
            parts += _column([round(value * scale) for value in values])
    return b"".join(parts)


def _column(values: Sequence[int]) -> Iterable[bytes]:
    steps = array("i", map(sub, values[1:], values))
    far = max(map(abs, steps), default=0)
    size = 1 if far < 1 << 7 else 2 if far < 1 << 15 else 4
    return _HEAD.pack(values[0], size), _little_endian(array(_CODES[size], steps)).tobytes()


def unpack(data: bytes, scales: Sequence[int]) -> Iterator[list[list[float]]]:
    """Yield the columns of each packed group."""
    at = _COUNT.size
    for _ in range(*_COUNT.unpack_from(data)):
        (rows,) = _COUNT.unpack_from(data, at)
        at += _COUNT.size
        columns = []
        for scale in scales:
            first, size = _HEAD.unpack_from(data, at)
            at += _HEAD.size
            steps = array(_CODES[size])
            steps.frombytes(data[at : at + size * (rows - 1)])
            at += size * (rows - 1)
            whole = accumulate(chain((first,), _little_endian(steps)))
            columns.append([value / scale for value in whole])
        yield columns


def _little_endian(numbers: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers

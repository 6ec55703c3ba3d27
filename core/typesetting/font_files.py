"""Font files from inside: their tables, packed for the web (WOFF) or not, and glyphs by letter.

Only for fonts that we ship ourselves: what is wrong in one is an error of the program.
"""

import struct
import zlib
from collections.abc import Iterator

_TABLE = struct.Struct(">4sIII")
_PACKED = struct.Struct(">4sIIII")
_RECORD = struct.Struct(">HHI")
_GROUP = struct.Struct(">III")
_FULL_UNICODE, _BASIC_UNICODE = (3, 10), (3, 1)


def tables_of(font: bytes) -> dict[str, bytes]:
    """The tables of an OpenType or WOFF 1.0 file. Raises: struct.error, zlib.error."""
    return dict(_unpacked(font) if font[:4] == b"wOFF" else _plain(font))


def glyphs_of(font: bytes) -> dict[int, int]:
    """The glyph of each letter: the `cmap` table (OpenType 1.9, formats 4 and 12).

    Raises: struct.error, KeyError (not such a font).
    """
    table = tables_of(font)["cmap"]
    (records,) = struct.unpack_from(">H", table, 2)
    maps = {
        (platform, encoding): offset
        for platform, encoding, offset in (
            _RECORD.unpack_from(table, 4 + 8 * place) for place in range(records)
        )
    }
    if _FULL_UNICODE in maps:
        return dict(_of_groups(table, maps[_FULL_UNICODE]))
    return dict(_of_segments(table, maps[_BASIC_UNICODE]))


def _plain(font: bytes) -> Iterator[tuple[str, bytes]]:
    (count,) = struct.unpack_from(">H", font, 4)
    for place in range(count):
        tag, _, offset, length = _TABLE.unpack_from(font, 12 + 16 * place)
        yield tag.decode("latin-1"), font[offset : offset + length]


def _unpacked(font: bytes) -> Iterator[tuple[str, bytes]]:
    (count,) = struct.unpack_from(">H", font, 12)
    for place in range(count):
        tag, offset, packed, length, _ = _PACKED.unpack_from(font, 44 + 20 * place)
        data = font[offset : offset + packed]
        yield tag.decode("latin-1"), zlib.decompress(data) if packed < length else data


def _of_groups(table: bytes, at: int) -> Iterator[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", table, at + 12)
    for place in range(groups):
        first, last, glyph = _GROUP.unpack_from(table, at + 16 + 12 * place)
        yield from zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)


def _of_segments(table: bytes, at: int) -> Iterator[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", table, at + 6)
    shorts = f">{double // 2}H"
    lasts, firsts, deltas, ranges = (
        struct.unpack_from(shorts, table, at + place)
        for place in (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
    )
    for place, (first, last, delta, reach) in enumerate(
        zip(firsts, lasts, deltas, ranges, strict=True)
    ):
        for letter in range(first, min(last, 0xFFFE) + 1):
            glyph = letter
            if reach:
                spot = at + 16 + 3 * double + 2 * place + reach + 2 * (letter - first)
                (glyph,) = struct.unpack_from(">H", table, spot)
            if glyph and (glyph + delta) % 0x10000:
                yield letter, (glyph + delta) % 0x10000

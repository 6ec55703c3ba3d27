"""A TrueType font: what its letters measure, and the same font cut down to some glyphs.

Glyphs keep their numbers, so text that was set with the whole font fits the part. Only for fonts
that we ship ourselves: what is wrong in them is an error of the program.
"""

import struct
from collections.abc import Iterable, Mapping

from core.typesetting.font_files import tables_of

_KEPT = ("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep")
"""What a PDF reader needs of a font whose glyphs it is told by number."""

_ARGUMENTS_ARE_WORDS, _MORE_PARTS = 0x0001, 0x0020
_SCALES = ((0x0008, 2), (0x0040, 4), (0x0080, 8))  # one, x and y, two by two
_CHECKSUM_OF_FONT = 0xB1B0AFBA
_ROUNDED = 4


class TrueType:
    """A font with outlines in `glyf`. Lengths are in thousandths of the letters' height."""

    def __init__(self, data: bytes) -> None:
        self._tables = tables_of(data)
        head, hhea = self._tables["head"], self._tables["hhea"]
        (self._unit,) = struct.unpack_from(">H", head, 18)
        self.box = [self._scaled(side) for side in struct.unpack_from(">4h", head, 36)]
        ascent, descent = struct.unpack_from(">2h", hhea, 4)
        self.ascent, self.descent = self._scaled(ascent), self._scaled(descent)
        (self._metrics,) = struct.unpack_from(">H", hhea, 34)
        (count,) = struct.unpack_from(">H", self._tables["maxp"], 4)
        (long,) = struct.unpack_from(">h", head, 50)
        places = struct.unpack_from(f">{count + 1}{'I' if long else 'H'}", self._tables["loca"])
        self._places = [place if long else 2 * place for place in places]

    def advance(self, glyph: int) -> float:
        """How far the next letter stands."""
        entry = min(glyph, self._metrics - 1)
        (width,) = struct.unpack_from(">H", self._tables["hmtx"], 4 * entry)
        return self._scaled(width)

    def part(self, glyphs: Iterable[int]) -> bytes:
        """A font file with these glyphs, and those they are put together from."""
        kept = self._with_parts({0, *glyphs})
        outlines, places = bytearray(), [0]
        for glyph in range(len(self._places) - 1):
            if glyph in kept:
                outlines += self._outline(glyph)
                outlines += b"\0" * (-len(outlines) % _ROUNDED)
            places.append(len(outlines))
        head = bytearray(self._tables["head"])
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)  # places as whole numbers of four bytes
        tables = {name: self._tables[name] for name in _KEPT if name in self._tables}
        tables["glyf"] = bytes(outlines)
        tables["loca"] = struct.pack(f">{len(places)}I", *places)
        tables["head"] = bytes(head)
        return _file(tables)

    def _scaled(self, value: int) -> float:
        return value * 1000 / float(self._unit)

    def _outline(self, glyph: int) -> bytes:
        return self._tables["glyf"][self._places[glyph] : self._places[glyph + 1]]

    def _with_parts(self, glyphs: set[int]) -> set[int]:
        found, left = set(glyphs), list(glyphs)
        while left:
            more = set(_parts(self._outline(left.pop()))) - found
            found |= more
            left += more
        return found


def _parts(outline: bytes) -> Iterable[int]:
    """The glyphs that a glyph is put together from (Vietnamese letters and their marks)."""
    if len(outline) < 10 or struct.unpack_from(">h", outline)[0] >= 0:
        return
    at, flags = 10, _MORE_PARTS
    while flags & _MORE_PARTS:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        yield glyph
        at += 4 + (4 if flags & _ARGUMENTS_ARE_WORDS else 2)
        at += sum(size for flag, size in _SCALES if flags & flag)


def _file(tables: Mapping[str, bytes]) -> bytes:
    """Tables as a font file, with their checksums (OpenType 1.9, "Font file")."""
    count = len(tables)
    power = count.bit_length() - 1
    reach = 16 << power
    out = bytearray(struct.pack(">IHHHH", 0x00010000, count, reach, power, 16 * count - reach))
    offset = 12 + 16 * count
    for name in sorted(tables):
        data = tables[name]
        out += struct.pack(">4sIII", name.encode("latin-1"), _checksum(data), offset, len(data))
        offset += len(data) + -len(data) % _ROUNDED
    head = 0
    for name in sorted(tables):
        head = len(out) if name == "head" else head
        out += tables[name] + b"\0" * (-len(tables[name]) % _ROUNDED)
    struct.pack_into(">I", out, head + 8, (_CHECKSUM_OF_FONT - _checksum(out)) % (1 << 32))
    return bytes(out)


def _checksum(data: bytes | bytearray) -> int:
    whole = bytes(data) + b"\0" * (-len(data) % _ROUNDED)
    words: tuple[int, ...] = struct.unpack(f">{len(whole) // 4}I", whole)
    return sum(words) % (1 << 32)

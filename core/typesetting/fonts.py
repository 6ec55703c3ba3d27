"""The Tinos files, which letters they have, and in which glyphs.

Tinos measures like Times New Roman and has every Vietnamese letter. It comes as an npm package.
"""

import struct
from collections.abc import Container, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TINOS = Path("node_modules/@expo-google-fonts/tinos")

_TABLE = struct.Struct(">4sIII")
_RECORD = struct.Struct(">HHI")
_GROUP = struct.Struct(">III")
_FULL_UNICODE, _BASIC_UNICODE = (3, 10), (3, 1)


class TypesettingError(RuntimeError):
    """A paper cannot be typeset: fonts are missing or the typesetter complained."""


def tinos_folder(project_root: Path = ROOT) -> Path:
    """Where the package manager puts the Tinos files; raises when they are not there."""
    folder = project_root / TINOS
    if not any(folder.rglob("*.ttf")):
        raise TypesettingError(f"No Tinos fonts under {folder}: install the npm packages first.")
    return folder


def letters_in_every(folder: Path) -> frozenset[int]:
    """Code points for which each font file of a folder has a glyph."""
    files = sorted(folder.rglob("*.ttf"))
    covered = [frozenset(glyphs_of(file.read_bytes())) for file in files]
    return frozenset.intersection(*covered) if covered else frozenset()


def named_where_missing(text: str, letters: Container[int]) -> str:
    """A text with every letter that a font has not named by its number: "[U+1F600]".

    An empty box would make two different names the same. Line ends stay.
    """
    strange = {sign for sign in text if ord(sign) not in letters} - {"\n"}
    for sign in strange:
        text = text.replace(sign, f"[U+{ord(sign):04X}]")
    return text


def glyphs_of(font: bytes) -> dict[int, int]:
    """The glyph of each letter: the `cmap` table of a font file (OpenType 1.9, formats 4 and 12).

    Raises: struct.error, StopIteration, KeyError (not such a font).
    """
    (tables,) = struct.unpack_from(">H", font, 4)
    entries = (_TABLE.unpack_from(font, 12 + 16 * place) for place in range(tables))
    start = next(offset for tag, _, offset, _ in entries if tag == b"cmap")
    (records,) = struct.unpack_from(">H", font, start + 2)
    maps = {
        (platform, encoding): start + offset
        for platform, encoding, offset in (
            _RECORD.unpack_from(font, start + 4 + 8 * place) for place in range(records)
        )
    }
    if _FULL_UNICODE in maps:
        return dict(_of_groups(font, maps[_FULL_UNICODE]))
    return dict(_of_segments(font, maps[_BASIC_UNICODE]))


def _of_groups(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    for place in range(groups):
        first, last, glyph = _GROUP.unpack_from(font, at + 16 + 12 * place)
        yield from zip(range(first, last + 1), range(glyph, glyph + last + 1 - first), strict=True)


def _of_segments(font: bytes, at: int) -> Iterator[tuple[int, int]]:
    (double,) = struct.unpack_from(">H", font, at + 6)
    shorts = f">{double // 2}H"
    lasts, firsts, deltas, ranges = (
        struct.unpack_from(shorts, font, at + place)
        for place in (14, 16 + double, 16 + 2 * double, 16 + 3 * double)
    )
    for place, (first, last, delta, reach) in enumerate(
        zip(firsts, lasts, deltas, ranges, strict=True)
    ):
        for letter in range(first, min(last, 0xFFFE) + 1):
            if not reach:
                glyph = (letter + delta) % 0x10000
            else:
                spot = at + 16 + 3 * double + 2 * place + reach + 2 * (letter - first)
                (glyph,) = struct.unpack_from(">H", font, spot)
                glyph = (glyph + delta) % 0x10000 if glyph else 0
            if glyph:
                yield letter, glyph

"""The Tinos files, and which letters they have.

Tinos measures like Times New Roman and has every Vietnamese letter. It comes as an npm package.
"""

import struct
from collections.abc import Iterator
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
    covered = [frozenset(_letters(file.read_bytes())) for file in files]
    return frozenset.intersection(*covered) if covered else frozenset()


def _letters(font: bytes) -> Iterator[int]:
    """The code points of the `cmap` table (OpenType 1.9, formats 4 and 12)."""
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
        return _of_groups(font, maps[_FULL_UNICODE])
    return _of_segments(font, maps[_BASIC_UNICODE])


def _of_groups(font: bytes, at: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    for place in range(groups):
        first, last, _ = _GROUP.unpack_from(font, at + 16 + 12 * place)
        yield from range(first, last + 1)


def _of_segments(font: bytes, at: int) -> Iterator[int]:
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
            if glyph:
                yield letter

"""Reads the project's font files with fontTools: glyphs by code point.

Import this in child processes and the fork server only: fontTools takes memory and time to load.
"""

from io import BytesIO
from pathlib import Path

from fontTools.ttLib import TTFont


def open_font(file: Path) -> TTFont:
    """Open a TrueType or WOFF 1.0 file. Raises: OSError, fontTools.ttLib.TTLibError."""
    font = TTFont(BytesIO(file.read_bytes()), recalcBBoxes=False, recalcTimestamp=False, lazy=True)
    # Glyphs are addressed by number; reading their names would take half of the time.
    font.setGlyphOrder([f"glyph{number:05d}" for number in range(font["maxp"].numGlyphs)])
    return font


def glyphs_of(font: TTFont) -> dict[int, int]:
    """Return the glyph number of each code point, without U+0000, which Tinos maps."""
    return {code: font.getGlyphID(name) for code, name in font.getBestCmap().items() if code}


def letters_in_every(folder: Path) -> frozenset[int]:
    """Return the code points for which each font file of a folder has a glyph."""
    covered = [frozenset(glyphs_of(open_font(file))) for file in folder.rglob("*.ttf")]
    return frozenset.intersection(*covered) if covered else frozenset()

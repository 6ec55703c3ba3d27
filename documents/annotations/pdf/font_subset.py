"""A font file cut down to some glyphs, for embedding in a PDF.

Glyphs keep their numbers, so text that was set with the whole font fits the subset. This does not
use `fontTools.subset`: it would add 13 MB to the fork server for layout tables that are dropped.
"""

from collections.abc import Iterable
from io import BytesIO

from fontTools.ttLib import TTFont, getTableModule
from fontTools.ttLib.tables._g_l_y_f import Glyph

_KEPT = frozenset(("cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"))
"""Tables that a PDF reader needs of a font whose glyphs are addressed by number."""

# fontTools loads the module of a table when it meets one. The fork server loads them, because a
# confined child cannot rely on reading files.
for _tag in ("cmap", *_KEPT):
    getTableModule(_tag)


def cut_to(font: TTFont, glyphs: Iterable[int]) -> bytes:
    """Return a TrueType file with these glyphs, their components and .notdef. Modifies `font`."""
    outlines = font["glyf"]
    kept = {font.getGlyphName(glyph) for glyph in (0, *glyphs)}
    unvisited = list(kept)
    while unvisited:
        components = set(outlines[unvisited.pop()].getComponentNames(outlines)) - kept
        kept |= components
        unvisited += components
    for name in set(font.getGlyphOrder()) - kept:
        outlines[name] = Glyph()
    for tag in set(font.keys()) - _KEPT - {"GlyphOrder"}:
        del font[tag]
    font.flavor = None
    file = BytesIO()
    font.save(file)
    return file.getvalue()

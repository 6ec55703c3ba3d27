"""Embedded font subsets with the glyphs that the texts use, and maps back to Unicode.

Composite fonts over TrueType subsets (ISO 32000-1, 9.7): text is encoded as glyph numbers, and a
`ToUnicode` map lets readers search, copy and read it aloud. The interface font has several files
and lacks glyphs that Tinos has, so the font may change within a line.
"""

from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from core.typesetting.font_files import glyphs_of, open_font
from core.typesetting.fonts import named_where_missing
from documents.annotations.pdf.font_subset import cut_to
from documents.annotations.pdf.syntax import array, exact, reference

FIRST = "BeVietnamPro"
"""Name of the main font in resources and default appearances."""

_NUMBERED = "[U+0123456789ABCDEF] "
_STEM, _CAP_HEIGHT = 80, 700
_AT_ONCE = 100  # entries of one bfchar block

AddObject = Callable[[str, bytes | None], int]
"""Adds a dictionary, optionally with a stream, to the document and returns its object number."""


class FontSubset:
    """Encodes texts with the first font file that has each character. All texts are given at once.

    Raises: OSError, fontTools.ttLib.TTLibError (invalid font files).
    """

    def __init__(self, files: Iterable[Path], texts: Iterable[str]) -> None:
        faces = [_Face(file, number) for number, file in enumerate(files)]
        self._context: dict[int, _Face] = {}
        for face in reversed(faces):
            self._context.update(dict.fromkeys(face.glyphs, face))
        self._advances: dict[str, float] = {}
        for text in (_NUMBERED, *texts):
            for letter in set(self.settable(text)) - {"\n"} - self._advances.keys():
                self._advances[letter] = self._context[ord(letter)].use(letter)
        self._faces = [face for face in faces if face.used]

    def settable(self, text: str) -> str:
        """Return the text with missing characters replaced by their code point."""
        plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
        return named_where_missing(plain, self._context)

    def width(self, text: str) -> float:
        """Return the width of a settable line, in multiples of the font size."""
        return sum(map(self._advances.__getitem__, text))

    def shown(self, text: str, size: float) -> str:
        """Return operators that show a settable line at this font size."""
        parts = []
        for face, letters in groupby(text, key=lambda letter: self._context[ord(letter)]):
            shown = "".join(f"{face.used[letter]:04X}" for letter in letters)
            parts.append(f"/{face.name} {exact([size])} Tf <{shown}> Tj")
        return " ".join(parts)

    def add_to(self, add: AddObject) -> str:
        """Add the fonts to a document and return the entries of the font resources."""
        return "".join(f"/{face.name} {reference(face.add_to(add))}" for face in self._faces)


class _Face:
    """One font file."""

    def __init__(self, file: Path, number: int) -> None:
        self._font = open_font(file)
        self.glyphs = glyphs_of(self._font)
        self._family = "Tinos" if file.stem.startswith("Tinos") else FIRST
        self.name = f"{self._family}{number or ''}"
        self.used: dict[str, int] = {}

    def use(self, letter: str) -> float:
        """Add a character to the subset and return its advance, in multiples of the font size."""
        self.used[letter] = glyph = self.glyphs[ord(letter)]
        return self._advance(glyph) / 1000

    def add_to(self, add: AddObject) -> int:
        """Add the font to a document and return the number of its dictionary."""
        glyphs = sorted(set(self.used.values()))
        head, hhea = self._font["head"], self._font["hhea"]
        box = [self._scaled(side) for side in (head.xMin, head.yMin, head.xMax, head.yMax)]
        part = cut_to(self._font, glyphs)
        name = f"{_tag(part)}+{self._family}-Regular"
        file = add(f"<</Length1 {len(part)}>>", part)
        descriptor = add(
            f"<</Type/FontDescriptor/FontName/{name}/Flags 4/ItalicAngle 0/StemV {_STEM}"
            f"/CapHeight {_CAP_HEIGHT}/Ascent {self._scaled(hhea.ascent):.0f}"
            f"/Descent {self._scaled(hhea.descent):.0f}/FontBBox{array(box)}"
            f"/FontFile2 {reference(file)}>>",
            None,
        )
        widths = "".join(f"{glyph}[{exact([self._advance(glyph)])}]" for glyph in glyphs)
        descendant = add(
            f"<</Type/Font/Subtype/CIDFontType2/BaseFont/{name}/CIDToGIDMap/Identity/DW 1000"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            f"/FontDescriptor {reference(descriptor)}/W[{widths}]>>",
            None,
        )
        letters = add("<<>>", "\n".join(self._letters_of_glyphs()).encode("ascii"))
        return add(
            f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/Identity-H"
            f"/DescendantFonts[{reference(descendant)}]/ToUnicode {reference(letters)}>>",
            None,
        )

    def _advance(self, glyph: int) -> float:
        """Return the advance of a glyph, in thousandths of the font size."""
        width, _ = self._font["hmtx"][self._font.getGlyphName(glyph)]
        return self._scaled(width)

    def _scaled(self, value: int) -> float:
        return value * 1000 / float(self._font["head"].unitsPerEm)

    def _letters_of_glyphs(self) -> Iterator[str]:
        yield (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap"
            "\n/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def"
            "\n/CMapName /Adobe-Identity-UCS def /CMapType 2 def"
            "\n1 begincodespacerange <0000> <FFFF> endcodespacerange"
        )
        # A glyph of several characters (space, no-break space) maps to the lowest code point.
        by_glyph = {glyph: letter for letter, glyph in sorted(self.used.items(), reverse=True)}
        pairs = sorted(by_glyph.items())
        for first in range(0, len(pairs), _AT_ONCE):
            some = pairs[first : first + _AT_ONCE]
            yield f"{len(some)} beginbfchar"
            for glyph, letter in some:
                yield f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>"
            yield "endbfchar"
        yield "endcmap CMapName currentdict /CMap defineresource pop end end"


def _tag(part: bytes) -> str:
    """Return the subset tag: six capital letters derived from the font data."""
    digits = sha256(part).digest()
    return "".join(chr(ord("A") + digit % 26) for digit in digits[:6])

"""Letters for PDFs: fonts cut down to what is used, lines, texts that no font can show."""

import struct
import subprocess
import sys
from io import BytesIO
from itertools import pairwise

import pytest
from fontTools.ttLib import TTFont

from core.paths import ROOT
from core.typesetting.font_files import glyphs_of, open_font
from core.typesetting.fonts import interface_fonts, tinos_folder
from documents.annotations.pdf.embedded_font import FontSubset
from documents.annotations.pdf.font_subset import cut_to
from documents.annotations.pdf.text_lines import lines_of

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
VIETNAMESE = VOWELS + VOWELS.upper() + "đĐ"
TINOS = tinos_folder() / "400Regular" / "Tinos_400Regular.ttf"
LOADED_LATE = """
import sys
from pathlib import Path
from documents.annotations.pdf.embedded_font import FontSubset
loaded = set(sys.modules)
letters = FontSubset([Path(file) for file in sys.argv[1:]], ["Đỗng ế Ω"])
letters.add_to(lambda dictionary, stream=None: 1)
print(*sorted(name for name in set(sys.modules) - loaded if name.startswith("fontTools")))
"""


def outlines(font: bytes) -> list[bytes]:
    tables = TTFont(BytesIO(font)).reader
    (long,) = struct.unpack_from(">h", tables["head"], 50)
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    places = struct.unpack_from(f">{count + 1}{'I' if long else 'H'}", tables["loca"])
    places = places if long else tuple(2 * place for place in places)
    return [tables["glyf"][a:b] for a, b in pairwise(places)]


def test_a_part_keeps_its_glyphs_and_their_parts_and_nothing_else() -> None:
    font = open_font(TINOS)
    wanted = [glyphs_of(font)[ord(letter)] for letter in "Đỗng ế"]
    part = cut_to(font, wanted)
    whole, kept = outlines(TINOS.read_bytes()), outlines(part)
    assert len(whole) == len(kept)
    drawn = [at for at, outline in enumerate(kept) if outline]
    assert {at for at in wanted if whole[at]} <= set(drawn)
    assert len(drawn) < 30
    for at in drawn:
        assert kept[at].rstrip(b"\0") == whole[at].rstrip(b"\0")
    assert len(part) < len(TINOS.read_bytes()) / 10


@pytest.mark.parametrize("file", interface_fonts(), ids=lambda file: file.name)
def test_every_font_file_that_we_ship_can_be_cut(file) -> None:
    font = open_font(file)
    some = list(glyphs_of(font).values())[:40]
    part = TTFont(BytesIO(cut_to(open_font(file), some)))
    widths, whole = list(part["hmtx"].metrics.values()), list(font["hmtx"].metrics.values())
    assert [widths[glyph] for glyph in some] == [whole[glyph] for glyph in some]
    sides = ("xMin", "yMin", "xMax", "yMax", "unitsPerEm")
    assert [getattr(part["head"], side) for side in sides] == [
        getattr(font["head"], side) for side in sides
    ]


def test_a_confined_child_loads_nothing_late() -> None:
    words = [sys.executable, "-c", LOADED_LATE, *map(str, interface_fonts())]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_interfaces_font_has_every_vietnamese_letter() -> None:
    own = set().union(*(glyphs_of(open_font(file)) for file in interface_fonts()[:-1]))
    assert set(map(ord, VIETNAMESE)) <= own


def test_letters_that_no_font_has_are_named() -> None:
    letters = FontSubset(interface_fonts(), ["Xong 😀\tΩ"])
    assert letters.settable("Xong 😀\tΩ\r\nHết") == "Xong [U+1F600]    Ω\nHết"
    shown = letters.shown(letters.settable("Xong 😀\tΩ"), 12)
    assert letters.settable("\0") == "[U+0000]"
    # The Greek letter is in another file than the rest.
    assert shown.count(" Tf ") == 2


def test_lines_break_between_words_and_in_words_that_are_too_long() -> None:
    def measure(text: str) -> float:
        return float(len(text))

    assert lines_of("một hai ba bốn", 7, measure) == ["một hai", "ba bốn"]
    assert lines_of("một\n\nhai", 7, measure) == ["một", "", "hai"]
    assert lines_of("a" * 20 + " b", 7, measure) == ["aaaaaaa", "aaaaaaa", "aaaaaa", "b"]
    assert lines_of("", 7, measure) == [""]
    assert lines_of("ab", 0.5, measure) == ["a", "b"]

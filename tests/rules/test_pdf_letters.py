"""Letters for PDFs: fonts cut down to what is used, lines, texts that no font can show."""

import struct
from itertools import pairwise

import pytest

from core.typesetting.font_files import glyphs_of, tables_of
from core.typesetting.fonts import interface_fonts, tinos_folder
from documents.pdf_annotations.embedded_font import Lettering
from documents.pdf_annotations.text_lines import lines_of
from documents.pdf_annotations.true_type import TrueType

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
VIETNAMESE = VOWELS + VOWELS.upper() + "đĐ"
WHOLE_FONT = 0xB1B0AFBA


@pytest.fixture(scope="module")
def tinos() -> bytes:
    return (tinos_folder() / "400Regular" / "Tinos_400Regular.ttf").read_bytes()


def outlines(font: bytes) -> list[bytes]:
    tables = tables_of(font)
    (long,) = struct.unpack_from(">h", tables["head"], 50)
    (count,) = struct.unpack_from(">H", tables["maxp"], 4)
    places = struct.unpack_from(f">{count + 1}{'I' if long else 'H'}", tables["loca"])
    places = places if long else tuple(2 * place for place in places)
    return [tables["glyf"][a:b] for a, b in pairwise(places)]


def test_a_part_keeps_its_glyphs_and_their_parts_and_nothing_else(tinos: bytes) -> None:
    wanted = [glyphs_of(tinos)[ord(letter)] for letter in "Đỗng ế"]
    part = TrueType(tinos).part(wanted)
    whole, kept = outlines(tinos), outlines(part)
    assert len(whole) == len(kept)
    drawn = [at for at, outline in enumerate(kept) if outline]
    assert {at for at in wanted if whole[at]} <= set(drawn)
    assert len(drawn) < 30
    for at in drawn:
        assert kept[at].rstrip(b"\0") == whole[at].rstrip(b"\0")
    assert len(part) < len(tinos) / 10


def test_a_part_has_right_checksums(tinos: bytes) -> None:
    part = TrueType(tinos).part([36, 37, 38])
    words = struct.unpack(f">{len(part) // 4}I", part)
    assert sum(words) % (1 << 32) == WHOLE_FONT


@pytest.mark.parametrize("file", interface_fonts(), ids=lambda file: file.name)
def test_every_font_file_that_we_ship_can_be_cut(file) -> None:
    data = file.read_bytes()
    font = TrueType(data)
    glyphs = glyphs_of(data)
    some = list(glyphs.items())[:40]
    again = TrueType(font.part(glyph for _, glyph in some))
    assert [again.advance(glyph) for _, glyph in some] == [font.advance(glyph) for _, glyph in some]
    assert again.box == font.box


def test_the_interfaces_font_has_every_vietnamese_letter() -> None:
    own = set().union(*(glyphs_of(file.read_bytes()) for file in interface_fonts()[:-1]))
    assert set(map(ord, VIETNAMESE)) <= own


def test_letters_that_no_font_has_are_named() -> None:
    letters = Lettering(interface_fonts(), ["Xong 😀\tΩ"])
    assert letters.settable("Xong 😀\tΩ\r\nHết") == "Xong [U+1F600]    Ω\nHết"
    shown = letters.shown(letters.settable("Xong 😀\tΩ"), 12)
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

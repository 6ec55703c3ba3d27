"""Annotated PDFs opened again with an independent library: what is in them, and where it lies."""

import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import BooleanObject, ContentStream

from tests import hostile_pdf
from tests.factories import small_pdf
from tests.marked_papers import AUTHOR, COLORS, SHAPES, WORDS, annotated, every_kind, mark, pages_of
from tests.server.annotations.pdf_reader import Reader

SUBTYPES = {
    "ink": "/Ink",
    "highlight": "/Highlight",
    "underline": "/Underline",
    "strike": "/StrikeOut",
    "note": "/Text",
    "text": "/FreeText",
    "arrow": "/Line",
    "rectangle": "/Square",
}
BOXES = b"/MediaBox [-20 -30 620 830] /CropBox [30 50 580 790] /Rotate %d /UserUnit %s"
TURNS = [(turned, unit) for turned in (0, 90, 180, 270) for unit in (b"1", b"2.5")]


def turned_paper(turned: int, unit: bytes) -> bytes:
    """One cropped page, turned for its reader."""
    content = hostile_pdf.line("Hello", x=120, y=600)
    return hostile_pdf.paper([content], page=BOXES % (turned, unit))


def user_space(turned: int, x: float, y: float) -> tuple[float, float]:
    """Where a place of the page as displayed lies in the user space of `turned_paper`."""
    left, bottom, right, top = 30, 50, 580, 790
    along = {
        0: (x, 1 - y),
        90: (y, x),
        180: (1 - x, y),
        270: (1 - y, 1 - x),
    }[turned]
    return left + along[0] * (right - left), bottom + along[1] * (top - bottom)


def annotations(path: Path, page: int = 0) -> list[dict[str, Any]]:
    """The annotations of a page, without the windows for their words."""
    found = pages_of(path)[page].get("/Annots", [])
    return [one.get_object() for one in found if one.get_object()["/Subtype"] != "/Popup"]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A paper with a mark of each kind on its second page."""
    folder = tmp_path_factory.mktemp("plain")
    path, made = annotated(small_pdf(3), folder, every_kind(2))
    assert (made.count, made.size) == (8, path.stat().st_size)
    return path


def test_each_kind_is_an_annotation_that_says_whose_it_is(plain: Path) -> None:
    found = annotations(plain, 1)
    assert [one["/Subtype"] for one in found] == [SUBTYPES[kind] for kind in SHAPES]
    for kind, one in zip(SHAPES, found, strict=True):
        assert one["/T"] == AUTHOR
        assert one["/Subj"] == "Chỉ mình tôi thấy"
        assert one["/NM"] == f"{kind}-0002-0000000"
        assert one["/Contents"] == (WORDS if kind in ("note", "text") else "")
        assert one["/CreationDate"] == "D:20261124020000+00'00'"
        assert one["/M"] == "D:20261124023005+00'00'"
        assert one["/F"] & 4
        assert one["/CA"] == 1
        assert one["/AP"]["/N"]["/BBox"]
        assert one["/P"].get_object()["/Type"] == "/Page"


def test_colours_and_lines_are_there_to_be_changed(plain: Path) -> None:
    for kind, one in zip(SHAPES, annotations(plain, 1), strict=True):
        red, green, blue = bytes.fromhex(COLORS[kind][1:])
        wanted = pytest.approx([red / 255, green / 255, blue / 255], abs=1e-4)
        if kind == "text":
            # A colour of its own would be the ground behind the words.
            assert "/C" not in one
            assert [float(part) for part in one["/DA"].split()[:3]] == wanted
        else:
            assert [float(part) for part in one["/C"]] == wanted
        if kind in ("ink", "arrow", "rectangle"):
            assert float(one["/BS"]["/W"]) == pytest.approx(2.6 / 1000 * 595)


def test_a_note_has_a_closed_window_for_its_words(plain: Path) -> None:
    (note,) = (one for one in annotations(plain, 1) if one["/Subtype"] == "/Text")
    window = note["/Popup"].get_object()
    assert window["/Parent"].get_object()["/NM"] == note["/NM"]
    assert window["/Open"] == note["/Open"] == BooleanObject(False)


def test_pages_without_marks_stay_without(plain: Path) -> None:
    assert annotations(plain, 0) == annotations(plain, 2) == []


def test_the_bytes_of_the_original_come_first(plain: Path) -> None:
    assert plain.read_bytes().startswith(small_pdf(3))


@pytest.mark.parametrize(("turned", "unit"), TURNS)
def test_marks_lie_where_they_were_made(tmp_path: Path, turned: int, unit: bytes) -> None:
    path, _ = annotated(turned_paper(turned, unit), tmp_path, every_kind())
    ink, highlight, *_, arrow, rectangle = annotations(path)
    for stroke, given in zip(ink["/InkList"], SHAPES["ink"]["strokes"], strict=True):
        wanted = [side for x, y, _ in given for side in user_space(turned, x, y)]
        assert [float(side) for side in stroke] == pytest.approx(wanted, abs=0.01)
    corners = [float(side) for side in highlight["/QuadPoints"]]
    for at, (x0, y0, x1, y1) in enumerate(SHAPES["highlight"]["boxes"]):
        spots = ((x0, y0), (x1, y0), (x0, y1), (x1, y1))
        wanted = [side for x, y in spots for side in user_space(turned, x, y)]
        assert corners[8 * at : 8 * at + 8] == pytest.approx(wanted, abs=0.01)
    ends = (SHAPES["arrow"]["from"], SHAPES["arrow"]["to"])
    wanted = [side for x, y in ends for side in user_space(turned, x, y)]
    assert [float(side) for side in arrow["/L"]] == pytest.approx(wanted, abs=0.01)
    x0, y0, x1, y1 = SHAPES["rectangle"]["box"]
    one, other = user_space(turned, x0, y0), user_space(turned, x1, y1)
    half = float(rectangle["/BS"]["/W"]) / 2
    assert [float(side) for side in rectangle["/Rect"]] == pytest.approx(
        [
            min(one[0], other[0]) - half,
            min(one[1], other[1]) - half,
            max(one[0], other[0]) + half,
            max(one[1], other[1]) + half,
        ],
        abs=0.02,
    )


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_no_mark_reaches_over_the_page(tmp_path: Path, turned: int) -> None:
    edge: list[Any] = [
        mark("ink", shape={"strokes": [[[0, 0, 1], [1, 1, 1], [0, 1, 1]]]}, width=40),
        mark("rectangle", shape={"box": [0, 0, 1, 1]}, width=20),
        mark("arrow", shape={"from": [0, 1], "to": [1, 0]}, width=30),
        mark("text", shape={"box": [0.9, 0.97, 1, 1]}),
        mark("highlight", shape={"boxes": [[0, 0.99, 1, 1]]}, text="Ý kiến"),
    ]
    path, _ = annotated(turned_paper(turned, b"1"), tmp_path, edge)
    page = pages_of(path)[0]
    left, bottom, right, top = map(float, page.cropbox)
    for one in page["/Annots"]:
        x0, y0, x1, y1 = (float(side) for side in one.get_object()["/Rect"])
        assert left - 0.01 <= x0 <= x1 <= right + 0.01
        assert bottom - 0.01 <= y0 <= y1 <= top + 0.01


def test_highlights_and_markers_are_multiplied_with_the_page(tmp_path: Path) -> None:
    marker = mark("ink", opacity=0.4, width=22, id="marker-000000000")
    path, _ = annotated(small_pdf(1), tmp_path, [marker, mark("highlight", opacity=0.6)])
    for one, opacity in zip(annotations(path), (0.4, 0.6), strict=True):
        (state,) = one["/AP"]["/N"]["/Resources"]["/ExtGState"].values()
        assert state["/BM"] == "/Multiply"
        assert float(state["/ca"]) == float(state["/CA"]) == float(one["/CA"]) == opacity


def test_words_are_in_an_embedded_font_and_can_be_read_back(plain: Path) -> None:
    (text,) = (one for one in annotations(plain, 1) if one["/Subtype"] == "/FreeText")
    form = text["/AP"]["/N"]
    fonts = form["/Resources"]["/Font"]
    for font in fonts.values():
        assert font["/Subtype"] == "/Type0"
        (descendant,) = font["/DescendantFonts"]
        assert (
            descendant.get_object()["/FontDescriptor"]["/FontFile2"].get_data()[:4] == b"\0\1\0\0"
        )
    assert " ".join(_shown(form, fonts).split()) == WORDS
    (family,) = {row[0].split("+")[1] for row in Reader(plain).fonts() if row[-5] == "yes"}
    assert family == "BeVietnamPro-Regular"


def _shown(form: Any, fonts: Any) -> str:
    """The text that a content stream shows, by the fonts' own tables; a line for each Tm."""
    letters, text = {}, ""
    for operands, operator in ContentStream(form, None).operations:
        if operator == b"Tf":
            letters = _letters(fonts[operands[0]])
        elif operator == b"Tm":
            text += " "
        elif operator == b"Tj":
            codes = operands[0].original_bytes
            text += "".join(letters[codes[at : at + 2]] for at in range(0, len(codes), 2))
    return text


def _letters(font: Any) -> dict[bytes, str]:
    table = font["/ToUnicode"].get_data().decode("ascii")
    pairs = [line.split() for line in table.splitlines() if line.startswith("<")]
    return {
        bytes.fromhex(code.strip("<>")): bytes.fromhex(text.strip("<>")).decode("utf-16-be")
        for code, text in pairs
    }


def test_the_pages_own_content_is_untouched(plain: Path) -> None:
    for one, other in zip(pages_of(small_pdf(3)), pages_of(plain), strict=True):
        assert one["/Contents"].get_data() == other["/Contents"].get_data()
        fonts = [dict(page["/Resources"]["/Font"]["/F1"]) for page in (one, other)]
        assert fonts[0] == fonts[1]


def test_another_program_can_change_them_and_write(plain: Path, tmp_path: Path) -> None:
    writer = pypdf.PdfWriter(clone_from=plain)
    written: Any = writer.pages[1]
    (note,) = (
        one.get_object() for one in written["/Annots"] if one.get_object()["/Subtype"] == "/Text"
    )
    note[pypdf.generic.NameObject("/Contents")] = pypdf.generic.TextStringObject("Đã trả lời")
    changed = tmp_path / "changed.pdf"
    writer.write(changed)
    assert [one["/Contents"] for one in annotations(changed, 1)].count("Đã trả lời") == 1
    _clean(changed)


def _clean(path: Path) -> None:
    """Two other programs find nothing to complain about."""
    drawn = subprocess.run(
        ["mutool", "draw", "-q", "-o", "/dev/null", "-F", "ppm", str(path)],
        capture_output=True,
        check=True,
    )
    said = [row for row in drawn.stderr.decode().splitlines() if "ICC support" not in row]
    drawn = subprocess.run(
        ["pdftoppm", "-r", "20", "-png", str(path), str(path.with_suffix(""))],
        capture_output=True,
        check=True,
    )
    assert said + drawn.stderr.decode().splitlines() == []


@pytest.mark.parametrize("flat", [False, True])
def test_other_programs_do_not_complain(tmp_path: Path, flat: bool) -> None:
    path, _ = annotated(small_pdf(2), tmp_path, every_kind(1) + every_kind(2), flat=flat)
    _clean(path)
    assert pages_of(path)


def test_annotations_of_the_paper_itself_are_kept(tmp_path: Path) -> None:
    # One stands in the page's list, one beside it, and the list is an object of its own.
    own = [
        b"[5 0 R << /Type /Annot /Subtype /Text /Rect [9 9 29 29] /Contents <FEFF01B0> >>]",
        b"<< /Type /Annot /Subtype /Square /Rect [50 50 90 90] /Contents (Own) >>",
    ]
    paper = hostile_pdf.paper(
        [hostile_pdf.line("x")], page=b"/MediaBox [0 0 595 842] /Annots 4 0 R", more=own
    )
    path, _ = annotated(paper, tmp_path, [mark("rectangle")])
    assert [one["/Contents"] for one in annotations(path)] == ["Own", "ư", ""]
    assert [one.get("/T") for one in annotations(path)] == [None, None, AUTHOR]


def test_nothing_to_draw_leaves_the_paper_as_it_was(tmp_path: Path) -> None:
    path, made = annotated(small_pdf(2), tmp_path, [])
    assert made.count == 0
    assert len(pages_of(path)) == 2
    assert path.read_bytes().startswith(small_pdf(2))

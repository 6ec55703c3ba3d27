"""Papers with marks drawn for good: nothing is left to edit, and no word is lost."""

from pathlib import Path

import pytest

from tests import hostile_pdf
from tests.factories import small_pdf
from tests.marked_papers import AUTHOR, WORDS, annotated, every_kind, mark, pages_of
from tests.server.annotations.pdf_reader import Reader

STRANGE = {
    "a state left open": b"q q 0.5 0 0 0.5 100 100 cm 1 0 0 rg 0 0 10 10 re f",
    "a state too many given up": b"Q Q 1 0 0 rg 0 0 10 10 re f",
    "moved without a state": b"0.5 0 0 0.5 100 100 cm 1 0 0 rg 0 0 10 10 re f",
    "text without an end": b"BT /F1 10 Tf 1 0 0 1 400 700 Tm",
}


def test_nothing_is_left_to_edit(tmp_path: Path) -> None:
    path, made = annotated(small_pdf(3), tmp_path, every_kind(2), flat=True)
    assert made.count == 8
    for page in pages_of(path):
        assert not page.get("/Annots")
    assert path.read_bytes().startswith(small_pdf(3))


def test_words_of_notes_are_written_out_at_the_end(tmp_path: Path) -> None:
    said = [
        mark("highlight", 1, text="Con số này lấy ở đâu?", id="first-0000000000"),
        mark("note", 2, text="Dòng một\nDòng hai", id="second-000000000"),
        mark("text", 1, id="third-0000000000"),
    ]
    path, _ = annotated(small_pdf(2), tmp_path, said, flat=True)
    paper = Reader(path)
    assert paper.facts["Pages"] == "3"
    assert [" ".join(line.split()) for line in paper.page(3)] == [
        "Nội dung ghi chú",
        f"1. Trang 1 · {AUTHOR} · 09:00, 24/11/2026",
        "Con số này lấy ở đâu?",
        f"2. Trang 2 · {AUTHOR} · 09:00, 24/11/2026",
        "Dòng một",
        "Dòng hai",
    ]
    # The words of a text box stand on the page itself, and each number at its mark.
    assert WORDS in " ".join(paper.page(1))
    for page in ("1", "2"):
        words = paper.says("pdftotext", "-raw", "-f", page, "-l", page).split()
        assert words.count(page) == 2, words


def test_many_long_notes_take_as_many_sheets_as_they_need(tmp_path: Path) -> None:
    notes = [
        mark(
            "note",
            1,
            {"at": [0.5, at / 100]},
            text=f"Ý kiến {at}. " + "dài " * 300,
            id=f"n{at:018}",
        )
        for at in range(1, 60)
    ]
    path, _ = annotated(small_pdf(1), tmp_path, notes, flat=True)
    paper = Reader(path)
    assert int(paper.facts["Pages"]) > 10
    text = paper.text
    assert all(f"Ý kiến {at}." in text for at in range(1, 60))
    for left, top, right, bottom in paper.edges()[1:]:
        assert left > 80
        assert right < 560
        assert top > 40
        assert bottom < 800


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_strange_content_does_not_move_what_is_drawn(tmp_path: Path, content: bytes) -> None:
    paper = hostile_pdf.paper([content])
    path, _ = annotated(paper, tmp_path, [mark("text")], flat=True)
    (edges,) = Reader(path).edges()
    left, top, _, _ = edges
    assert left == pytest.approx(0.55 * 595 + 3, abs=2)
    assert top == pytest.approx(0.4 * 842 + 3, abs=4)


def test_resources_that_pages_share_stay_as_they_are(tmp_path: Path) -> None:
    form = hostile_pdf.stream(b"0 0 9 9 re f", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    paper = hostile_pdf.paper(
        [hostile_pdf.line("x") + b" /X Do"] * 2,
        resources=b"/XObject << /X 4 0 R >>",
        more=[form],
    )
    path, _ = annotated(paper, tmp_path, [mark("rectangle", 1)], flat=True)
    first, second = pages_of(path)
    own, ours = sorted(first["/Resources"]["/XObject"], key=len)
    assert (own, ours.rstrip("0123456789")) == ("/X", "/DienHongMarks")
    assert set(second["/Resources"]["/XObject"]) == {"/X"}


def test_annotations_of_the_paper_itself_stay_what_they_are(tmp_path: Path) -> None:
    own = [b"<< /Type /Annot /Subtype /Text /Rect [50 50 90 90] /Contents (Own) >>"]
    page = b"/MediaBox [0 0 595 842] /Annots [4 0 R]"
    paper = hostile_pdf.paper([hostile_pdf.line("x")], page=page, more=own)
    path, _ = annotated(paper, tmp_path, every_kind(), flat=True)
    (kept,) = pages_of(path)[0]["/Annots"]
    assert kept.get_object()["/Contents"] == "Own"

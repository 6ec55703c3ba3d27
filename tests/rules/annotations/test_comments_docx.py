"""The list of comments: read in the order of the paper, in words of both languages, in Word."""

import io
from datetime import UTC, datetime
from typing import Any

import docx
import msgspec
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.i18n import Language
from documents.annotations.comments_docx import comments_docx
from documents.annotations.comments_list import (
    LONGEST_QUOTE,
    About,
    CommentsPaper,
    comments_paper,
)
from documents.annotations.declares import Anchor, AnnotationView, Style
from tests.marked_papers import SHAPES

ABOUT = About("Báo cáo thẩm tra", 2, "Trần Văn Bình", "09:00, 24/11/2026", "all")


def written(kind: str, page: int = 1, **facts: Any) -> AnnotationView:
    shape = facts.pop("shape", SHAPES[kind])
    anchor = facts.pop("quote", None)
    at = datetime(2026, 11, 24, 2, tzinfo=UTC)
    given: dict[str, Any] = {
        "id": f"{kind}-{page}",
        "document_id": "d",
        "version": 2,
        "audience": "private",
        "user_id": None,
        "user_name": None,
        "author": "a",
        "author_name": "Nguyễn Thị Khai",
        "style": Style("#1c4fa1", 2.6, 1.0, 20.0),
        "text": None,
        "anchor": Anchor(anchor) if anchor is not None else None,
        "revision": 1,
        "created_at": at,
        "updated_at": at,
        **facts,
    }
    return AnnotationView(
        kind=kind, page=page, geometry=msgspec.Raw(msgspec.json.encode(shape)), **given
    )


def listed(*found: AnnotationView, language: Language = "vi") -> CommentsPaper:
    headings = [f"{one.author_name} ({number})" for number, one in enumerate(found)]
    return comments_paper(ABOUT, found, headings, language)


def document(paper: CommentsPaper) -> Document:
    return docx.Document(io.BytesIO(comments_docx(paper)))


def lines(paper: CommentsPaper) -> list[str]:
    return [line.text for line in document(paper).paragraphs if line.text]


def test_the_whole_list() -> None:
    paper = listed(
        written("note", 3, text="Dòng một\n\nDòng hai", quote="số liệu năm 2026"),
        written("ink", 1),
        written("ink", 1),
        written("arrow", 1),
        written("underline", 1, quote="tổng mức đầu tư"),
        written("highlight", 1, text="Lấy ở đâu?", quote="10 tỷ đồng"),
        written("text", 1, text="Đồng ý", shape={"box": [0.1, 0.05, 0.3, 0.1]}),
        written("rectangle", 3, text="Cả bảng này"),
        written("strike", 3),
    )
    assert lines(paper) == [
        "Ý KIẾN, GHI CHÚ TRÊN TÀI LIỆU",
        "Báo cáo thẩm tra",
        "Bản 2 của tài liệu",
        "Trần Văn Bình xuất lúc 09:00, 24/11/2026",
        "Gồm ghi chú riêng và ghi chú cả phòng thấy",
        "Trang 1",
        "1. Nguyễn Thị Khai (6)",
        "Đồng ý",
        "2. Nguyễn Thị Khai (5)",
        "“10 tỷ đồng”",
        "Lấy ở đâu?",
        "– Gạch chân: «tổng mức đầu tư»",
        "– Nét viết tay: 2 · Mũi tên: 1",
        "Trang 3",
        "3. Nguyễn Thị Khai (0)",
        "“số liệu năm 2026”",
        "Dòng một",
        "Dòng hai",
        "4. Nguyễn Thị Khai (7)",
        "Cả bảng này",
        "– Gạch ngang.",
    ]


def test_nothing_written_is_said() -> None:
    assert lines(listed())[-1] == "Chưa có ghi chú nào."


def test_in_english() -> None:
    paper = listed(written("ink"), written("underline", quote="the budget"), language="en")
    assert lines(paper)[-3:] == ["Page 1", "– Underlined: “the budget”", "– Strokes by hand: 1"]
    assert document(paper).core_properties.language == "en-GB"


def test_the_page_is_that_of_the_decree() -> None:
    section = document(listed()).sections[0]
    assert section.page_width == pytest.approx(Mm(210), abs=Pt(0.05))
    assert section.left_margin == pytest.approx(Mm(30), abs=Pt(0.05))
    assert section.right_margin == pytest.approx(Mm(17), abs=Pt(0.05))
    normal = document(listed()).styles["Normal"].element.rPr
    assert normal.rFonts.get(qn("w:ascii")) == "Times New Roman"
    assert document(listed()).core_properties.author == "Trần Văn Bình"


def test_texts_are_never_markup_and_never_break_the_file() -> None:
    hostile = "\x01\x0b <w:p/> &amp; \u202e\ufffe\u0000 ]]> 😀"
    found = written("note", text=hostile, quote=hostile, author_name=hostile)
    said = "\n".join(lines(listed(found)))
    assert "<w:p/> &amp;" in said
    assert "\u202e" not in said


def test_a_long_quote_is_cut() -> None:
    (quote,) = (
        one for one in lines(listed(written("note", text="x", quote="dài " * 500))) if "“" in one
    )
    assert len(quote) <= LONGEST_QUOTE + 3
    assert quote.endswith("…”")


def test_the_same_list_is_the_same_file() -> None:
    paper = listed(written("note", text="x"))
    assert comments_docx(paper) == comments_docx(paper)

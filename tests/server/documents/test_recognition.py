"""Scans are read: their words are found, selected and marked as recognized."""

from typing import Any

import pymupdf as _pymupdf
import pytest

from core.storage import Storage
from core.typesetting.fonts import tinos_folder
from documents.pages.files import PageFiles
from tests.server.conftest import Room, add_paper
from tests.server.documents.search_steps import found_soon, search
from tests.server.real_server import wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

pymupdf: Any = _pymupdf
LINES = ("NGHỊ QUYẾT", "Hội đồng nhân dân xã phê chuẩn quyết toán ngân sách năm 2026")


def scan(*lines: str, dpi: int = 200, turned: int = 0) -> bytes:
    """A PDF whose only page is a picture of these lines."""
    typed = pymupdf.open()
    page = typed.new_page(width=595, height=842)
    font = str(tinos_folder() / "400Regular" / "Tinos_400Regular.ttf")
    page.insert_font("tinos", font)
    for number, line in enumerate(lines):
        page.insert_text((60, 100 + 30 * number), line, fontname="tinos", fontsize=14)
    picture = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    made = pymupdf.open()
    other = made.new_page(width=595, height=842)
    other.insert_image(other.rect, pixmap=picture)
    other.set_rotation(turned)
    content: bytes = made.tobytes()
    return content


@pytest.mark.parametrize("dpi", [110, 200, 400])
def test_the_words_of_a_scan_are_found_where_they_stand(room: Room, dpi: int):
    paper = add_paper(room.secretary, room.items[0], scan(*LINES, dpi=dpi), "quet.pdf")
    path = f"/meetings/{room.id}/search"
    (found,) = [
        one for one in found_soon(room.secretary, path, "phe chuan quyet toan")
        if one["document_id"] == paper
    ]  # fmt: skip
    assert found["source"] == "ocr"
    x0, y0, _x1, y1 = found["boxes"][0]
    assert 0.3 < x0 < 0.5
    assert 0.12 < y0 < y1 < 0.17
    text = room.secretary.get(f"/documents/{paper}/versions/1/pages/1/text")
    assert text.json()["source"] == "ocr"
    assert " ".join(word[4] for word in text.json()["words"]).endswith("năm 2026")


def test_text_is_not_read_again_and_says_so(room: Room):
    text = room.member.get(f"/documents/{room.document}/versions/1/pages/1/text").json()
    assert text["source"] == "text"
    (version,) = room.secretary.get(f"/documents/{room.document}").json()["versions"]
    files = PageFiles(Storage(room.server.made.data), version["sha256"])
    assert not files.recognized(1).exists()


def test_an_empty_page_and_a_drawing_have_no_words(room: Room):
    empty = pymupdf.open()
    empty.new_page()
    drawn = empty.new_page()
    drawn.draw_line((10, 10), (500, 500))
    paper = add_paper(room.secretary, room.items[0], empty.tobytes(), "trong.pdf")
    (version,) = room.secretary.get(f"/documents/{paper}").json()["versions"]
    files = PageFiles(Storage(room.server.made.data), version["sha256"])
    wait_until(files.recognized(2).exists, "both pages were looked at", 20)
    for page in (1, 2):
        text = room.secretary.get(f"/documents/{paper}/versions/1/pages/{page}/text").json()
        assert text == {"words": [], "source": "text"}
    assert search(room.secretary, f"/meetings/{room.id}/search", "trong") == []

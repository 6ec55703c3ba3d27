"""A map to zoom into: one A1 sheet of thousands of thin lines and words of three points."""

import random
from typing import Any

import pymupdf as _pymupdf

pymupdf: Any = _pymupdf
A1 = (2384, 1684)
WORD_GAP = (44, 24)


def map_pdf(pages: int = 2) -> bytes:
    """Contour lines, parcels and their numbers in letters of three points, each page its own."""
    paper = pymupdf.open()
    for number in range(1, pages + 1):
        _draw(paper.new_page(width=A1[0], height=A1[1]), random.Random(number))
    content: bytes = paper.tobytes(deflate=True)
    return content


def _draw(page: Any, chance: random.Random) -> None:
    (wide, high), (across, down) = A1, WORD_GAP
    marks = ["0.25 w 0.45 0.3 0.1 RG"]
    for y in range(0, high, 12):
        bent = [f"{x} {y + chance.uniform(-9, 9):.2f}" for x in range(0, wide + 60, 60)]
        marks.append(f"{bent[0]} m {' '.join(f'{point} l' for point in bent[1:])} S")
    marks.append("0.18 w 0 G")
    for x in range(20, wide - across, across * 2):
        for y in range(20, high - down, down * 2):
            marks.append(f"{x} {y} {chance.randint(20, 40)} {chance.randint(12, 24)} re S")
    for x in range(24, wide - across, across):
        for y in range(28, high - down, down):
            marks.append(f"BT /helv 3 Tf {x} {y} Td (Thua {chance.randrange(9999)}) Tj ET")
    page.insert_text((0, 0), ".", fontname="helv")  # Gives the page its letters and a stream.
    page.parent.update_stream(page.get_contents()[0], "\n".join(marks).encode())


def drawn(
    content: bytes, page: int, size: tuple[float, float], box: tuple[int, int, int, int]
) -> Any:
    """MuPDF's own picture of a part of a page, RGB, as a pixmap.

    size: pixels across and down the whole page. box: left, top, right, bottom in those pixels.
    """
    sheet = pymupdf.open(stream=content)[page - 1]
    scale = pymupdf.Matrix(size[0] / sheet.rect.width, size[1] / sheet.rect.height)
    return sheet.get_pixmap(matrix=scale, clip=pymupdf.Rect(*box) * ~scale, alpha=False)


def scan_pdf(pixels: int) -> bytes:
    """An A1 sheet that is but a grey picture, so many pixels across."""
    wide, high = pixels, round(pixels * A1[1] / A1[0])
    chance = random.Random(7)
    rows = [bytes(chance.choices(range(90, 250), k=16)) * (wide // 16) for _ in range(high)]
    picture = pymupdf.Pixmap(pymupdf.csGRAY, wide, high, b"".join(rows), False)
    paper = pymupdf.open()
    page = paper.new_page(width=A1[0], height=A1[1])
    page.insert_image(page.rect, pixmap=picture, keep_proportion=False)
    content: bytes = paper.tobytes()
    return content

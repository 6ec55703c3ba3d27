"""Office files and images for tests, made by the libraries of other programs."""

import io
import zipfile
from collections.abc import Callable

from docx import Document
from openpyxl import Workbook
from PIL import Image

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BODY_END = b"<w:sectPr"


def docx(*paragraphs: str) -> bytes:
    """A Word file with these paragraphs."""
    document = Document()
    for text in paragraphs:
        document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A ZIP of parts with one of them changed."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, change(data) if entry.filename == part else data)
    return made.getvalue()


def docx_with_changes(kept: str, deleted: str, inserted: str) -> bytes:
    """A Word file in which somebody deleted and inserted words, with tracked changes."""
    by = 'w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"'
    runs = (
        f'<w:p><w:r><w:t xml:space="preserve">{kept} </w:t></w:r>'
        f"<w:del {by}><w:r><w:delText>{deleted}</w:delText></w:r></w:del>"
        f"<w:ins {by}><w:r><w:t>{inserted}</w:t></w:r></w:ins></w:p>"
    ).encode()
    return changed(
        docx(), "word/document.xml", lambda old: old.replace(_BODY_END, runs + _BODY_END, 1)
    )


def docx_with_linked_image(url: str) -> bytes:
    """A Word file that asks for an image from elsewhere."""
    picture = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(picture, "PNG")
    document = Document()
    document.add_picture(io.BytesIO(picture.getvalue()))
    made = io.BytesIO()
    document.save(made)
    linked = changed(
        made.getvalue(),
        "word/_rels/document.xml.rels",
        lambda old: old.replace(
            b'Target="media/image1.png"', f'Target="{url}" TargetMode="External"'.encode()
        ),
    )
    return changed(linked, "word/document.xml", lambda old: old.replace(b"r:embed=", b"r:link="))


def xlsx(columns: int, hidden: str) -> bytes:
    """A workbook with one sheet of so many columns, and a hidden one that holds a text."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in range(1, 6):
        for column in range(1, columns + 1):
            sheet.cell(row, column, f"o{row}c{column}")
    other = book.create_sheet("hidden")
    other.cell(1, 1, hidden)
    other.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def photograph(width: int, height: int, orientation: int) -> bytes:
    """A JPEG as a telephone takes it: turned by its EXIF, with a place."""
    image = Image.new("RGB", (width, height), "white")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "MAKER-OF-THE-PHONE"
    exif.get_ifd(0x8825)[1] = "N"
    made = io.BytesIO()
    image.save(made, "JPEG", exif=exif)
    return made.getvalue()

"""Uploaded files are recognized by their content, within a bounded time, whatever they hold."""

import io
import re
import time
import zipfile
from pathlib import Path

import pytest

from core.paths import ROOT
from documents.conversion.formats import EXTENSIONS, Format, FormatFault, recognize
from tests import office_files

MACRO = b"application/vnd.ms-excel.sheet.macroEnabled.12"


def packed(method: int, name: str, data: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as parts:
        parts.writestr(name, data)
    return made.getvalue()


def many_entries(count: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as parts:
        for number in range(count):
            parts.writestr(f"{number:060d}", b"")
    return made.getvalue()


def compound(fat: int, difat: int) -> bytes:
    """A file whose header announces tables of these sizes, which point to themselves."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[24:34] = b"\x3e\0\x03\0\xfe\xff\x09\0\x06\0"
    header[44:48], header[72:76] = fat.to_bytes(4, "little"), difat.to_bytes(4, "little")
    return bytes(header) + bytes(2048)


@pytest.mark.parametrize(
    "content",
    [
        packed(zipfile.ZIP_BZIP2, "mimetype", bytes(50_000_000)),
        packed(zipfile.ZIP_LZMA, "[Content_Types].xml", bytes(5_000_000)),
        packed(zipfile.ZIP_DEFLATED, "[Content_Types].xml", b"<Types/>")[:60],
        packed(zipfile.ZIP_STORED, "other", b""),
        many_entries(25_000),
        compound(60_000, 60_000),
        compound(4, 2**31),
        compound(0, 0),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04",
    ],
    ids=["bzip2", "lzma", "cut", "other", "many", "fat", "difat", "empty", "short", "bare"],
)
def test_what_is_made_to_cost_is_refused_soon(tmp_path: Path, content: bytes):
    path = tmp_path / "file"
    path.write_bytes(content)
    began = time.process_time()
    with pytest.raises(FormatFault):
        recognize(path, "a.docx")
    assert time.process_time() - began < 2


def test_a_damaged_list_of_parts_is_refused(tmp_path: Path):
    whole = office_files.docx("x")
    at = whole.index(b"[Content_Types].xml") + 40
    path = tmp_path / "file"
    path.write_bytes(whole[:at] + b"\xff\xff\xff\xff" + whole[at + 4 :])
    with pytest.raises(FormatFault):
        recognize(path, "a.docx")


def test_an_embedded_workbook_does_not_decide(tmp_path: Path):
    path = tmp_path / "file"
    path.write_bytes(
        office_files.changed(
            office_files.docx("x"),
            "[Content_Types].xml",
            lambda old: old.replace(
                b"</Types>",
                b'<Override PartName="/word/embeddings/a.xlsm" ContentType="%s"/></Types>' % MACRO,
            ),
        )
    )
    assert recognize(path, "a.docx") is Format.DOCX


def test_the_browser_offers_the_same_endings():
    script = (ROOT / "static/js/pages/prepare/file_formats.js").read_text()
    listed = script[script.index("EXTENSIONS = [") : script.index("];")]
    assert set(re.findall(r'"(\w+)"', listed)) == EXTENSIONS

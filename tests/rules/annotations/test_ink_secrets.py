"""The search for traces of private annotations finds them in whatever they are wrapped."""

import gzip
import io
import json
import zipfile

import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from documents.annotations.kinds.ink import Ink
from tests.factories import small_pdf
from tests.server.annotations.ink_secrets import Secret, opened

SECRET = Secret("c0ffeeC0FFEEc0ffee77", ("KÉTSẮT-MỘT",), ((0.73191, 0.18237),))
ALL = {"words", "id", "numbers"}


def zipped(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", content)
    return out.getvalue()


def in_a_pdf(content: bytes, *, squeezed: bool) -> bytes:
    """A PDF with one more stream."""
    writer = pypdf.PdfWriter(io.BytesIO(small_pdf(1)))
    stream = DecodedStreamObject()
    stream.set_data(content)
    added = writer._add_object(stream.flate_encode() if squeezed else stream)
    writer.root_object[NameObject("/Extra")] = added
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


TOLD = json.dumps(
    {
        "id": SECRET.id,
        "text": SECRET.words[0],
        "geometry": {"strokes": [[[0.73191, 0.18237, 0.5]]]},
    },
    ensure_ascii=False,
).encode()
WRAPPED = {
    "JSON": TOLD,
    "JSON of ASCII": json.dumps(json.loads(TOLD)).encode(),
    "a frame": b'42["mine.event",' + TOLD + b"]",
    "HTML": b"<html><body>" + TOLD + b"</body></html>",
    "squeezed": gzip.compress(TOLD),
    "a Word file": zipped(TOLD),
    "an archive in an archive": zipped(zipped(TOLD)),
    "a PDF's stream": in_a_pdf(TOLD, squeezed=True),
    "a PDF's plain stream": in_a_pdf(TOLD, squeezed=False),
}


@pytest.mark.parametrize("content", WRAPPED.values(), ids=WRAPPED)
def test_a_leak_is_found(content):
    assert SECRET.traces(opened(content)) == ALL


def test_letters_of_pdfs_and_points_of_pages_are_found():
    wide = b"/Contents <FEFF" + "KÉTSẮT-MỘT".encode("utf-16-be").hex().upper().encode() + b">"
    assert SECRET.traces(opened(in_a_pdf(wide, squeezed=True))) == {"words"}
    inked = b"[[435.49 688.44 436 689]]"
    assert SECRET.traces(opened(in_a_pdf(inked, squeezed=True))) == {"numbers"}


def test_geometry_as_it_lies_in_the_database_is_found():
    row = Ink([[(0.73191, 0.18237, 0.5), (0.74, 0.2, 0.6)]]).packed()
    assert SECRET.traces(opened(row)) == {"numbers"}


def test_half_a_place_is_none():
    for content in (TOLD.replace(b"0.18237", b"0.18238"), b"0.73191", small_pdf(3)):
        assert "numbers" not in SECRET.traces(opened(content))
    assert SECRET.traces(opened(TOLD.replace(b"0.73191", b"0.1"))) == {"words", "id"}

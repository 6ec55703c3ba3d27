"""Traces of a private annotation in whatever somebody was sent: its words, its id, its numbers."""

import gzip
import io
import json
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from struct import pack

import pypdf

PAGE = (595, 842)
"""Of the papers that tests write on, in points."""

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)


@dataclass(frozen=True)
class Secret:
    """What somebody wrote, with words and places that stand nowhere else.

    places: points of it, as fractions of the page. may: who else sees it.
    """

    id: str
    words: tuple[str, ...] = ()
    places: tuple[tuple[float, float], ...] = ()
    may: frozenset[str] = frozenset()

    def traces(self, parts: list[bytes]) -> set[str]:
        """What of it is in the parts of an answer, see `opened`: words, id, numbers."""
        found = set()
        if any(form in part for word in self.words for form in forms(word) for part in parts):
            found.add("words")
        if any(form in part for form in forms(self.id) for part in parts):
            found.add("id")
        if any(_lies_in(place, part) for place in self.places for part in parts):
            found.add("numbers")
        return found


def forms(word: str) -> set[bytes]:
    """A word as it may stand in JSON, HTML, XML, a PDF."""
    wide = word.encode("utf-16-be")
    return {
        word.encode(),
        json.dumps(word)[1:-1].encode(),
        wide,
        wide.hex().encode(),
        wide.hex().upper().encode(),
    }


def _lies_in(place: tuple[float, float], part: bytes) -> bool:
    """Both numbers, as fractions, as they are packed, or in points as PDFs have them."""
    x, y = place
    ways = [
        ([f"{x:.5f}"], [f"{y:.5f}"]),
        (_rounded(x * PAGE[0]), _rounded((1 - y) * PAGE[1])),
        (_rounded(x * PAGE[0]), _rounded(y * PAGE[1])),
    ]
    packed = [pack("<i", round(x * 100_000)), pack("<i", round(y * 100_000))]
    return all(one in part for one in packed) or any(
        a.encode() in part and b.encode() in part for way in ways for a, b in product(*way)
    )


def _rounded(points: float) -> list[str]:
    return [f"{points:.{digits}f}" for digits in (2, 3, 4)]


def opened(content: bytes) -> list[bytes]:
    """An answer and everything that is packed in it."""
    return list(_opened(content))


def _opened(content: bytes) -> Iterator[bytes]:
    yield content
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for name in packed.namelist():
                yield from _opened(packed.read(name))
    elif content[:2] == b"\x1f\x8b":
        yield from _opened(gzip.decompress(content))
    elif content[:5] == b"%PDF-":
        yield from _of_a_pdf(content)


def _of_a_pdf(content: bytes) -> Iterator[bytes]:
    """Its streams, what lies on its pages as another library reads it, and the letters in print."""
    for stream in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(stream[1])
        except zlib.error:
            continue  # It stands there as it is.
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    yield repr([[one.get_object() for one in page.get("/Annots") or []] for page in pages]).encode()
    words = ["pdftotext", "-layout", "-", "-"]
    yield subprocess.run(words, input=content, capture_output=True, check=True).stdout

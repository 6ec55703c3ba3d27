"""Small PDFs with random damage: bytes, objects, references and the cross-reference table."""

import os
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pymupdf

from core.paths import ROOT
from tests import hostile_pdf
from tests.factories import small_pdf

CORPUS = Path(os.environ.get("DIENHONG_CORPUS", ROOT / "../shared/corpus"))
LARGEST = 60_000
"""Bytes of a file of the corpus that is used: a mutation of a large one rarely hits anything."""

_OBJECT = re.compile(rb"\d+ 0 obj.*?endobj\s", re.S)
_ENTRY = re.compile(rb"\d{10} \d{5} [nf]")
_REFERENCE = re.compile(rb"\d+ 0 R")
_NUMBER = re.compile(rb"(?<=[ \[/])-?\d+(?:\.\d+)?(?=[ \]/\n])")
_NAME = re.compile(rb"/[A-Za-z][A-Za-z0-9]+")
_NUMBERS = (b"-1", b"0", b"65536", b"2147483648", b"99999999999999999999", b"1e38", b"0.0000001")
_FILTERS = (b"/FlateDecode", b"/DCTDecode", b"/JBIG2Decode", b"/JPXDecode", b"/LZWDecode")
_TYPES = (b"/Type0", b"/ICCBased", b"/Indexed", b"/Page", b"/Pages", b"/XObject", b"/ObjStm")

Mutation = Callable[[bytes, random.Random], bytes]


def flip_bytes(content: bytes, chance: random.Random) -> bytes:
    """Up to 20 bytes are others."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut_off(content: bytes, chance: random.Random) -> bytes:
    """The end is missing, seldom the beginning."""
    place = chance.randrange(1, len(content))
    return content[place:] if chance.random() < 0.15 else content[:place]


def repeat_object(content: bytes, chance: random.Random) -> bytes:
    """An object stands twice, sometimes under the number of another one."""
    found = [one[0] for one in _OBJECT.finditer(content)]
    if not found:
        return cut_off(content, chance)
    again, other = chance.choice(found), chance.choice(found)
    if chance.random() < 0.5:
        again = other.partition(b" ")[0] + b" " + again.partition(b" ")[2]
    place = content.find(chance.choice(found))
    return content[:place] + again + content[place:]


def remove_object(content: bytes, chance: random.Random) -> bytes:
    """An object is missing; the others stand elsewhere than the table says."""
    found = [one.span() for one in _OBJECT.finditer(content)]
    if not found:
        return flip_bytes(content, chance)
    start, end = chance.choice(found)
    return content[:start] + content[end:]


def swap_entries(content: bytes, chance: random.Random) -> bytes:
    """Two entries of the cross-reference table are exchanged."""
    return _swap(_ENTRY, content, chance)


def swap_references(content: bytes, chance: random.Random) -> bytes:
    """Two references to objects are exchanged: trees get loops and leaves of a wrong kind."""
    return _swap(_REFERENCE, content, chance)


def other_number(content: bytes, chance: random.Random) -> bytes:
    """A number is absurd."""
    return _replaced(_NUMBER, _NUMBERS, content, chance)


def other_name(content: bytes, chance: random.Random) -> bytes:
    """A name is another one: a filter, a type, a colour space."""
    return _replaced(_NAME, _FILTERS + _TYPES, content, chance)


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes,
    cut_off,
    repeat_object,
    remove_object,
    swap_entries,
    swap_references,
    other_number,
    other_name,
)


def _swap(pattern: re.Pattern[bytes], content: bytes, chance: random.Random) -> bytes:
    found = list(pattern.finditer(content))
    if len(found) < 2:
        return flip_bytes(content, chance)
    first, second = sorted(chance.sample(found, 2), key=lambda one: one.start())
    between = content[first.end() : second.start()]
    return b"".join(
        [content[: first.start()], second[0], between, first[0], content[second.end() :]]
    )


def _replaced(
    pattern: re.Pattern[bytes], others: tuple[bytes, ...], content: bytes, chance: random.Random
) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return flip_bytes(content, chance)
    one = chance.choice(found)
    return content[: one.start()] + chance.choice(others) + content[one.end() :]


def originals() -> list[bytes]:
    """What is damaged: papers written by PyMuPDF, by hand, and the small ones of the corpus."""
    by_hand = [
        small_pdf(2),
        hostile_pdf.with_actions(),
        hostile_pdf.encrypted(),
        hostile_pdf.boxed(b"[0 0 595 842]"),
    ]
    files = sorted(CORPUS.glob("*.pdf")) if CORPUS.is_dir() else []
    small = [file.read_bytes() for file in files if 0 < file.stat().st_size <= LARGEST]
    return [*_written_by_pymupdf(), *by_hand, *small]


def mutated(seed: int, count: int) -> Iterator[bytes]:
    """So many damaged papers, each kind of damage alike often; sometimes one upon another."""
    chance, papers = random.Random(seed), originals()
    for number in range(count):
        content = MUTATIONS[number % len(MUTATIONS)](chance.choice(papers), chance)
        while chance.random() < 0.25 and len(content) > 100:
            content = chance.choice(MUTATIONS)(content, chance)
        # Each has its own content: the same file is stored and drawn once.
        yield content + b"%%%d" % number


def _written_by_pymupdf() -> list[bytes]:
    """One paper with text, lines, a picture, a link, a note, a form and an outline; stored plain,
    compressed, with object streams, and encrypted without a password to open it."""
    paper = pymupdf.open()
    for number in range(1, 3):
        page = paper.new_page(width=300, height=400)
        page.insert_text((40, 60), f"Báo cáo {number}", fontsize=20)
        page.draw_bezier((20, 100), (90, 40), (150, 200), (280, 120), color=(0.8, 0.1, 0.1))
        picture = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 16, 16))
        picture.clear_with(90 * number)
        page.insert_image(pymupdf.Rect(40, 150, 120, 230), pixmap=picture)
        page.add_text_annot((200, 60), "Ghi chú")
        link = {"kind": pymupdf.LINK_GOTO, "page": 0, "from": pymupdf.Rect(20, 20, 60, 40)}
        page.insert_link(link)
        field = pymupdf.Widget()
        field.field_type, field.field_name = pymupdf.mupdf.PDF_WIDGET_TYPE_TEXT, f"ten{number}"
        field.rect, field.field_value = pymupdf.Rect(40, 300, 200, 330), "An"
        page.add_widget(field)
    paper.set_toc([[1, "Một", 1], [2, "Hai", 2]])
    made = [
        paper.tobytes(),
        paper.tobytes(garbage=3, deflate=True),
        paper.tobytes(garbage=3, deflate=True, use_objstms=1),
        paper.tobytes(encryption=pymupdf.mupdf.PDF_ENCRYPT_AES_256, owner_pw="chu"),
    ]
    paper.close()
    return [bytes(one) for one in made]

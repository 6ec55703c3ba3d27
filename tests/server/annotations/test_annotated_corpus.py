"""Real-world papers, where a corpus is at hand: written on, and opened again by another program."""

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import pypdf
import pytest

from tests.marked_papers import annotated, every_kind
from tests.server.documents.test_render_corpus import CORPUS

pytestmark = pytest.mark.slow

GROWS = [
    "pdfbox-2984-rotations.pdf",
    "pdfbox-3110-cropbox.pdf",
    "pdfbox-acroform-basic.pdf",
    "pdfjs-annotation-highlight.pdf",
    "pdfjs-annotation-popup.pdf",
    "pdfjs-rotation.pdf",
    "pypdf-habibi-rotated.pdf",
    "qpdf-boxes.pdf",
    "qpdf-digitally-signed.pdf",
    "vn-giay-moi-hdnd-signed.pdf",
]
"""Papers whose bytes stay as they are, with more after them."""
ANEW = [
    "qpdf-owner-only-rc4-128.pdf",
    "tika-owner-only-41p.pdf",
    "vn-government-form-broken-xref.pdf",
]
"""Repaired ones, and those that only their owner may change."""


def found(names: list[str]) -> list[Path]:
    return [CORPUS / name for name in names if (CORPUS / name).is_file()]


def annotations(page: Any) -> list[Any]:
    return [one.get_object() for one in page.get("/Annots") or []]


@pytest.mark.parametrize("paper", found(GROWS), ids=lambda paper: paper.name)
def test_the_original_stays_within(paper: Path, tmp_path: Path) -> None:
    path, made = annotated(paper, tmp_path, every_kind(1))
    assert made.count == 8
    original = paper.read_bytes()
    assert path.read_bytes().startswith(original)
    before, after = pypdf.PdfReader(io.BytesIO(original)), pypdf.PdfReader(path)
    assert len(before.pages) == len(after.pages)
    for one, other in zip(before.pages, after.pages, strict=True):
        own = annotations(other)[: len(annotations(one))]
        assert [kept.get("/NM") for kept in own] == [kept.get("/NM") for kept in annotations(one)]
        assert [kept["/Subtype"] for kept in own] == [kept["/Subtype"] for kept in annotations(one)]
    assert complaints(path, tmp_path) <= complaints(paper, tmp_path)


@pytest.mark.parametrize("paper", found(ANEW), ids=lambda paper: paper.name)
def test_what_cannot_grow_is_written_anew(paper: Path, tmp_path: Path) -> None:
    path, _ = annotated(paper, tmp_path, every_kind(1))
    after = pypdf.PdfReader(path)
    assert not after.is_encrypted
    assert len(ours(after.pages[0])) == 8
    assert complaints(path, tmp_path) <= complaints(paper, tmp_path)


@pytest.mark.parametrize("paper", found(GROWS + ANEW), ids=lambda paper: paper.name)
def test_it_can_be_drawn_for_good(paper: Path, tmp_path: Path) -> None:
    path, _ = annotated(paper, tmp_path, every_kind(1), flat=True)
    after = pypdf.PdfReader(path)
    assert not ours(after.pages[0])
    assert "Nội dung ghi chú" in after.pages[-1].extract_text()
    assert complaints(path, tmp_path) <= complaints(paper, tmp_path)


def ours(page: Any) -> list[Any]:
    made = {mark.id for mark in every_kind(1)}
    return [one for one in annotations(page) if one.get("/NM") in made]


def complaints(path: Path, folder: Path) -> set[str]:
    """What poppler says against the first page."""
    words = ["pdftoppm", "-r", "20", "-l", "1", "-png", str(path), str(folder / "drawn")]
    done = subprocess.run(words, check=True, capture_output=True)
    said = done.stderr.decode("utf-8", "replace").splitlines()
    return {re.sub(r"\d+", "", line) for line in said}

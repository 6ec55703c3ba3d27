"""Real-world papers, where a corpus is at hand: what opens, what is repaired, what is refused.

DIENHONG_CORPUS names the folder (default: ../shared/corpus beside the repository). It holds
`manifest.tsv` with the columns file, kinds, exercises, expectation, pages, seconds, …, measured.
"""

import csv
import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from core.paths import ROOT
from documents.ingest.rules import Tally
from documents.pages.resolutions import BASE_WIDTH
from documents.render_protocol import RenderFault
from documents.rendering.children import IN_THE_BACKGROUND, DocumentRenderer, RenderRefused

pytestmark = pytest.mark.slow

CORPUS = Path(os.environ.get("DIENHONG_CORPUS", ROOT / "../shared/corpus"))
PAGES_DRAWN = 3
BROKEN = {RenderFault.BROKEN, RenderFault.EMPTY, RenderFault.NOT_A_PDF}
REFUSED = {
    "refused-encrypted": {RenderFault.ENCRYPTED},
    "refused-broken": BROKEN,
    "refused-too-big": {RenderFault.TOO_HEAVY, RenderFault.TOO_MANY_PAGES},
}


@dataclass(frozen=True)
class Sample:
    """One line of the manifest."""

    file: str
    expectation: str
    pages: str
    heavy: bool
    may_be_too_big: bool


def _samples() -> list[Sample]:
    manifest = CORPUS / "manifest.tsv"
    if not manifest.is_file():
        return []
    lines = [line for line in manifest.read_text().splitlines() if not line.startswith("#")]
    return [
        Sample(
            row["file"],
            row["expectation"],
            row["pages"],
            "slow" in row["kinds"] or "bomb" in row["kinds"] or "CPU heavy" in row["exercises"],
            "refused-too-big is also right" in row["measured"]
            or _drawn_in(row["measured"]) > IN_THE_BACKGROUND.page_cpu,
        )
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


def _drawn_in(measured: str) -> float:
    """Seconds that drawing took where the corpus was put together; a page may take `page_cpu`."""
    said = re.search(r"\brender ([\d.]+) s", measured)
    return float(said[1]) if said else 0.0


def _parameters() -> list[object]:
    return [
        pytest.param(one, id=one.file, marks=[pytest.mark.slow] if one.heavy else [])
        for one in _samples()
    ]


def _outcome(sample: Sample, folder: Path) -> tuple[RenderFault | None, int, bool]:
    """(why the paper fails or None, page count, repaired), from its first pages."""
    with DocumentRenderer(CORPUS / sample.file, IN_THE_BACKGROUND) as paper:
        try:
            opened = paper.open()
        except RenderRefused as refusal:
            return refusal.fault, 0, False
        looked_at = min(PAGES_DRAWN, opened.page_count)
        tally = Tally()
        for page in range(1, looked_at + 1):
            image = folder / str(page)
            try:
                drawn = paper.render_page(page, BASE_WIDTH, image)
            except RenderRefused as refusal:
                tally.add_fault(refusal.fault)
                continue
            with Image.open(image) as shown:
                assert shown.size == (drawn.width_px, drawn.height_px)
            for x0, y0, x1, y1, text in paper.read_words(page).words:
                assert 0 <= x0 < x1 <= 1
                assert 0 <= y0 < y1 <= 1
                assert text
        return tally.verdict(looked_at), opened.page_count, opened.repaired


@pytest.mark.parametrize("sample", _parameters())
def test_paper_of_the_corpus(sample: Sample, tmp_path: Path) -> None:
    fault, pages, repaired = _outcome(sample, tmp_path)
    if not sample.file.endswith(".pdf"):
        assert fault is RenderFault.NOT_A_PDF
    elif sample.expectation in REFUSED:
        assert fault in REFUSED[sample.expectation]
    elif fault is not None:
        assert sample.may_be_too_big, fault
        assert fault in REFUSED["refused-too-big"]
    else:
        assert pages == int(sample.pages)
        assert repaired or sample.expectation == "opens"

"""The eight documents of the demonstration, typeset with the project's templates.

The repository has no PDF files. The documents are created when the demonstration is prepared, and
are identical bytes for the same day.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

from core.typesetting.compiler import Typesetter
from demo.papers.catalogue import Paper, file_stem, papers
from demo.papers.facts import facts
from demo.papers.scan import scanned_pdf
from demo.setting import STARTS

__all__ = ["Paper", "typeset"]

_TEMPLATES = Path(__file__).parent
_SCANNED = "kien_nghi"
_SCAN_DPI = 130


def typeset(papers_dir: Path, fonts: Path, on: date, starts: time = STARTS) -> list[Paper]:
    """Typeset all documents for a meeting on ``on`` into ``papers_dir``; takes about two seconds.

    ``starts``: the start time in the invitation and the timetable. ``fonts``: the folder of the
    Tinos files (see ``core.typesetting.fonts``). Raises ``TypesettingError`` when the fonts are
    missing or a template does not compile cleanly.
    """
    papers_dir.mkdir(parents=True, exist_ok=True)
    typesetter = Typesetter(fonts, facts(on, starts))
    stamp = datetime.combine(on, time(), tzinfo=UTC)
    created = papers(on, papers_dir)
    for paper in created:
        template = _TEMPLATES / f"{file_stem(paper.key)}.typ"
        if paper.key == _SCANNED:
            pictures = typesetter.pictures(template, _SCAN_DPI)
            content = scanned_pdf(pictures, _SCAN_DPI, on, paper.title)
        else:
            content = typesetter.pdf(template, stamp)
        paper.path.write_bytes(content)
    return created

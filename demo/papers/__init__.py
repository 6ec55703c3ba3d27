"""The demonstration's eight papers, typeset by the project's own templates.

No PDF is kept in the repository: the papers are made when the demonstration is prepared,
and are the same bytes whenever they are made for the same day.
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
    """Typeset all papers for a meeting on ``on`` into ``papers_dir``; about two seconds.

    ``starts`` is when it begins, as the invitation and the timetable say.

    ``fonts`` is the folder of the Tinos files (see ``core.typesetting.fonts``). Raises
    ``TypesettingError`` when the fonts are not there or a template does not compile cleanly.
    """
    papers_dir.mkdir(parents=True, exist_ok=True)
    typesetter = Typesetter(fonts, facts(on, starts))
    stamp = datetime.combine(on, time(), tzinfo=UTC)
    made = papers(on, papers_dir)
    for paper in made:
        template = _TEMPLATES / f"{file_stem(paper.key)}.typ"
        if paper.key == _SCANNED:
            pictures = typesetter.pictures(template, _SCAN_DPI)
            content = scanned_pdf(pictures, _SCAN_DPI, on, paper.title)
        else:
            content = typesetter.pdf(template, stamp)
        paper.path.write_bytes(content)
    return made

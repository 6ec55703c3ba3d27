"""The papers of the benchmarks: the demo's own typeset report, cut or repeated to a length."""

import subprocess
from datetime import date
from functools import cache
from pathlib import Path

from core.typesetting.fonts import tinos_folder
from demo.papers import typeset

REPORT_PAGES = 40
_KEY = "bao_cao"


@cache
def papers(folder: Path) -> dict[str, Path]:
    """The demo's papers by their keys."""
    made = typeset(folder, tinos_folder(), date(2026, 7, 1))
    return {paper.key: paper.path for paper in made}


def report(folder: Path) -> Path:
    """The demo's socio-economic report with its tables, about 40 pages."""
    return papers(folder)[_KEY]


def paper(folder: Path, pages: int) -> Path:
    """A paper of exactly so many pages, made of the report's."""
    source, path = report(folder), folder / f"{pages}-pages.pdf"
    whole, rest = divmod(pages, REPORT_PAGES)
    words = [str(source)] * whole
    if rest:
        words += [str(source), f"1-{rest}"]
    subprocess.run(["mutool", "merge", "-o", str(path), *words], check=True)
    return path

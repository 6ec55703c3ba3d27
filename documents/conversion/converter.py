"""Converts a file to a PDF in a confined process with a bounded time.

The only way in for all formats. What a converter writes is trusted as little as an uploaded PDF: it
goes through ingest like one.
"""

import shutil
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from tempfile import mkdtemp
from typing import NamedTuple

import structlog

from documents.conversion import libreoffice
from documents.conversion.formats import IMAGES, Format
from documents.render_protocol import MAX_PAGES
from documents.sandbox.processes import run_module

SECONDS = 120.0
LEAST_RESULT, GROWTH = 64 * 1024 * 1024, 4
"""A PDF may have so many bytes, or so many times those of the file."""

log = structlog.get_logger()


class ConversionFault(StrEnum):
    """Why a file did not become a PDF. The values are public error codes."""

    FAILED = "conversion_failed"
    TOO_HEAVY = "conversion_too_heavy"
    MISSING = "converter_missing"
    IMAGE_TOO_LARGE = "image_too_large"
    TOO_MANY_PAGES = "too_many_pages"
    DISK_FULL = "disk_full"


class Notice(StrEnum):
    """What the uploaded file holds and the pages do not show."""

    TRACKED_CHANGES = "tracked_changes"
    COMMENTS = "comments"
    HIDDEN_SHEETS = "hidden_sheets"


class NotConverted(Exception):
    """The file did not become a PDF."""

    def __init__(self, fault: ConversionFault, detail: str) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault


class Converted(NamedTuple):
    """A PDF, in the folder of the job, and what it does not show."""

    pdf: Path
    notices: Sequence[Notice]


@contextmanager
def converted(
    source: Path, kind: Format, work: Path, nice: int = 0, floor_bytes: int = 0
) -> Iterator[Converted]:
    """Convert a file; the PDF exists within this block.

    work: the folder for folders of jobs. nice: added to this process's nice value. floor_bytes: the
    free space below which nothing is converted.
    Raises: NotConverted, OSError (the disk).
    """
    if shutil.disk_usage(work).free < floor_bytes:
        raise NotConverted(ConversionFault.DISK_FULL, "the floor is reached")
    folder = Path(mkdtemp(dir=work))
    try:
        shutil.copyfile(source, folder / "source")
        yield _convert(folder, kind, nice)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        libreoffice.remove_dead_pipes()


def remove_left(work: Path) -> None:
    """Remove what a killed worker left. No conversion may run in this folder."""
    for folder in work.iterdir():
        shutil.rmtree(folder, ignore_errors=True)
    libreoffice.remove_dead_pipes()


def _convert(folder: Path, kind: Format, nice: int) -> Converted:
    module = "image_child" if kind in IMAGES else "office_child"
    if kind not in IMAGES:
        if not libreoffice.installed_for(kind):
            raise NotConverted(ConversionFault.MISSING, kind)
        libreoffice.prepare(folder, kind, MAX_PAGES + 1)
    code, said = _run(folder, module, nice)
    if code == libreoffice.RESTART:
        libreoffice.remove_dead_pipes()
        code, said = _run(folder, module, nice)
    pdf = folder / "result.pdf"
    # The status alone says nothing: LibreOffice also ends with 0 when it could not open the file.
    if code == 0 and (folder / "facts.txt").exists() and pdf.exists() and pdf.stat().st_size:
        if pdf.stat().st_size > max(LEAST_RESULT, GROWTH * (folder / "source").stat().st_size):
            raise NotConverted(ConversionFault.TOO_HEAVY, f"{pdf.stat().st_size} bytes")
        return Converted(pdf, _notices(folder / "facts.txt"))
    if code in {-signal.SIGXCPU, -signal.SIGKILL, None}:
        raise NotConverted(ConversionFault.TOO_HEAVY, f"ended with {code}")
    last = said.strip().rpartition("\n")[2]
    fault = ConversionFault(last) if last in set(ConversionFault) else ConversionFault.FAILED
    raise NotConverted(fault, f"ended with {code}: {said[-500:]!r}")


def _run(folder: Path, module: str, nice: int) -> tuple[int | None, str]:
    return run_module(
        f"documents.conversion.{module}", folder, seconds=SECONDS, nice=nice, most_output=65_536
    )


def _notices(facts: Path) -> list[Notice]:
    with facts.open(encoding="utf-8", errors="replace") as file:
        named = set(file.read(4096).split())
    return [notice for notice in Notice if notice in named]

"""Reads the words of scans, in a confined process."""

import shutil
from pathlib import Path
from tempfile import mkdtemp

import structlog

from documents.recognition.tesseract import Recognized, read_table
from documents.rendering.children import DocumentRenderer, RenderRefused
from documents.sandbox.processes import run_module

SECONDS = 90.0
MOST_OUTPUT = 8 * 1024 * 1024

log = structlog.get_logger()


def recognize(renderer: DocumentRenderer, page: int, work: Path, nice: int) -> Recognized:
    """The words of a scanned page; none if it is not a scan, or cannot be read.

    renderer: writes into `work`. Raises: OSError (the disk).
    """
    folder = Path(mkdtemp(dir=work))
    try:
        image = folder / "page.png"
        try:
            drawn = renderer.draw_scan(page, image)
        except RenderRefused as refusal:
            log.debug("no_scan", page=page, reason=str(refusal))
            return Recognized([], [])
        code, table = run_module(
            "documents.recognition.recognition_child",
            folder,
            seconds=SECONDS,
            nice=nice,
            most_output=MOST_OUTPUT,
        )
        if code != 0:
            log.info("scan_not_read", page=page, code=code)
            return Recognized([], [])
        return read_table(table, (drawn.width_px, drawn.height_px))
    finally:
        shutil.rmtree(folder, ignore_errors=True)

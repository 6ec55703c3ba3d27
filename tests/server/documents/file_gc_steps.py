"""Runs the removal of unused files as the worker does, on a data folder whose files are old."""

import os
import subprocess
import sys
from pathlib import Path

from tests.factories import ROOT

LONG_AGO = 1_000_000_000
_SWEEP = (
    "import sys, app; from pathlib import Path; from core.config import read_config;"
    "from documents.worker.file_gc import delete_unreferenced;"
    "app.assemble(read_config(Path(sys.argv[1]))); print(delete_unreferenced())"
)


def make_old(data: Path) -> None:
    """Give every file in the folders of a data folder an old time."""
    for path in data.rglob("*"):
        if path.is_file() and path.parent != data:
            os.utime(path, (LONG_AGO, LONG_AGO))


def delete_unreferenced(data: Path) -> None:
    """One run, in a process of its own."""
    words = [sys.executable, "-c", _SWEEP, str(data)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)

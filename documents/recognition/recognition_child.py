"""The process that reads a scan: it confines itself, then becomes Tesseract.

`python -m documents.recognition.recognition_child FOLDER` reads FOLDER/page.png and prints the
table of words.
"""

import os
import sys
from pathlib import Path

from documents.recognition import tesseract
from documents.sandbox.confinement import MEGABYTE, Limits, confine
from documents.sandbox.landlock import PROGRAM, Access, restrict
from documents.sandbox.processes import end_with_parent

LIMITS = Limits(
    memory_bytes=1024 * MEGABYTE, file_bytes=16 * MEGABYTE, open_files=64, processes=16,
    cpu_seconds=60,
)  # fmt: skip


def main(folder: Path) -> None:
    """Never returns."""
    confine(name=b"ocr-child", limits=LIMITS)
    restrict(
        [
            ([*PROGRAM, *tesseract.READABLE], Access.CODE),
            ([Path("/etc/ld.so.cache")], Access.READ_FILE),
            ([Path(os.devnull)], Access.CHANGE),
            ([folder], Access.WORK),
        ]
    )
    end_with_parent()
    command = tesseract.command(folder / "page.png")
    os.execve(tesseract.PROGRAM, command, tesseract.environment(folder))  # noqa: S606


if __name__ == "__main__":
    main(Path(sys.argv[1]))

"""The process that converts an Office file: it confines itself, then becomes LibreOffice.

`python -m documents.conversion.office_child FOLDER`, for a folder that `libreoffice.prepare`
filled. Started by `conversion.converter`, which bounds its time.
"""

import os
import sys
import zipfile
import zlib
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

from documents.conversion import libreoffice
from documents.sandbox.confinement import MEGABYTE, Limits, confine
from documents.sandbox.landlock import PROGRAM, Access, restrict
from documents.sandbox.processes import end_with_parent

MAIN_PARTS = {
    *("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"),
    "content.xml",
}
LIMITS = Limits(
    memory_bytes=3072 * MEGABYTE,
    file_bytes=512 * MEGABYTE,
    open_files=512,
    processes=64,
    cpu_seconds=120,
)


def main(folder: Path, program: Path) -> None:
    """Never returns."""
    command = libreoffice.command(program, folder)
    environment = libreoffice.environment(folder)
    confine(name=b"office-child", limits=LIMITS)
    restrict(
        [
            ([*PROGRAM, *libreoffice.readable(program)], Access.CODE),
            (libreoffice.SYSTEM_FILES, Access.READ_FILE),
            ([Path(os.devnull)], Access.CHANGE),
            ([folder], Access.OWN),
            ([Path("/tmp")], Access.MAKE_SOCKET),  # noqa: S108 - the path is fixed in LibreOffice
        ]
    )
    end_with_parent()
    libreoffice.decode_text(folder)
    if not _is_whole(folder / "source"):
        sys.exit("conversion_failed")
    os.execve(program, command, environment)  # noqa: S606


def _is_whole(source: Path) -> bool:
    """Whether the main part of a ZIP of XML is well formed. LibreOffice shows an empty page, not an
    error, where it is not."""
    if not zipfile.is_zipfile(source):
        return True
    try:
        with zipfile.ZipFile(source) as parts:
            for name in set(parts.namelist()) & MAIN_PARTS:
                with parts.open(name) as part:
                    ParserCreate().ParseFile(part)
    except (ExpatError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        sys.stderr.write(f"{error}\n")
        return False
    return True


if __name__ == "__main__":
    found = libreoffice.find()
    if found is None:
        sys.exit("converter_missing")
    main(Path(sys.argv[1]), found)

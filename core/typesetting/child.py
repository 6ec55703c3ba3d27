"""The child process that typesets one report: `python -m core.typesetting.child`.

It reads a `TypesetJob` as JSON and writes the PDF; on an error it prints the message and exits
with 1. A server thread would also work (the typesetter releases the GIL), but it cannot be stopped
when it takes too long, uses every core at the same priority as page requests, and keeps 200 MB
for the typesetter's caches.
"""

import os
import resource
import signal
import sys
from pathlib import Path

import msgspec

from core.typesetting.compiler import Typesetter
from core.typesetting.font_files import letters_in_every
from core.typesetting.fonts import TypesettingError, named_where_missing, tinos_folder
from core.typesetting.job import TypesetJob

MEMORY_BYTES = 2 * 1024 * 1024 * 1024
"""Limit of the address space, most of which is unused: threads and mapped files count too."""

NICER = 10


def settable(value: object, letters: frozenset[int]) -> object:
    """Return the facts with every character that the font lacks replaced by its code point."""
    if isinstance(value, str):
        return named_where_missing(value, letters)
    if isinstance(value, list):
        return [settable(one, letters) for one in value]
    if isinstance(value, dict):
        return {key: settable(one, letters) for key, one in value.items()}
    return value


def limit(seconds: int) -> None:
    """Lower the priority of this process and limit its memory and time."""
    os.nice(NICER)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds)


def main() -> int:
    """Typeset the job on standard input. Return 0, or 1 after a message on standard error."""
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=TypesetJob)
    limit(job.seconds)
    try:
        fonts = tinos_folder()
        facts = settable(job.facts, letters_in_every(fonts))
        assert isinstance(facts, dict)
        made = Typesetter(fonts, facts).pdf(Path(job.template), job.stamp, archivable=True)
    except TypesettingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

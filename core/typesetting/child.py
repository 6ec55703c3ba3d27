"""The child that typesets one paper and ends: `python -m core.typesetting.child`.

Reads an `TypesetJob` as JSON, writes the PDF; on a fault it says what is wrong and exits with 1.
A thread of the server would do as well (the typesetter gives up the interpreter's lock), but it
cannot be stopped when it takes too long, works on every core at the same priority as page turns,
and keeps 200 MB for the typesetter's caches.
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
"""Of addresses, most of which are never used: threads and mapped files take them too."""

NICER = 10


def settable(value: object, letters: frozenset[int]) -> object:
    """The facts with every letter that the font has not named by its number."""
    if isinstance(value, str):
        return named_where_missing(value, letters)
    if isinstance(value, list):
        return [settable(one, letters) for one in value]
    if isinstance(value, dict):
        return {key: settable(one, letters) for key, one in value.items()}
    return value


def limit(seconds: int) -> None:
    """Go behind everything else of the machine, and end when the work takes too much."""
    os.nice(NICER)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(seconds)


def main() -> int:
    """Typeset what standard input orders."""
    order = msgspec.json.decode(sys.stdin.buffer.read(), type=TypesetJob)
    limit(order.seconds)
    try:
        fonts = tinos_folder()
        facts = settable(order.facts, letters_in_every(fonts))
        assert isinstance(facts, dict)
        made = Typesetter(fonts, facts).pdf(Path(order.template), order.stamp, archivable=True)
    except TypesettingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())

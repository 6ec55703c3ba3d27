"""How much a run tests: small counts by default, the large ones under `./run test --full`.

A small count still has every kind of case; the large one adds repetitions of the same kinds.
"""

import os

FULL = os.environ.get("DIENHONG_TEST_EFFORT") == "full"
"""Whether this is a full run."""
KEEP_PICTURES = FULL or os.environ.get("CI") != "true"
"""Whether journeys keep pictures of what went well. In CI nobody looks at them, and they take a
thirtieth of the processor time of `tests/browser/`; those of failures are always kept."""


def sized(small: int, full: int) -> int:
    """The number of random cases, repetitions or clients in this run."""
    return full if FULL else small

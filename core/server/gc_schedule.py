"""Full garbage collections when nothing happens: each holds the hub for as long as 500 tablets'
objects take to walk through, a tenth of a second.

Left to itself the collector makes them when much was allocated lately: in the middle of a vote.
Nearly everything is freed without it, for little here refers to itself.
"""

import gc
import time

YOUNG, MIDDLE = 1_000, 10
"""New objects after which a small collection is made, and small ones after which a middle one."""
AT_LATEST = 1_000
"""Middle collections after which a full one is made at any moment."""
WORTH_IT = 50
"""Middle collections after which a quiet moment is used."""
LOOK_EVERY = 1.0
QUIET = 0.15
"""Seconds of processor time between two looks, up to which nothing happens."""


def begin() -> None:
    """What is loaded by now stays for good and is never walked through again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, AT_LATEST)


def run_gc_schedule() -> None:
    """Look for quiet moments; run it in a cooperative thread."""
    used = time.process_time()
    while True:
        time.sleep(LOOK_EVERY)
        before, used = used, time.process_time()
        if used - before < QUIET and gc.get_count()[2] >= WORTH_IT:
            gc.collect()
            used = time.process_time()

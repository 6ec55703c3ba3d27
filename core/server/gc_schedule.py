"""Runs full garbage collections while the server is idle: each blocks the event loop for a tenth
of a second with the objects of 500 clients.

By default the collector runs them after many allocations, that is, in the middle of a vote.
Reference counting frees nearly everything without it, because few objects form cycles.
"""

import gc
import time

YOUNG, MIDDLE = 1_000, 10
"""Thresholds: allocations per young collection, young collections per middle collection."""
AT_LATEST = 1_000
"""Middle collections after which a full one runs at any time."""
WORTH_IT = 50
"""Middle collections after which a full one runs at an idle moment."""
LOOK_EVERY = 1.0
QUIET = 0.15
"""Maximum seconds of processor time between two checks of an idle process."""


def begin() -> None:
    """Exclude all present objects from collection and set the thresholds."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, AT_LATEST)


def run_gc_schedule() -> None:
    """Collect at idle moments, for ever; run it in a green thread."""
    used = time.process_time()
    while True:
        time.sleep(LOOK_EVERY)
        before, used = used, time.process_time()
        if used - before < QUIET and gc.get_count()[2] >= WORTH_IT:
            gc.collect()
            used = time.process_time()

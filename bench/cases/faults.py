"""faults: what is done to a running server on purpose; nothing acknowledged is lost.

Parts, each by itself as `faults:PART`: see docs/faults.md.
"""

import time
from collections.abc import Callable, Mapping
from functools import partial

from bench.cases import storm
from bench.faults import (
    bad_network,
    damaged_papers,
    kills,
    requests_fuzz,
    slow_disks,
    stepped_clock,
    stopped,
    tampering,
)
from bench.table import Table

_PARTS: Mapping[str, Callable[[Table], None]] = {
    "kills": kills.measure,
    "stopped": stopped.measure,
    "clock": stepped_clock.measure,
    "disks": slow_disks.measure,
    "network": bad_network.measure,
    "storm": storm.measure,
    "tampering": tampering.measure,
    "papers": damaged_papers.measure,
    "requests": requests_fuzz.measure_requests,
    "packets": requests_fuzz.measure_packets,
}


def run(*parts: str) -> Table:
    """All parts, or the named ones."""
    table = Table("faults" if not parts else f"faults-{'-'.join(parts)}")
    for part in parts or _PARTS:
        began = time.monotonic()
        _PARTS[part](table)
        print(f"{part}: {time.monotonic() - began:.0f} s", flush=True)
    return table


PARTS: Mapping[str, Callable[[], Table]] = {f"faults:{part}": partial(run, part) for part in _PARTS}
"""Each part as a benchmark of its own."""

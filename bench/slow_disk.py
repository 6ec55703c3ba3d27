"""A cheap disk: a preloaded library that adds milliseconds to each fsync of a process."""

import subprocess
from pathlib import Path

SOURCE = Path(__file__).parent / "spikes" / "slow_fsync.c"


def build_slow_disk(folder: Path) -> Path:
    """Compile the library."""
    library = folder / "slow_fsync.so"
    subprocess.run(["gcc", "-O2", "-shared", "-fPIC", "-o", library, SOURCE], check=True)
    return library


def slow_disk(library: Path, milliseconds: int) -> dict[str, str]:
    """What a process finds in its environment when its disk is slow."""
    return {"LD_PRELOAD": str(library), "SLOW_FSYNC_MS": str(milliseconds)}

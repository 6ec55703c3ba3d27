"""./run as a person starts it: by its own file, from whatever folder they are in."""

import subprocess
import sys
from pathlib import Path

from tests.factories import ROOT

RUN = ROOT / "run"


def run(*words: str, cwd: Path, deadline: float) -> subprocess.CompletedProcess[str]:
    """Run ./run to its end, from some other folder. deadline: in seconds."""
    return subprocess.run(
        [sys.executable, str(RUN), *words],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=deadline,
        check=False,
    )

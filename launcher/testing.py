"""./run test and ./run bench: set up what they need, then become pytest or the benchmark."""

import os
import sys
from collections.abc import Sequence

from launcher import tools
from launcher.places import PYTHON, ROOT
from launcher.set_up import set_up


def become(module: str, words: Sequence[str]) -> None:
    """Set up everything, then replace this process by `python -m module words`; never returns."""
    set_up(dev=True)
    tools.ensure()
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *words])  # noqa: S606 - our own Python

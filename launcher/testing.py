"""./run test and ./run bench: set up the requirements, then exec pytest or the benchmark.

`./run test` takes pytest's arguments, optionally preceded by one of:

--quick   skips browser tests and slow modules
--full    many random cases, and every size, theme and language of every screen
--faults  injects known faults into a copy, one at a time, and names the test that detects each
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher import tools
from launcher.places import PYTHON, ROOT, is_writable
from launcher.set_up import set_up

EFFORT = "DIENHONG_TEST_EFFORT"
"""Environment variable that `--full` sets for the tests (tests/effort.py)."""
PARALLEL = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
"""More processes than cores, because tests mostly wait. A module runs in one process, in order."""
QUICK = ("-m", "not browser and not slow", "--ignore=tests/browser", "-n", "3")
"""Each process collects all tests first, so browser tests are excluded from collection."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - a private folder is created in it
_MEMORY_NEEDED = 2 * 1024**3
"""Maximum size in bytes of the data folders of a complete run."""


def test(words: Sequence[str]) -> None:
    """Replace the process by pytest, with the options of the first argument; never returns."""
    kind, rest = (words[0], words[1:]) if words[:1] and words[0] in _KINDS else ("", words)
    module, options, environ = _KINDS[kind]
    os.environ.update(environ)
    if "TMPDIR" not in os.environ and _has_room(_MEMORY):
        # Data folders in memory: no test depends on the durability of a disk.
        os.environ["TMPDIR"] = str(_MEMORY)
    become(module, [*(PARALLEL if _wants_all(module, rest) else ()), *options, *rest])


def become(module: str, words: Sequence[str]) -> None:
    """Set up everything, then exec `python -m module words`; never returns."""
    set_up(dev=True)
    tools.ensure()
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *words])  # noqa: S606 - the Python of .venv


_KINDS: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "": ("pytest", (), {}),
    "--quick": ("pytest", QUICK, {}),
    "--full": ("pytest", (), {EFFORT: "full"}),
    "--faults": ("tests.faults", (), {}),
}


def _has_room(folder: Path) -> bool:
    return is_writable(folder) and shutil.disk_usage(folder).free >= _MEMORY_NEEDED


def _wants_all(module: str, rest: Sequence[str]) -> bool:
    """Whether all tests run. Selected tests run in one process, so their output stays in order."""
    return module == "pytest" and all(word.startswith("--") for word in rest)

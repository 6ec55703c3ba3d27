"""./run test and ./run bench: set up what they need, then become pytest or the benchmark.

`./run test` takes pytest's arguments, and one of its own first:

--quick   leaves out browsers and slow modules
--full    large counts of random cases, and every size, theme and language of every screen
--faults  puts known faults into a copy, one at a time, and names the test that finds each
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
"""What `--full` sets for the tests (tests/effort.py)."""
PARALLEL = ("-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
"""More processes than cores: most of a test's time is waiting. A module stays whole, in order."""
QUICK = ("-m", "not browser and not slow", "--ignore=tests/browser", "-n", "3")
"""Each process reads all tests first, so those of browsers are not even read."""
_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
_MEMORY_NEEDED = 2 * 1024**3
"""Bytes that the data folders of a whole run may take."""


def test(words: Sequence[str]) -> None:
    """Become pytest, as the first word asks for; never returns."""
    kind, rest = (words[0], words[1:]) if words[:1] and words[0] in _KINDS else ("", words)
    module, options, environ = _KINDS[kind]
    os.environ.update(environ)
    if "TMPDIR" not in os.environ and _has_room(_MEMORY):
        # Data folders in memory: no test asks whether a disk keeps what was flushed.
        os.environ["TMPDIR"] = str(_MEMORY)
    become(module, [*(PARALLEL if _wants_all(module, rest) else ()), *options, *rest])


def become(module: str, words: Sequence[str]) -> None:
    """Set up everything, then replace this process by `python -m module words`; never returns."""
    set_up(dev=True)
    tools.ensure()
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execv(PYTHON, [str(PYTHON), "-m", module, *words])  # noqa: S606 - our own Python


_KINDS: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "": ("pytest", (), {}),
    "--quick": ("pytest", QUICK, {}),
    "--full": ("pytest", (), {EFFORT: "full"}),
    "--faults": ("tests.faults", (), {}),
}


def _has_room(folder: Path) -> bool:
    return is_writable(folder) and shutil.disk_usage(folder).free >= _MEMORY_NEEDED


def _wants_all(module: str, rest: Sequence[str]) -> bool:
    """Whether many modules run: somebody who names tests wants their output in order."""
    return module == "pytest" and all(word.startswith("--") for word in rest)

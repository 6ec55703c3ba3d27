"""Folders that are made once for a whole test run and shared by its processes."""

import fcntl
import os
import shutil
import tempfile
import uuid
from collections.abc import Callable
from pathlib import Path

_RUN = "DIENHONG_TEST_RUN"
"""Environment variable by which the processes of a run know that they belong together."""


def begin() -> None:
    """Called in the process that starts a run, before it starts others."""
    os.environ[_RUN] = uuid.uuid4().hex


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name; `make` fills it in the first process that asks, others wait.

    Nobody changes it afterwards: tests work on copies. It goes with the run.
    """
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    made = folder / name
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = folder / f"{name}.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            make(unfinished)
            unfinished.rename(made)
    return made


def end() -> None:
    """Remove the folders of the run; called where it began."""
    shutil.rmtree(_folder(), ignore_errors=True)


def _folder() -> Path:
    return Path(tempfile.gettempdir()) / f"dienhong-tests-{os.environ[_RUN]}"

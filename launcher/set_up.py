"""The complete set-up: Python packages, front end, translations. No-op when up to date."""

import fcntl
import os

from launcher import environment, frontend, translations
from launcher.messages import say
from launcher.places import ROOT, require_writable_root


def is_ready(*, dev: bool) -> bool:
    """Whether everything is up to date."""
    return environment.is_ready(dev=dev) and frontend.is_ready(dev=dev) and translations.is_ready()


def set_up(*, dev: bool = False) -> None:
    """Bring everything up to date; with `dev` also the packages of tests and benchmarks.

    A lock on the program's folder serializes concurrent calls. Raises: Trouble.
    """
    if is_ready(dev=dev):
        return
    require_writable_root()
    folder = os.open(ROOT, os.O_RDONLY)
    try:
        _lock(folder)
        environment.ensure(dev=dev)
        frontend.ensure(dev=dev)
        translations.ensure()
    finally:
        os.close(folder)


def _lock(folder: int) -> None:
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say("Đang chờ một ./run khác cài xong…", "waiting for another ./run to finish its set-up…")
        fcntl.flock(folder, fcntl.LOCK_EX)

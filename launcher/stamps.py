"""Finished set-up steps: a digest of the inputs of each step, stored in .venv/stamps/."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from launcher.places import ROOT, STAMPS


def digest(files: Iterable[Path]) -> str:
    """SHA-256 of names and contents of the files, sorted by name."""
    whole = hashlib.sha256()
    for file in sorted(files):
        whole.update(f"{file.relative_to(ROOT)}\0".encode())
        whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()


def is_done(step: str, inputs: str) -> bool:
    """Whether this step was finished with exactly these inputs."""
    stamp = STAMPS / step
    return stamp.is_file() and stamp.read_text() == inputs


def was_done(step: str) -> bool:
    """Whether this step was ever finished, with any inputs."""
    return (STAMPS / step).is_file()


def forget(step: str) -> None:
    """Remove the stamp before the step runs again, so that an interrupted run is not trusted."""
    (STAMPS / step).unlink(missing_ok=True)


def mark_done(step: str, inputs: str) -> None:
    """Record that the step was finished with these inputs."""
    STAMPS.mkdir(exist_ok=True)
    (STAMPS / step).write_text(inputs)

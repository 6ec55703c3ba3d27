"""Changes one ballot in a copy of the vote log, and runs the verifier on the copy.

This shows the purpose of the log. The real log is only read; the copy is deleted after the check.
"""

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

import msgspec

from core.actor import Actor
from core.errors import NotFound
from core.offload import run_native
from meetings.voting.log_access.queries import get_archive

ROOT = Path(__file__).resolve().parent.parent
LOG = "log.jsonl"
SECONDS = 60


class Checked(msgspec.Struct, frozen=True):
    """The verifier's result for an archive. sound: it found no fault. lines: its output."""

    sound: bool
    lines: list[str]


class Tampered(msgspec.Struct, frozen=True):
    """Both results. index: of the changed entry. before, after: the choice in it."""

    index: int
    before: str
    after: str
    untouched: Checked
    changed: Checked


def tamper(actor: Actor, meeting_id: str, language: str) -> Tampered:
    """Change the last opened ballot in a copy of the log. Raises: NotFound (no poll has ended)."""
    with get_archive(actor, meeting_id) as packed, zipfile.ZipFile(packed) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    return run_native(_compared, members, language)


def _compared(members: Mapping[str, bytes], language: str) -> Tampered:
    lines = members[LOG].splitlines()
    index, before, after, changed = _changed(lines)
    forged = [*lines[:index], changed, *lines[index + 1 :]]
    copy = {**members, LOG: b"".join(line + b"\n" for line in forged)}
    return Tampered(index, before, after, _checked(members, language), _checked(copy, language))


def _changed(lines: list[bytes]) -> tuple[int, str, str, bytes]:
    """The index of the last opened ballot, both choices, and the changed line."""
    for index in range(len(lines) - 1, -1, -1):
        entry = msgspec.json.decode(lines[index])
        if entry["type"] == "ballot_opened":
            before = entry["data"]["ballot"]["choice"]
            after = "against" if before == "for" else "for"
            old, new = (f'"choice":"{key}"'.encode() for key in (before, after))
            return index, before, after, lines[index].replace(old, new)
    raise NotFound(kind="ballot")


def _checked(members: Mapping[str, bytes], language: str) -> Checked:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "vote-archive.zip")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        done = subprocess.run(
            [sys.executable, "-m", "verifier", str(path), "--lang", language],
            check=False,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
    return Checked(done.returncode == 0, done.stdout.strip().splitlines())

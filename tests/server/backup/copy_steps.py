"""Copies and restores by the product's own command, for every test of them."""

import os
import subprocess
import sys
from pathlib import Path

from tests.factories import ROOT, Made
from tests.server.real_server import RealServer

PASSPHRASE = "chìa khóa cất trong két sắt"


def app(*words: object, passphrase: str | None = None) -> "subprocess.CompletedProcess[str]":
    """A command of the product, as ./run gives it."""
    given = {"DIENHONG_KEY_PASSPHRASE": passphrase} if passphrase else {}
    return subprocess.run(
        [sys.executable, "app.py", *map(str, words)],
        check=False,
        cwd=ROOT,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
        timeout=60,
    )


def back_up(server: RealServer, target: Path, passphrase: str | None = None) -> Path:
    """A copy; answers its folder, which is the last line."""
    made = app("backup", "--data", server.made.data, "--to", target, passphrase=passphrase)
    assert made.returncode == 0, made.stderr
    return Path(made.stdout.strip().splitlines()[-1])


def restored(copy: Path, data: Path, *words: object, passphrase: str | None = None) -> RealServer:
    """A server of the restored data, not started yet."""
    made = app("restore", "--from", copy, "--data", data, *words, passphrase=passphrase)
    assert made.returncode == 0, made.stderr
    return RealServer(Made(data, {}), data.with_suffix(".log"))

"""An old copy of the data folder, put back by hand: the start is refused with what to do."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import ROOT, prepared
from tests.server.real_server import RealServer
from tests.server.stopped_database import witness_folder

pytestmark = pytest.mark.slow


def start_refused(data: Path) -> str:
    """What web says when it does not start."""
    words = [sys.executable, "app.py", "web", "--data", str(data), "--port", "0"]
    done = subprocess.run(words, check=False, cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2, done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_an_old_copy_of_the_folder_is_noticed_and_a_moved_folder_is_not(tmp_path):
    made = prepared(tmp_path / "data", "thuky")
    server = RealServer(made, tmp_path / "server.log").start("web")
    server.stop()
    shutil.copytree(made.data, tmp_path / "copy")
    server.start("web")
    server.stop()
    starts = witness_folder(made.data) / "starts.txt"
    assert len(starts.read_text().split("--\n")) == 3
    shutil.rmtree(made.data)
    shutil.copytree(tmp_path / "copy", made.data)
    said = start_refused(made.data)
    assert f"./run restore {made.data} --data" in said
    # The same copy elsewhere is the start of a history of its own.
    moved = RealServer(type(made)(tmp_path / "copy", made.people), tmp_path / "moved.log").start(
        "web"
    )
    moved.stop()


def test_another_installation_in_the_same_place_is_none_of_the_old_ones_business(tmp_path):
    made = prepared(tmp_path / "data", "thuky")
    server = RealServer(made, tmp_path / "server.log").start("web")
    server.stop()
    server.start("web")
    server.stop()
    shutil.rmtree(made.data)
    words = [sys.executable, "app.py", "prepare", "--data", str(made.data)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    server.start("web")
    server.stop()

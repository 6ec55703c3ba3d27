"""Fixtures: what the assembled app holds, found once for the run."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.contract.app_facts import Facts
from tests.factories import ROOT


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Routes, socket events and the API's description of the app as it is served."""
    target: Path = tmp_path_factory.mktemp("facts") / "facts.json"
    words = [sys.executable, "-m", "tests.contract.app_facts", str(target)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return msgspec.json.decode(target.read_bytes(), type=Facts)

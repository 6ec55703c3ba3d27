"""Fixtures: what the assembled app holds, found once for the run."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

import app
from core.app_context import AppContext, install_context
from core.config import read_config
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


@pytest.fixture
def context(tmp_path: Path) -> Iterator[AppContext]:
    """The application context of this process."""
    config = read_config(tmp_path / "data", env={})
    app.prepare(config)
    made = app.assemble(config)
    yield made
    made.database.close()
    install_context(None)

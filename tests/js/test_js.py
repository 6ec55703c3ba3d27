"""Runs the tests of the pure front-end modules with node's own test runner, file by file."""

import shutil
import subprocess
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.test.js"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pure_modules(file: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: ./run test gets it")
    command = [node, "--test", "--no-warnings", str(file)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, cwd=HERE, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr

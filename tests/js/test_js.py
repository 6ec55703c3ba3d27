"""Runs the tests of the pure front-end modules in one run of node: a test for each file."""

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
FILES = sorted(HERE.glob("*.test.js"))
AT_ONCE = 2
"""Test files that run side by side, each in a process of its own."""
FILE_TIMEOUT = 60


@dataclass(frozen=True)
class NodeRun:
    """What node said of each file, and what it said itself."""

    files: dict[Path, dict[str, object]]
    returncode: int
    stderr: str


@pytest.fixture(scope="module")
def node_run() -> NodeRun:
    """One run of all files."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: ./run test gets it")
    command = [
        *(node, "--test", "--no-warnings", f"--test-concurrency={AT_ONCE}"),
        *(f"--test-timeout={FILE_TIMEOUT * 1000}", "--test-reporter=./file_results.mjs"),
        *map(str, FILES),
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=FILE_TIMEOUT * len(FILES),
        cwd=HERE,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return NodeRun({Path(line["file"]): line for line in lines}, done.returncode, done.stderr)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_pure_modules(file: Path, node_run: NodeRun) -> None:
    result = node_run.files.get(file)
    assert result is not None, f"node told nothing of this file\n{node_run.stderr}"
    failures = result["failures"]
    assert isinstance(failures, list)
    assert not failures, "\n".join([*failures, str(result["output"]), node_run.stderr])


def test_node_failed_only_where_a_file_did(node_run: NodeRun) -> None:
    failed = any(result["failures"] for result in node_run.files.values())
    assert failed == (node_run.returncode != 0), node_run.stderr

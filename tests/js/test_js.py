"""Runs the tests of the pure front-end modules in node: a test for each file."""

import json
import re
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
"""Seconds."""
IMPORT = re.compile(r'^import .*"\./([\w.]+)";$', re.MULTILINE)
CLOCK = re.compile(r"^mock\.timers\.enable\(", re.MULTILINE)


@dataclass(frozen=True)
class NodeRun:
    """What node said of each file, and what it said itself."""

    files: dict[Path, dict[str, object]]
    returncode: int
    stderr: str


def changes_the_clock(file: Path) -> bool:
    """Whether this file, or one of this folder that it imports, replaces timers when it is loaded:
    tests of other files would meet them in the same process."""
    text = file.read_text(encoding="utf-8")
    imported = [HERE / name for name in IMPORT.findall(text)]
    return bool(CLOCK.search(text)) or any(map(changes_the_clock, imported))


def run_node(*words: str, timeout: int) -> NodeRun:
    """Run node with the reporter of this folder. Raises: subprocess.TimeoutExpired."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: ./run test gets it")
    done = subprocess.run(
        [node, "--no-warnings", "--test-reporter=./file_results.mjs", *words],
        capture_output=True,
        text=True,
        timeout=timeout,
        cwd=HERE,
        check=False,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return NodeRun({Path(line["file"]): line for line in lines}, done.returncode, done.stderr)


def run_apart(files: list[Path]) -> NodeRun:
    """Run each file in a process of its own, which ends one that hangs."""
    limit = f"--test-timeout={FILE_TIMEOUT * 1000}"
    at_once = f"--test-concurrency={AT_ONCE}"
    return run_node("--test", at_once, limit, *map(str, files), timeout=FILE_TIMEOUT * len(files))


def run_together(files: list[Path]) -> NodeRun | None:
    """Run all files in one process; None if not all is well: one file may be to blame for
    another's failure."""
    words = ["--test-reporter-destination=stdout", "one_process.mjs", *map(str, files)]
    try:
        run = run_node(*words, timeout=FILE_TIMEOUT)
    except (subprocess.TimeoutExpired, json.JSONDecodeError):  # what a test prints is no JSON
        return None
    return run if run.returncode == 0 and set(files) <= set(run.files) else None


@pytest.fixture(scope="module")
def node_run() -> NodeRun:
    """All files: those that can share a process, then the others."""
    apart = [file for file in FILES if changes_the_clock(file)]
    together = run_together([file for file in FILES if file not in apart])
    if together is None:
        return run_apart(FILES)
    run = run_apart(apart)
    return NodeRun(together.files | run.files, run.returncode, together.stderr + run.stderr)


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

"""The project's checkers, run as tests: lint, types and import direction of both languages."""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import STDOUT, Popen

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.prefix) / "bin"
NODE_BIN = ROOT / "node_modules" / ".bin"
TSC = NODE_BIN / "tsc"
TIMEOUT = 300

CHECKS: dict[str, list[str | Path]] = {
    "mypy": [BIN / "mypy", ".", "run"],
    "tsc pages": [TSC, "-p", "tsconfig.json"],
    "tsc tools": [TSC, "-p", "tsconfig.node.json"],
    "dependency-cruiser": [
        *(NODE_BIN / "depcruise", "static/js"),
        *("--config", "static/dependency_rules.mjs"),
    ],
    "import-linter": [BIN / "lint-imports"],
    "ruff check": [BIN / "ruff", "check", "--no-fix", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
}
"""Commands by name, the slowest first."""


@dataclass(frozen=True)
class Checker:
    """A checker under way, and the file that gets its output."""

    process: Popen[bytes]
    output: Path


@pytest.fixture(scope="module")
def checkers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Checker]]:
    """Every checker that a test of this run waits for: they are independent, so all run at once."""
    folder = tmp_path_factory.mktemp("checkers")
    tests = [item for item in request.session.items if item.path == request.path]
    wanted = {item.callspec.params["name"] for item in tests if hasattr(item, "callspec")}
    started: dict[str, Checker] = {}
    for name in CHECKS:
        if name not in wanted:
            continue
        output = folder / f"{name}.txt"
        with output.open("wb") as out:
            process = Popen(CHECKS[name], cwd=ROOT, stdout=out, stderr=STDOUT)
        started[name] = Checker(process, output)
    yield started
    for checker in started.values():
        checker.process.kill()
        checker.process.wait()


@pytest.mark.parametrize("name", CHECKS)
def test_checker_finds_nothing(name, checkers):
    checker = checkers[name]
    returncode = checker.process.wait(TIMEOUT)
    assert returncode == 0, f"{name}\n{checker.output.read_text()}"

"""The checkers of the house, run as tests: lint, types of both languages, import direction."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.prefix) / "bin"
TSC = ROOT / "node_modules" / ".bin" / "tsc"

CHECKS: dict[str, list[str | Path]] = {
    "ruff check": [BIN / "ruff", "check", "--no-fix", "."],
    "ruff format": [BIN / "ruff", "format", "--check", "."],
    "mypy": [BIN / "mypy"],
    "mypy run": [BIN / "mypy", "run"],
    "import-linter": [BIN / "lint-imports"],
    "tsc pages": [TSC, "-p", "tsconfig.json"],
    "tsc tools": [TSC, "-p", "tsconfig.node.json"],
}


@pytest.mark.parametrize("name", CHECKS)
def test_checker_finds_nothing(name):
    done = subprocess.run(
        CHECKS[name], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, f"{name}\n{done.stdout}{done.stderr}"

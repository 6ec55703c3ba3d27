"""Conventions that no linter checks: sizes, names, who may import what."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CEILING_LINES = 350
FUNCTION_LINES = 40
SOURCE = {".py", ".js", ".mjs", ".css", ".html"}
NOT_OURS = {"node_modules", "dist", "data", "demo-data", "artifacts", "results"}
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
RUNS_IN_VENV = {
    "compile_translations.py",
    "hash_requirements.py",
    "qr.py",
    "sbom_document.py",
    "tls_files.py",
}  # of launcher/; the rest runs before .venv is


def sources() -> list[Path]:
    """Every source file of the project itself."""
    found = []
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if not name.startswith(".") and name not in NOT_OURS]
        found += [Path(folder, name) for name in names if Path(name).suffix in SOURCE]
    return found


def imports(file: Path) -> Iterator[str]:
    """The top-level names of what a Python file imports, wherever in it."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module.partition(".")[0]


def test_no_symbolic_link_is_committed():
    listed = subprocess.run(
        ["git", "ls-files", "--stage"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert listed
    assert not [line for line in listed if line.startswith("120000")]


def test_no_file_is_longer_than_the_ceiling():
    lengths = {file: len(file.read_text().splitlines()) for file in sources()}
    long = {str(file.relative_to(ROOT)): n for file, n in lengths.items() if n > CEILING_LINES}
    assert not long


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines of code a function holds, without its signature and docstring."""
    first = function.body[1:] if ast.get_docstring(function) else function.body
    return (function.end_lineno or 0) - first[0].lineno + 1 if first else 0


def test_no_function_is_long():
    files = [file for file in sources() if file.suffix == ".py" and "versions" not in file.parts]
    long = [
        f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and body_lines(node) > FUNCTION_LINES
    ]
    assert not long


def test_every_file_is_named_for_what_it_holds():
    empty = [str(file) for file in sources() if {file.stem, file.parent.name} & SAYS_NOTHING]
    assert not empty


@pytest.mark.parametrize(
    "file", sorted((ROOT / "launcher").glob("*.py")), ids=lambda file: file.name
)
def test_the_launcher_runs_on_a_bare_python(file):
    strangers = set(imports(file)) - sys.stdlib_module_names - {"launcher", "verifier"}
    assert not strangers or file.name in RUNS_IN_VENV, strangers


def test_only_the_composition_root_outside_the_packages_names_eventlet():
    naming = {file.name for file in ROOT.glob("*.py") if "eventlet" in imports(file)}
    assert naming <= {"app.py"}

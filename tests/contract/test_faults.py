"""The faults of tests/faults apply to the product as it is, and the tests that find them exist."""

import ast
import os

import pytest

from launcher import testing, tools
from tests.factories import ROOT
from tests.faults.patches import Patch, read_patches

PATCHES = read_patches()


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_the_patch_applies_to_the_product(patch: Patch):
    changed = patch.patched(ROOT)
    assert not [path for path in changed if path.startswith("tests/")]
    assert patch.fault


@pytest.mark.parametrize("patch", PATCHES, ids=lambda patch: patch.name)
def test_the_tests_that_find_it_exist(patch: Patch):
    for node_id in patch.tests:
        path, _, name = node_id.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        assert name.partition("[")[0] in {*tests, ""}, node_id


def test_run_test_faults_starts_their_runner(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(testing, "set_up", lambda **_: None)
    monkeypatch.setattr(tools, "ensure", lambda: None)
    monkeypatch.setattr(os, "chdir", lambda _: None)
    started: list[list[str]] = []
    monkeypatch.setattr(os, "execv", lambda _, words: started.append(words[1:]))
    monkeypatch.setattr(os, "environ", {"TMPDIR": "anywhere"})
    testing.test(["--faults", "lost_event"])
    testing.test(["-k", "lost_event"])
    assert started == [["-m", "tests.faults", "lost_event"], ["-m", "pytest", "-k", "lost_event"]]


def test_a_whole_run_has_several_processes_and_a_full_one_says_so(monkeypatch: pytest.MonkeyPatch):
    started: list[list[str]] = []
    monkeypatch.setattr(testing, "become", lambda module, words: started.append([module, *words]))
    environ = {"TMPDIR": "anywhere"}
    monkeypatch.setattr(os, "environ", environ)
    testing.test([])
    testing.test(["--quick", "-x"])
    assert testing.EFFORT not in environ
    testing.test(["--full", "tests/rules"])
    assert started == [
        ["pytest", *testing.PARALLEL],
        ["pytest", *testing.QUICK, "-x"],
        ["pytest", "tests/rules"],
    ]
    assert environ[testing.EFFORT] == "full"

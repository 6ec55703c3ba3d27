"""Two installations are the same: every package is pinned, and the lock files name no host."""

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
RUNTIME, DEV = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"


FILES = (RUNTIME, DEV, ROOT / "requirements-node.txt")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def entries(file: Path) -> list[tuple[Requirement, list[str]]]:
    """The requirements of one file, each with the words after it; continued lines are joined."""
    found = []
    for line in file.read_text().replace("\\\n", " ").splitlines():
        text = line.partition("#")[0].strip()
        if text and not text.startswith("-r "):
            wanted, *words = re.split(r"\s+(?=--)", text)
            found.append((Requirement(wanted), words))
    return found


def pins(file: Path) -> dict[str, str]:
    """Package → exact version for this machine, of one file and those it includes."""
    included = re.findall(r"^-r (\S+)$", file.read_text(), re.MULTILINE)
    found = {name: version for one in included for name, version in pins(ROOT / one).items()}
    for wanted, _ in entries(file):
        if wanted.marker is None or wanted.marker.evaluate():
            version = str(wanted.specifier).removeprefix("==")
            found[str(canonicalize_name(wanted.name))] = version
    return found


def needed(name: str) -> set[str]:
    """What an installed package needs on this machine, without its extras."""
    wanted = map(Requirement, distribution(name).requires or [])
    return {
        canonicalize_name(one.name)
        for one in wanted
        if one.marker is None or one.marker.evaluate({"extra": ""})
    }


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.name)
def test_every_line_is_an_exact_version_with_sorted_hashes(file):
    found = entries(file)
    assert found
    for wanted, words in found:
        assert re.fullmatch(r"==\d[\w.]*", str(wanted.specifier)), wanted
        assert words, wanted
        assert all(HASH.fullmatch(word) for word in words), wanted
        assert words == sorted(set(words)), wanted


@pytest.mark.parametrize("file", [RUNTIME, DEV], ids=lambda f: f.name)
def test_everything_that_is_needed_is_pinned_and_installed(file):
    pinned = pins(file)
    assert {name: distribution(name).version for name in pinned} == pinned
    assert set().union(*map(needed, pinned)) <= set(pinned)


def test_front_end_packages_are_exact():
    package = json.loads((ROOT / "package.json").read_text())
    versions = {**package["dependencies"], **package["devDependencies"]}.values()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in versions)


def test_the_lock_file_names_no_host():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"].values()
    assert not any("resolved" in package for package in packages)
    assert all(
        "integrity" in package
        for package in packages
        if package.get("version") and not package.get("name")
    )

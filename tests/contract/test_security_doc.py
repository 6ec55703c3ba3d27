"""What docs/security.md and the release notes say about tests and the verifiers is true."""

import hashlib
import re
import shutil
import subprocess

import pytest

from core.http.pages import DIST
from core.paths import ROOT

NOTES = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_test_that_the_threat_model_names_exists():
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    named = re.findall(r"`((?:\w+/)+(?:test_\w+\.py|\w+\.test\.js))`", text)
    assert len(named) >= 20
    assert [name for name in named if not (ROOT / "tests" / name).exists()] == []
    # A name without its folder could not be checked.
    assert re.findall(r"`test_\w+\.py`", text) == []


def test_the_release_notes_name_the_verifier_that_an_archive_carries():
    files = sorted((ROOT / "verifier").glob("*.py"))
    digest = hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
    assert f"`{digest}`" in NOTES


def test_the_release_notes_name_the_page_that_checks_an_archive():
    """Built from its sources; the page in static/dist is the same."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed: ./run test gets it")
    script = ROOT / "static" / "verify_page.mjs"
    page = subprocess.run([node, script], capture_output=True, check=True, timeout=60).stdout
    assert f"`{hashlib.sha256(page).hexdigest()}`" in NOTES
    assert (DIST / "verify.html").read_bytes() == page
    assert not re.search(rb"""(?:src|href)\s*=\s*["']?(?!data:)\w+:""", page)

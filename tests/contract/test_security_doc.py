"""What docs/security.md and the release notes say about tests and the verifier is true."""

import hashlib
import re

from core.paths import ROOT


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
    assert f"`{digest}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

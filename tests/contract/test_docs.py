"""Files that documents name exist."""

import re
from pathlib import Path

import pytest

from tests.factories import ROOT

DOCUMENTS = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(ROOT / "docs").glob("*.md"),
    *(ROOT / "docs" / "adr").glob("*.md"),
]
FOLDERS = ("", "static/js", "docs", "tests", "documents", "documents/rendering", "meetings/voting")
"""Where a document may begin a path."""
_PATH = re.compile(r"`([\w./-]+/[\w.-]+\.(?:css|html|js|json|md|mjs|py|toml|ts))`")
_LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
MADE = ("bench/results/", "static/dist/", "verifier/NAME.py")
"""Made by a program, or a placeholder."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_paths_and_links_of_a_document_exist(document: Path):
    text = document.read_text()
    paths = [path for path in _PATH.findall(text) if not path.startswith(MADE)]
    missing = [
        path for path in paths if not any((ROOT / folder / path).exists() for folder in FOLDERS)
    ]
    links = [link for link in _LINK.findall(text) if not link.startswith(("http:", "https:"))]
    missing += [link for link in links if not (document.parent / link).exists()]
    assert not missing

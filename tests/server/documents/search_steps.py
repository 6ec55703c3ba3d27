"""Searches in tests."""

import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.factories import ROOT
from tests.server.real_server import Person, wait_until


def search(person: Person, path: str, query: str) -> list[dict[str, Any]]:
    """The pages that are found."""
    answer = person.get(path, params={"q": query})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def found_soon(person: Person, path: str, query: str) -> list[dict[str, Any]]:
    """The pages that are found, once there is one."""
    wait_until(lambda: bool(search(person, path, query)), f"{query} is found", 10)
    return search(person, path, query)


def refresh_index(data: Path) -> None:
    """What the worker does with the index every minute, in a process of its own."""
    program = (
        "import sys, app; from pathlib import Path; from core.config import read_config;"
        "from documents.search.service import refresh;"
        "app.assemble(read_config(Path(sys.argv[1]))); refresh()"
    )
    words = [sys.executable, "-c", program, str(data)]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)


def index_bytes(data: Path) -> bytes:
    """The bytes of the index, with its log of writes."""
    return b"".join(file.read_bytes() for file in sorted(data.glob("search.sqlite3*")))

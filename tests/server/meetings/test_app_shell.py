"""The service worker's file and the shell it keeps: the same for everybody, and all of it there."""

import json
from typing import Any

import pytest
import requests

from tests.server.real_server import Person, RealServer

pytestmark = pytest.mark.slow


def _facts(script: str) -> dict[str, Any]:
    """What the worker's first line says of the shell."""
    found: dict[str, Any] = json.loads(
        script.partition("\n")[0].removeprefix("self.APP_SHELL=").rstrip(";")
    )
    return found


def test_the_shell_holds_nobodys_data_and_every_file_of_it_is_there(
    server: RealServer, people: dict[str, Person]
):
    person = people["daibieu1"].http
    worker = person.get(f"{server.url}/service-worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")
    assert worker.headers["Cache-Control"] == "no-cache"
    facts = _facts(worker.text)
    for path in ("/service-worker.js", facts["page"]):
        anybody = requests.get(f"{server.url}{path}", timeout=10)
        looks = {"dienhong_theme": "dark", "dienhong_text_size": "large", "dienhong_lang": "en"}
        assert anybody.content == person.get(f"{server.url}{path}", cookies=looks).content
        assert "Set-Cookie" not in anybody.headers
    for path in facts["files"]:
        assert requests.get(f"{server.url}{path}", timeout=10).status_code == 200, path
    assert any("/room-" in path for path in facts["files"])

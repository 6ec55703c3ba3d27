"""The demo's votes: simulated members send, and a forged copy of the log is found out."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from tests.browser.demo_server import DemoServer
from tests.server.real_server import wait_until

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """The demo, seeded and running."""
    running = DemoServer.seeded(tmp_path_factory.mktemp("demo"))
    yield running
    running.stop()


class Chair:
    """The chair's seat, by its API."""

    def __init__(self, demo: DemoServer) -> None:
        self.http = requests.Session()
        self.root = f"{demo.url}/as/chair/api/v1"
        token = self.get("/session")["csrf_token"]
        self.http.headers.update({"X-CSRF-Token": token, "Origin": demo.url})
        page = requests.get(f"{demo.url}/demo", timeout=20).text
        found = re.search(r'id="boot"[^>]*>(.*?)</script>', page, re.S)
        assert found
        self.meeting_id: str = json.loads(found[1])["meeting_id"]

    def get(self, path: str) -> Any:
        return self.http.get(self.root + path, timeout=20).json()

    def post(self, path: str, **body: Any) -> Any:
        answer = self.http.post(self.root + path, json=body, timeout=20)
        assert answer.ok, answer.text
        return answer.json()


def tamper(demo: DemoServer) -> requests.Response:
    """Press the button of the demo's window."""
    http = requests.Session()
    page = http.get(f"{demo.url}/demo", timeout=20).text
    found = re.search(r'id="boot"[^>]*>(.*?)</script>', page, re.S)
    assert found
    token = json.loads(found[1])["csrf_token"]
    headers = {"X-CSRF-Token": token, "Origin": demo.url}
    return http.post(f"{demo.url}/demo/tamper", headers=headers, timeout=60)


def test_members_vote_and_a_forged_ballot_is_found(demo: DemoServer):
    chair = Chair(demo)
    assert tamper(demo).status_code == 404
    polls = chair.get(f"/meetings/{chair.meeting_id}/polls")["items"]
    poll = next(one for one in polls if one["document_id"] and one["method"] == "named")
    opened = chair.post(f"/polls/{poll['id']}/open")
    assert opened["opened"]["n"] == 31

    def several_voted() -> bool:
        votes = chair.get(f"/meetings/{chair.meeting_id}/snapshot")["votes"]
        return bool(votes[0]["voted"] >= 3)

    wait_until(several_voted, "simulated members vote")
    result = chair.post(f"/polls/{poll['id']}/close")
    assert sum(part["number"] for part in result["parts"]) == 31
    found = tamper(demo).json()
    assert found["untouched"]["sound"]
    assert not found["changed"]["sound"]
    assert any(str(found["index"]) in line for line in found["changed"]["lines"])
    assert 7 in requests.get(f"{demo.url}/demo/state", timeout=20).json()["done"]

"""Many ask at one moment for a page that is not there: it is made once, and all of them get it."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import requests

from core.storage import Storage
from documents.pages.files import PageFiles
from tests.server.conftest import Room
from tests.server.real_server import Person

pytestmark = pytest.mark.slow

ASKERS, WIDTH = 40, 1200


@pytest.fixture(scope="module", params=["eventlet", "threading"])
def server_env(request: pytest.FixtureRequest) -> dict[str, str]:
    """Once with each kind of server."""
    return {"DIENHONG_ASYNC_MODE": request.param}


def times_made(log: Path, page: int) -> int:
    """How often the worker drew a page for people who wait."""
    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    return sum(line["event"] == "page_made" and line["page"] == page for line in lines)


def test_forty_who_ask_cost_one_drawing(room: Room) -> None:
    made = room.server.made
    version = room.secretary.get(f"/documents/{room.document}").json()["versions"][0]
    files = PageFiles(Storage(made.data), version["sha256"])
    files.image(3, WIDTH).unlink()
    before = times_made(room.server.log, 3)
    readers = (room.secretary, room.chair, room.member, room.other)
    group_commit = Barrier(ASKERS)
    path = f"{room.server.url}/api/v1/documents/{room.document}/versions/1/pages/3/image"

    def ask(reader: Person) -> requests.Response:
        cookies = reader.http.cookies.get_dict()
        group_commit.wait(10)
        return requests.get(path, params={"width": str(WIDTH)}, cookies=cookies, timeout=30)

    with ThreadPoolExecutor(ASKERS) as pool:
        asked = [pool.submit(ask, readers[number % 4]) for number in range(ASKERS)]
        answers = [one.result(60) for one in asked]
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.content for answer in answers} == {files.image(3, WIDTH).read_bytes()}
    assert times_made(room.server.log, 3) == before + 1

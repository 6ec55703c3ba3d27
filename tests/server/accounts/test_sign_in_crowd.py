"""Everybody of a hall signs in at the same moment, just after a start of the server."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
import requests

from tests.effort import sized
from tests.factories import PASSWORD, prepared
from tests.server.real_server import Person, RealServer

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

CROWD = sized(80, 200)
WITHIN = 60.0


def test_all_participants_sign_in_within_a_minute_at_the_first_try(tmp_path: Path):
    names = [f"daibieu{number}" for number in range(CROWD)]
    made = prepared(tmp_path / "data", *names, real_hash=True)
    server = RealServer(made, tmp_path / "server.log").start()
    group_commit = Barrier(CROWD)

    def sign_in(name: str) -> requests.Response:
        person = Person(server, name)
        body = {"username": name, "password": PASSWORD}
        group_commit.wait(WITHIN)
        with person.http as http:
            return http.post(f"{server.url}/api/v1/session", json=body, timeout=WITHIN)

    try:
        with ThreadPoolExecutor(CROWD) as threads:
            answers = list(threads.map(sign_in, names))
    finally:
        server.stop()
    assert [answer.text for answer in answers if answer.status_code != 200] == []
    assert len({answer.cookies["dienhong_session"] for answer in answers}) == CROWD
    assert max(answer.elapsed.total_seconds() for answer in answers) < WITHIN

"""A password that somebody else changes while one's own change waits in line."""

import threading

import pytest

from tests.server.conftest import PASSWORD, PEOPLE
from tests.server.real_server import Person, RealServer

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

OWN, GIVEN = "chính-tôi-đổi-2026", "quản-trị-cấp-2026"


def test_the_administrators_new_password_is_not_overwritten(server: RealServer) -> None:
    admin, person = server.sign_in("quantri"), server.sign_in("daibieu1")
    answers: dict[str, int] = {}

    def fill_the_line(username: str) -> None:
        Person(server, username).post("/session", username=username, password=PASSWORD)

    def change_own() -> None:
        answer = person.post("/session/password", current_password=PASSWORD, new_password=OWN)
        answers["own"] = answer.status_code

    def give() -> None:
        answer = admin.post(f"/users/{person.id}/password", password=GIVEN)
        answers["given"] = answer.status_code

    threads = [threading.Thread(target=fill_the_line, args=(name,)) for name in PEOPLE]
    threads += [threading.Thread(target=change_own), threading.Thread(target=give)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers["given"] == 200
    fresh = Person(server, "daibieu1")
    if answers["own"] == 200:
        # One's own change was whole before the other began.
        assert fresh.post("/session", username="daibieu1", password=OWN).status_code == 401
    assert fresh.post("/session", username="daibieu1", password=GIVEN).status_code == 200

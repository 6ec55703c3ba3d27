"""Two-step sign-in: set up, used, replaced by recovery codes, removed."""

import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pyotp
import pytest
import requests

from tests.factories import PASSWORD, ROOT, prepared
from tests.server.real_server import Person, RealServer, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server]
FACTOR = "/session/second-factor"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server whose settings require a second factor of administrators and secretaries."""
    folder = tmp_path_factory.mktemp("factor")
    made = prepared(folder / "data", "thuky", "daibieu1", "daibieu2")
    env = {"DIENHONG_REQUIRE_SECOND_FACTOR": "1"}
    running = RealServer(made, folder / "server.log", env=env).start("web")
    yield running
    running.stop()


class Phone:
    """An authenticator app. Each code is asked for once, in a step of its own."""

    def __init__(self, secret: str) -> None:
        self._totp = pyotp.TOTP(secret.replace(" ", ""))
        self._steps = 0

    def code(self) -> str:
        """A code that was not asked for before: the server accepts one step ahead."""
        self._steps += 1
        return self._totp.at(int(time.time()), counter_offset=self._steps - 1)


def enrolled(person: Person) -> tuple[Phone, list[str]]:
    """Set up a second factor; answers the phone and the recovery codes."""
    begun = person.post(FACTOR).json()
    assert begun["uri"].startswith("otpauth://totp/")
    phone = Phone(begun["secret"])
    done = person.put(FACTOR, code=phone.code())
    assert done.status_code == 200, done.text
    codes: list[str] = done.json()["recovery_codes"]
    return phone, codes


def signing_in(server: RealServer, name: str, code: str | None = None) -> requests.Response:
    """A try at signing in on a new device."""
    body = {"username": server.made.logins.get(name, name), "password": PASSWORD}
    return Person(server, name).post("/session", **body, **({"code": code} if code else {}))


def code_of(answer: requests.Response) -> Any:
    return answer.json().get("code")


def test_who_must_have_one_can_do_nothing_else(own: RealServer):
    admin = own.sign_in("quantri")
    assert code_of(admin.get("/users")) == "second_factor_needed"
    assert code_of(admin.get("/meetings")) == "second_factor_needed"
    page = admin.http.get(f"{own.url}/people", timeout=20)
    assert page.url.endswith("/account")
    assert '"pending": "second_factor"' in page.text
    assert admin.get("/session").status_code == 200
    member = own.sign_in("daibieu2")
    assert member.get("/meetings").status_code == 200
    assert member.get(FACTOR).json() == {"enabled": False, "required": False, "codes_left": 0}


def test_a_code_is_needed_then_and_counts_once(own: RealServer):
    member = own.sign_in("daibieu1")
    phone, codes = enrolled(member)
    assert code_of(signing_in(own, "daibieu1")) == "code_needed"
    assert code_of(signing_in(own, "daibieu1", "000000")) == "wrong_code"
    code = phone.code()
    assert signing_in(own, "daibieu1", code).status_code == 200
    assert code_of(signing_in(own, "daibieu1", code)) == "wrong_code"
    recovery = codes[3]
    assert signing_in(own, "daibieu1", recovery.upper()).status_code == 200
    assert code_of(signing_in(own, "daibieu1", recovery)) == "wrong_code"
    assert member.get(FACTOR).json() == {"enabled": True, "required": False, "codes_left": 9}
    fresh = member.post(f"{FACTOR}/recovery-codes").json()["recovery_codes"]
    assert code_of(signing_in(own, "daibieu1", codes[0])) == "wrong_code"
    assert signing_in(own, "daibieu1", fresh[0]).status_code == 200


def test_neither_secret_nor_codes_are_given_twice(own: RealServer):
    member = own.sign_in("daibieu2")
    key = {"Idempotency-Key": "the same request"}
    begun = member.call("POST", FACTOR, headers=key).json()
    code = Phone(begun["secret"]).code()
    first = member.call("PUT", FACTOR, json={"code": code}, headers=key)
    assert len(first.json()["recovery_codes"]) == 10
    again = member.call("PUT", FACTOR, json={"code": code}, headers=key)
    assert again.json() == {"recovery_codes": None}
    assert code_of(member.put(FACTOR, code=code)) == "no_second_factor"
    assert member.delete(FACTOR).status_code == 200
    assert signing_in(own, "daibieu2").status_code == 200
    assert code_of(member.delete(FACTOR)) == "no_second_factor"


def test_wrong_codes_count_as_wrong_passwords(own: RealServer):
    secretary = own.sign_in("thuky")
    phone, _codes = enrolled(secretary)
    somebody = Person(own, "thuky")
    login = own.made.logins.get("thuky", "thuky")
    answers = [
        code_of(somebody.post("/session", username=login, password=PASSWORD, code="000000"))
        for _ in range(13)
    ]
    assert answers[0] == "wrong_code"
    assert answers[-1] == "too_many_tries"
    # A device that knows the person is not affected.
    known = secretary.post("/session", username=login, password=PASSWORD, code=phone.code())
    assert known.status_code == 200, known.text


def test_who_lost_it_is_helped_by_an_administrator_or_the_owner_of_the_machine(own: RealServer):
    admin, member = own.sign_in("quantri"), own.sign_in("daibieu2")
    enrolled(admin)
    enrolled(member)
    (shown,) = admin.get(
        "/users", params={"q": own.made.logins.get("daibieu2", "daibieu2")}
    ).json()["items"]
    assert shown["second_factor"] is True
    removed = admin.delete(f"/users/{member.id}/second-factor")
    assert removed.status_code == 200, removed.text
    assert signing_in(own, "daibieu2").status_code == 200
    assert code_of(admin.delete(f"/users/{member.id}/second-factor")) == "no_second_factor"
    assert code_of(member.delete(f"/users/{admin.id}/second-factor")) == "not_allowed"
    login = own.made.logins.get("quantri", "quantri")
    done = task(own.made.data, login)
    assert done.returncode == 0, done.stderr
    assert signing_in(own, "quantri").status_code == 200
    again = task(own.made.data, login)
    assert again.returncode == 2
    assert login in again.stderr


def task(data: Path, username: str) -> "subprocess.CompletedProcess[str]":
    """./run remove-second-factor, as it starts the program."""
    words = [sys.executable, "app.py", "remove-second-factor", "--data", str(data)]
    words += ["--username", username]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


def test_wrong_codes_are_among_the_sign_ins_of_the_audit(own: RealServer):
    member, admin = own.sign_in("daibieu2"), own.sign_in("quantri")
    enrolled(member)
    assert code_of(signing_in(own, "daibieu2", "000000")) == "wrong_code"
    enrolled(admin)

    def shown() -> bool:
        found = admin.get("/audit", params={"kind": "sign_ins", "user_id": member.id}).json()
        return "refused.wrong_code" in [one["action"] for one in found["items"]]

    wait_until(shown, "the wrong code is in the audit")
    for person in (member, admin):
        assert person.delete(FACTOR).status_code == 200


def test_recovery_codes_are_stored_as_password_hashes(own: RealServer):
    enrolled(own.sign_in("daibieu2"))
    with closing(sqlite3.connect(own.made.data / "dienhong.sqlite3")) as database:
        stored = [row[0] for row in database.execute("SELECT code_hash FROM recovery_code")]
    assert stored
    assert all(one.startswith("$argon2id$") for one in stored)

"""Signing in and out against a real server: refusals in words, ends of sessions, limits."""

import hashlib
import time
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import requests
from sqlalchemy import select

from accounts.shared.models import SignIn
from core import clock
from core.db.database import Database
from core.db.models import IdempotentAnswer
from tests.factories import PASSWORD
from tests.server.conftest import Room
from tests.server.real_server import Person, RealServer, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

_numbers = count(1)


def refused(answer: requests.Response, status: int, code: str) -> dict[str, Any]:
    """Check that an answer is this refusal, in words; answers the problem."""
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["code"]) == (status, code), answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert problem["detail"] != f"error.{code}"
    return problem


def newcomer(admin: Person, **facts: Any) -> tuple[Person, str]:
    """A new account and its one-time password."""
    username = f"nguoi.moi.{next(_numbers)}"
    answer = admin.post("/users", username=username, display_name="Người Mới", **facts)
    assert answer.status_code == 201, answer.text
    person = Person(admin.server, username)
    person.id = answer.json()["id"]
    return person, answer.json()["initial_password"]


def current_sign_in(person: Person) -> str:
    """The id of the sign-in that a person's session uses."""
    items = person.get("/sessions").json()["items"]
    found: str = next(item["id"] for item in items if item["current"])
    return found


def database_of(server: RealServer) -> Database:
    """The server's own database, opened beside it."""
    data: Path = server.made.data
    return Database(f"sqlite:///{data / 'dienhong.sqlite3'}", data / "write.lock")


def set_expiry(server: RealServer, sign_in_id: str, left: timedelta) -> None:
    """As if the time had passed: a sign-in was last used long ago."""
    database = database_of(server)
    with database.write() as session:
        row = session.scalars(select(SignIn).where(SignIn.id == sign_in_id)).one()
        row.expires_at = clock.now() + left
        row.last_seen_at = row.expires_at - timedelta(hours=12)
        database.commit(session)
    database.close()


def joined_room(server: RealServer, sign_in_id: str) -> str | None:
    """The room that a sign-in joined last, as stored."""
    database = database_of(server)
    with database.read() as session:
        found = session.get_one(SignIn, sign_in_id).room_id
    database.close()
    return found


@pytest.fixture
def admin(people: dict[str, Person]) -> Person:
    return people["quantri"]


def test_a_sign_in_gives_the_person_and_a_careful_cookie(server: RealServer):
    person = Person(server, "thuky")
    answer = person.post("/session", username="  THUKY ", password=PASSWORD)
    assert answer.status_code == 200, answer.text
    body = answer.json()
    assert body["user"] == {
        "id": person.id,
        "username": "thuky",
        "display_name": "Thuky",
        "is_admin": False,
    }
    cookie = next(c for c in answer.headers["Set-Cookie"].split(",") if "dienhong_session" in c)
    assert cookie.strip().startswith("dienhong_session=")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "SameSite=Lax" in answer.headers["Set-Cookie"]
    again = person.get("/session").json()
    assert again["user"] == body["user"]
    assert "Set-Cookie" not in person.get("/session").headers


@pytest.mark.parametrize("username", ["thuky", "khong.co.ai"])
def test_a_wrong_password_and_an_unknown_name_look_the_same(server: RealServer, username: str):
    answer = Person(server, username).post("/session", username=username, password="sai-mat-khau")
    problem = refused(answer, 401, "invalid_credentials")
    assert problem["detail"].startswith("Tài khoản hoặc mật khẩu chưa đúng")


def test_refusals_speak_the_language_of_the_client(server: RealServer):
    stranger = Person(server, "thuky")
    stranger.http.headers["Accept-Language"] = "en"
    answer = stranger.post("/session", username="thuky", password="wrong")
    assert refused(answer, 401, "invalid_credentials")["detail"].startswith("The user name")


def test_without_a_sign_in_the_api_says_so_and_a_page_asks_for_it(server: RealServer):
    nobody = Person(server, "thuky")
    refused(nobody.get("/session"), 401, "not_signed_in")
    refused(nobody.post("/users", username="x", display_name="X"), 401, "not_signed_in")
    page = nobody.get(f"{server.url}/people?q=an", allow_redirects=False)
    assert page.status_code == 302
    assert page.headers["Location"] == "/sign-in?next=/people%3Fq%3Dan"
    assert nobody.get(f"{server.url}/sign-in").status_code == 200


@pytest.mark.parametrize("onward", ["//evil.example/", "/\\evil.example", "https://evil.example"])
def test_signing_in_never_leads_elsewhere(server: RealServer, admin: Person, onward: str):
    page = admin.get(f"{server.url}/sign-in", params={"next": onward}, allow_redirects=False)
    assert (page.status_code, page.headers["Location"]) == (302, "/")


def test_signing_in_takes_json_from_our_own_pages_only(server: RealServer):
    someone = Person(server, "thuky")
    body = {"username": "thuky", "password": PASSWORD}
    refused(someone.call("POST", "/session", data=body), 400, "malformed_request")
    foreign = someone.call("POST", "/session", json=body, headers={"Origin": "http://evil.example"})
    refused(foreign, 403, "csrf_failed")
    own = someone.call("POST", "/session", json=body, headers={"Origin": server.url})
    assert own.status_code == 200, own.text


def test_unsafe_requests_need_the_token(server: RealServer):
    person = server.sign_in("thuky")
    token = str(person.http.headers.pop("X-CSRF-Token"))
    refused(person.delete("/session"), 403, "csrf_failed")
    person.http.headers["X-CSRF-Token"] = f"{token}x"
    refused(person.delete("/session"), 403, "csrf_failed")
    person.http.headers["X-CSRF-Token"] = server.sign_in("thuky").http.headers["X-CSRF-Token"]
    refused(person.delete("/session"), 403, "csrf_failed")
    person.http.headers["X-CSRF-Token"] = token
    assert person.delete("/session").status_code == 204
    refused(person.get("/session"), 401, "not_signed_in")


def test_a_kept_cookie_is_worth_nothing_after_signing_out(server: RealServer):
    person = server.sign_in("thuky")
    kept = person.http.cookies.copy()
    person.delete("/session")
    person.http.cookies.update(kept)
    refused(person.get("/session"), 401, "session_revoked")


def test_an_expired_sign_in_is_refused_and_the_page_says_why(server: RealServer):
    person = server.sign_in("nguoila")
    set_expiry(server, current_sign_in(person), -timedelta(minutes=1))
    refused(person.get("/session"), 401, "session_expired")
    assert '"expired": true' in person.get(f"{server.url}/sign-in").text
    person.sign_in()
    assert person.get("/session").status_code == 200


def test_use_moves_the_expiry_on(server: RealServer):
    person = server.sign_in("nguoila")
    sign_in_id = current_sign_in(person)
    set_expiry(server, sign_in_id, timedelta(minutes=5))
    person.get("/session")

    def moved_on() -> bool:
        (item,) = [one for one in person.get("/sessions").json()["items"] if one["current"]]
        expires_at: str = item["expires_at"]
        return expires_at > (clock.now() + timedelta(hours=11)).isoformat()

    deadline = time.monotonic() + 20
    while not moved_on():
        assert time.monotonic() < deadline, "the expiry has not moved on"
        time.sleep(0.2)


def test_a_sign_in_stays_awake_while_its_meeting_is_in_session(room: Room, server: RealServer):
    member = server.sign_in(room.member.username)
    tablet = member.tablet(room.id)
    tablet.join()
    wait_until(lambda: joined_room(server, current_sign_in(member)) == room.id, "it is recorded")
    set_expiry(server, current_sign_in(member), -timedelta(hours=20))
    assert member.get("/session").status_code == 200
    # Whoever calls a meeting with everybody in it awakes no sign-in that did not join it.
    elsewhere = server.sign_in(room.member.username)
    set_expiry(server, current_sign_in(elsewhere), -timedelta(hours=20))
    refused(elsewhere.get("/session"), 401, "session_expired")
    sleeping = server.sign_in(room.member.username)
    set_expiry(server, current_sign_in(sleeping), -timedelta(days=8))
    refused(sleeping.get("/session"), 401, "session_expired")


def test_a_device_is_signed_out_from_another(room: Room, server: RealServer):
    first, second = server.sign_in(room.other.username), server.sign_in(room.other.username)
    tablet = first.tablet(room.id)
    ended = current_sign_in(first)
    assert second.delete(f"/sessions/{ended}").status_code == 200
    tablet.next("session.revoked")
    refused(first.get("/session"), 401, "session_revoked")
    assert ended not in [item["id"] for item in second.get("/sessions").json()["items"]]


def test_nobody_ends_the_sign_in_of_another(server: RealServer, admin: Person):
    person = server.sign_in("thuky")
    refused(admin.delete(f"/sessions/{current_sign_in(person)}"), 404, "not_found")
    assert person.get("/session").status_code == 200


def test_a_new_password_ends_the_other_sign_ins(admin: Person, server: RealServer):
    person, first = newcomer(admin)
    person.sign_in(first)
    other = Person(server, person.username).sign_in(first)
    change = {"current_password": first, "new_password": "bàn gỗ lim nặng"}
    wrong = person.post("/session/password", **{**change, "current_password": "sai"})
    refused(wrong, 422, "wrong_password")
    weak = person.post("/session/password", **{**change, "new_password": person.username})
    refused(weak, 422, "weak_password")
    for _repeat in range(2):
        headers = {"Idempotency-Key": "doi-mat-khau"}
        done = person.call("POST", "/session/password", json=change, headers=headers)
        assert done.status_code == 200, done.text
    assert person.get("/session").status_code == 200
    refused(other.get("/session"), 401, "session_revoked")
    answer = other.post("/session", username=person.username, password=first)
    refused(answer, 401, "invalid_credentials")
    other.sign_in("bàn gỗ lim nặng")


def spellings(generated: str) -> tuple[str, str, str]:
    """What a person or a phone's keyboard makes of a generated password."""
    return generated.replace("-", ""), generated.upper(), f"{generated.capitalize()} "


def test_a_generated_password_is_accepted_without_dashes_and_in_capitals(admin: Person):
    person, first = newcomer(admin)
    for spelling in spellings(first):
        person.sign_in(spelling)
    again = admin.post(f"/users/{person.id}/password").json()["initial_password"]
    for spelling in spellings(again):
        person.sign_in(spelling)
    wrong = person.post("/session", username=person.username, password=first.upper())
    refused(wrong, 401, "invalid_credentials")
    chosen = {"current_password": again.replace("-", "").upper(), "new_password": first}
    assert person.post("/session/password", **chosen).status_code == 200
    # The same characters, chosen by the person: they are exact from now on, but for spaces around
    # them. (One in four begins with a figure, which has no capital.)
    for spelling in (one for one in spellings(first) if one.strip() != first):
        exact = person.post("/session", username=person.username, password=spelling)
        refused(exact, 401, "invalid_credentials")
        own = person.post("/session/password", current_password=spelling, new_password=again)
        refused(own, 422, "wrong_password")
    person.sign_in(first)
    assert admin.post(f"/users/{person.id}/password", password=again).status_code == 200
    given = person.post("/session", username=person.username, password=again.upper())
    refused(given, 401, "invalid_credentials")


def test_a_one_time_password_is_answered_once(admin: Person, server: RealServer):
    body = {"username": "mot.lan", "display_name": "Một Lần"}
    headers = {"Idempotency-Key": "them-nguoi"}
    first, repeat = (admin.call("POST", "/users", json=body, headers=headers) for _ in "12")
    assert (first.status_code, repeat.status_code) == (201, 201)
    secret = first.json()["initial_password"]
    assert repeat.json() == {**first.json(), "initial_password": None}
    Person(server, "mot.lan").sign_in(secret)
    other = admin.call("POST", "/users", json={**body, "position": "Khác"}, headers=headers)
    refused(other, 409, "idempotency_conflict")
    refused(admin.call("POST", "/users", json=body), 409, "username_taken")


def test_no_plain_hash_of_a_password_is_kept(admin: Person, server: RealServer):
    body = b'{"username":"bi.mat","display_name":"B","password":"ghe may cu 4 chan"}'
    headers = {"Idempotency-Key": "bi-mat", "Content-Type": "application/json"}
    assert admin.call("POST", "/users", data=body, headers=headers).status_code == 201
    database = database_of(server)
    with database.read() as session:
        kept = session.scalars(select(IdempotentAnswer.body_sha256)).all()
    database.close()
    assert kept
    assert hashlib.sha256(body).hexdigest() not in kept


def test_a_closed_account_is_out_at_once(admin: Person):
    person, secret = newcomer(admin)
    person.sign_in(secret)
    assert admin.patch(f"/users/{person.id}", active=False).status_code == 200
    refused(person.get("/session"), 401, "session_revoked")
    answer = person.post("/session", username=person.username, password=secret)
    refused(answer, 403, "account_inactive")
    assert admin.patch(f"/users/{person.id}", active=True).status_code == 200
    person.sign_in(secret)


def test_a_person_in_the_records_is_kept(admin: Person):
    unused, _secret = newcomer(admin)
    assert admin.delete(f"/users/{unused.id}").json() == {"id": unused.id, "deleted": True}
    used, secret = newcomer(admin)
    used.sign_in(secret)
    assert admin.delete(f"/users/{used.id}").json() == {"id": used.id, "deleted": False}
    refused(used.get("/session"), 401, "session_revoked")


def test_one_administrator_remains(admin: Person):
    refused(admin.patch(f"/users/{admin.id}", is_admin=False), 409, "last_admin")
    refused(admin.patch(f"/users/{admin.id}", active=False), 409, "last_admin")
    refused(admin.delete(f"/users/{admin.id}"), 409, "last_admin")
    second, secret = newcomer(admin, is_admin=True)
    second.sign_in(secret)
    own = {"current_password": secret, "new_password": "đường dài hoa sữa 26"}
    assert second.post("/session/password", **own).status_code == 200
    assert second.patch(f"/users/{admin.id}", is_admin=False).status_code == 200
    refused(admin.get("/users"), 403, "not_allowed")
    assert second.patch(f"/users/{admin.id}", is_admin=True).status_code == 200
    assert admin.patch(f"/users/{second.id}", active=False).status_code == 200


def test_guessing_waits_longer_and_longer_and_the_person_still_gets_in(server: RealServer):
    def try_with(password: str) -> requests.Response:
        return Person(server, "khachmoi").post("/session", username="khachmoi", password=password)

    owner = server.sign_in("khachmoi")
    # Ten wrong tries do not lock the right password out, on a device that nobody knows.
    assert [try_with(f"sai-{n}").status_code for n in range(10)] == [401] * 10
    assert try_with(PASSWORD).status_code == 200
    answers = [try_with(f"sai-{n}") for n in range(12)]
    assert [answer.status_code for answer in answers] == [401] * 11 + [429]
    refused(answers[-1], 429, "too_many_tries")
    assert int(answers[-1].headers["Retry-After"]) == 1
    refused(try_with(PASSWORD), 429, "too_many_tries")
    # On a device where this person signed in before, strangers' guesses do not count.
    owner.delete("/session")
    owner.sign_in()
    server.sign_in("thuky")
    time.sleep(1.1)
    assert try_with(PASSWORD).status_code == 200

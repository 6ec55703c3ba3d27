"""Ballots that are cast before Flask: the same answers, and whatever Flask refuses is refused."""

import socket
from collections.abc import Mapping

import pytest
import requests

from tests.server.conftest import Room
from tests.server.core.test_fast_reads import FLASK, headers_of
from tests.server.documents.test_image_fast_path import metric
from tests.server.real_server import Person
from tests.server.voting.vote_steps import here, opened

pytestmark = pytest.mark.slow

TOKEN = "X-CSRF-Token"


@pytest.fixture
def poll(room: Room) -> str:
    here(room, room.member, room.other)
    return opened(room)


def fast_actions(room: Room) -> float:
    """How many the server has performed before Flask."""
    return metric(room.server, "dienhong_fast_actions_total")


def cast(
    person: Person,
    poll: str,
    more: str = "",
    headers: Mapping[str, str | None] = {},
    body: object = None,
) -> requests.Response:
    sent = {"choice": "for"} if body is None else body
    return person.call("POST", f"/polls/{poll}/ballots{more}", json=sent, headers=dict(headers))


def test_first_and_repeated_ballots_are_answered_as_by_flask(room: Room, poll: str):
    before = fast_actions(room)
    first, repeated = cast(room.member, poll), cast(room.member, poll)
    assert fast_actions(room) == before + 2
    by_flask = cast(room.member, poll, FLASK)
    other = cast(room.other, poll, FLASK)
    assert fast_actions(room) == before + 2
    assert (first.status_code, first.reason) == (other.status_code, other.reason)
    assert (repeated.status_code, repeated.content) == (by_flask.status_code, by_flask.content)
    assert first.content == repeated.content
    assert headers_of(repeated) == headers_of(by_flask)
    assert [name for name, _ in headers_of(first)] == [name for name, _ in headers_of(other)]


@pytest.mark.parametrize("given", [None, "", "x", "a.b.c", "of another person", "ă"])
def test_without_the_token_of_the_session_nothing_is_cast(room: Room, poll: str, given: str | None):
    # Right for somebody who is signed in, but elsewhere.
    another = str(room.other.http.headers[TOKEN])
    token = another if given == "of another person" else given
    headers = {TOKEN: token.encode().decode("latin-1") if token else token}
    for more in ("", FLASK):
        answer = cast(room.member, poll, more, headers)
        assert (answer.status_code, answer.json()["code"]) == (403, "csrf_failed")
    assert room.member.get(f"/polls/{poll}/ballots/mine").json()["ballot"] is None


def test_a_token_alone_casts_nothing_for_its_owner(room: Room, poll: str):
    own = dict(room.member.http.headers)
    url = f"{room.server.url}/api/v1/polls/{poll}/ballots"
    for cookies in ({}, {"dienhong_session": "forged"}, {"dienhong_session": "a.b.c"}):
        answer = requests.post(
            url, json={"choice": "for"}, headers=own, cookies=cookies, timeout=10
        )
        assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")
    assert room.member.get(f"/polls/{poll}/ballots/mine").json()["ballot"] is None


def test_a_revoked_sign_in_casts_nothing(room: Room, poll: str):
    person = room.server.sign_in(room.member.username)
    cookies = person.http.cookies.copy()
    assert cast(person, poll).ok
    assert person.delete("/session").status_code == 204
    person.http.cookies = cookies
    for more in ("", FLASK):
        assert cast(person, poll, more).json()["code"] == "session_revoked"


@pytest.mark.parametrize("who", ["secretary", "guest", "stranger", "admin"])
def test_who_may_not_vote_is_refused_as_by_flask(room: Room, poll: str, who: str):
    person: Person = getattr(room, who)
    fast, flask = cast(person, poll), cast(person, poll, FLASK)
    assert fast.status_code == flask.status_code >= 400
    assert fast.json()["code"] == flask.json()["code"]


@pytest.mark.parametrize(
    "body", [{}, [], {"choice": 7}, {"choice": "x" * 5000}, {"choice": "nobody"}, "for"]
)
def test_a_body_that_is_refused_is_refused_as_by_flask(room: Room, poll: str, body: object):
    fast = cast(room.member, poll, body=body)
    flask = cast(room.member, poll, FLASK, body=body)
    assert (fast.status_code, flask.status_code) == (422, 422)
    assert {**fast.json(), "detail": ""} == {**flask.json(), "detail": ""}


def test_a_key_answers_the_same_and_refuses_another_body(room: Room, poll: str):
    key = {"Idempotency-Key": "one"}
    first, again = (cast(room.member, poll, headers=key) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content == cast(room.member, poll, FLASK, key).content
    for more in ("", FLASK):
        other = cast(room.member, poll, more, key, {"choice": "against"})
        assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")
    bad = cast(room.member, poll, headers={"Idempotency-Key": "k" * 65})
    assert bad.status_code == 422


def test_a_body_that_ends_early_casts_nothing(room: Room, poll: str):
    cookie = "; ".join(f"{one.name}={one.value}" for one in room.member.http.cookies)
    head = (
        f"POST /api/v1/polls/{poll}/ballots HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {cookie}\r\n"
        f"{TOKEN}: {room.member.http.headers[TOKEN]!s}\r\nContent-Type: application/json\r\n"
        "Content-Length: 40\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", room.server.port)) as line:
        # Whole JSON, but less of it than was announced.
        line.sendall(head.encode() + b'{"choice":"for"}')
        line.shutdown(socket.SHUT_WR)
        assert b" 201 " not in line.recv(4096)
    assert room.member.get(f"/polls/{poll}/ballots/mine").json()["ballot"] is None

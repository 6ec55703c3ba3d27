"""The reads that are answered before Flask: the same answers and refusals, and nothing stale."""

from collections.abc import Callable

import pytest
import requests

from tests.server.conftest import Room, make_room
from tests.server.documents.test_image_fast_path import metric
from tests.server.real_server import Person, RealServer

pytestmark = pytest.mark.slow

FLASK = "?all"
"""A query leaves the request to Flask."""
OF_ITS_OWN = {"X-Request-Id", "Date"}
PATHS: dict[str, Callable[[Room], str]] = {
    "list": lambda room: "/meetings",
    "meeting": lambda room: f"/meetings/{room.id}",
    "document": lambda room: f"/documents/{room.document}",
    "description": lambda room: "/openapi.json",
}


@pytest.fixture(scope="module")
def room(server: RealServer, people: dict[str, Person]) -> Room:
    return make_room(server, people)


def headers_of(answer: requests.Response) -> list[tuple[str, str]]:
    raw = answer.raw.headers.items()
    return sorted((name, value) for name, value in raw if name not in OF_ITS_OWN)


def both(person: Person, path: str, **headers: str) -> requests.Response:
    """Ask the fast path and Flask; they must agree. The fast path's answer."""
    fast, flask = (person.call("GET", path + more, headers=headers) for more in ("", FLASK))
    assert fast.status_code == flask.status_code
    if fast.ok:
        assert fast.content == flask.content
    else:
        assert fast.json()["code"] == flask.json()["code"]
    assert headers_of(fast) == headers_of(flask)
    return fast


def answered_fast(person: Person, path: str) -> bool:
    """Whether the fast path answers this."""
    before = metric(person.server, "dienhong_fast_reads_total")
    assert person.get(path).ok
    return metric(person.server, "dienhong_fast_reads_total") > before


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("who", ["secretary", "chair", "member", "guest", "stranger", "admin"])
def test_everybody_gets_what_flask_answers(room: Room, name: str, who: str):
    both(getattr(room, who), PATHS[name](room))


@pytest.mark.parametrize("name", PATHS)
def test_plain_reads_are_answered_before_flask_and_others_by_it(room: Room, name: str):
    path = PATHS[name](room)
    assert answered_fast(room.member, path)
    assert not answered_fast(room.member, path + FLASK)


def test_what_does_not_exist_is_refused_as_by_flask(room: Room):
    for path in ("/meetings/none", "/documents/none", "/meetings/a%2Fb", "/documents/%C4%91"):
        assert both(room.member, path).status_code == 404


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("cookie", ["", "x=y", "dienhong_session=forged", "dienhong_session="])
def test_without_a_sign_in_the_refusal_is_flasks(room: Room, name: str, cookie: str):
    nobody = Person(room.server, "nobody")
    answer = both(nobody, PATHS[name](room), Cookie=cookie)
    assert (answer.status_code, answer.json()["code"]) == (401, "not_signed_in")


def test_a_revoked_sign_in_reads_nothing_more(room: Room, server: RealServer):
    person = server.sign_in("daibieu1")
    assert person.get("/meetings").ok
    cookies = person.http.cookies.copy()
    assert person.delete("/session").status_code == 204
    person.http.cookies = cookies
    for path in PATHS.values():
        answer = both(person, path(room))
        assert (answer.status_code, answer.json()["code"]) == (401, "session_revoked")


def test_changes_are_read_at_once(room: Room):
    path = f"/meetings/{room.id}"
    for title in ("Một", "Hai", "Ba"):
        room.secretary.patch(path, title=title)
        assert room.member.get(path).json()["title"] == title
        assert title in [one["title"] for one in room.member.get("/meetings").json()["items"]]
        room.secretary.patch(f"/documents/{room.document}", title=title)
        assert room.member.get(f"/documents/{room.document}").json()["title"] == title


def test_who_leaves_the_meeting_reads_nothing_more_of_it(room: Room):
    path = f"/meetings/{room.id}/participants/{room.other.id}"
    assert room.other.get(f"/documents/{room.document}").ok
    assert room.secretary.delete(path).status_code == 204
    try:
        for name in ("meeting", "document"):
            assert both(room.other, PATHS[name](room)).status_code == 403
    finally:
        assert room.secretary.put(path, role="member").ok


def test_a_member_who_becomes_a_guest_loses_what_guests_may_not_read(room: Room):
    path = f"/meetings/{room.id}/participants/{room.other.id}"
    assert both(room.other, f"/documents/{room.document}").ok
    assert room.secretary.put(path, role="guest").ok
    try:
        assert both(room.other, f"/documents/{room.document}").status_code == 404
    finally:
        assert room.secretary.put(path, role="member").ok

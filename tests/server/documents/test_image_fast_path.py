"""The gate before Flask: the same answers, and nobody reads a moment longer than without it."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests
from sqlalchemy import select

from accounts.shared.models import SignIn
from core import clock
from documents.http.image_fast_path import AccessGrant, Passes
from tests.factories import PASSWORD, small_pdf
from tests.server.accounts.test_sign_in import database_of, set_expiry
from tests.server.conftest import Room, add_paper, make_room
from tests.server.real_server import Person, RealServer, wait_until

pytestmark = pytest.mark.slow

OUT_WITHIN = 1.0
"""Seconds after which nobody reads any more who may not: what the product promises."""
FLASK = "&all"
"""A query that says more than a width is left to Flask."""
OF_ITS_OWN = {"X-Request-Id", "Date"}
ROUTE = "/api/v1/documents/<document_id>/versions/<int:number>/pages/<int:page>/image"


def image(document_id: str, page: int = 1, more: str = "") -> str:
    return f"/documents/{document_id}/versions/1/pages/{page}/image?width=1200{more}"


def both(person: Person, path: str, method: str = "GET", **headers: str) -> requests.Response:
    """Ask the gate and Flask for the same; they must agree. The gate's answer."""
    first, second = (person.call(method, path + more, headers=headers) for more in ("", FLASK))
    assert first.status_code == second.status_code
    assert first.content == second.content
    assert list_of(first) == list_of(second)
    for answer in (first, second):
        assert re.fullmatch(r"\w{12}", answer.headers["X-Request-Id"])
    return first


def list_of(answer: requests.Response) -> list[tuple[str, str]]:
    raw = answer.raw.headers.items()
    return sorted((name, value) for name, value in raw if name not in OF_ITS_OWN)


def metric(server: RealServer, name: str) -> float:
    """A figure of the server's own, 0 when it has not been counted yet."""
    text = requests.get(f"{server.url}/metrics", timeout=10).text
    found = re.search(rf"^{re.escape(name)} (\S+)$", text, re.M)
    return float(found[1]) if found else 0.0


def by_gate(person: Person, path: str, method: str = "GET", **headers: str) -> bool:
    """Whether the gate answers this."""
    before = metric(person.server, "dienhong_page_gate_answers_total")
    person.call(method, path, headers=headers)
    return metric(person.server, "dienhong_page_gate_answers_total") > before


def answers(server: RealServer, method: str, status: int) -> float:
    """How many answers of the route the metrics know."""
    labels = f'{{method="{method}",route="{ROUTE}",status="{status}"}}'
    return metric(server, f"dienhong_http_seconds_count{labels}")


def reads(person: Person, path: str) -> bool:
    return person.get(path).status_code == 200


def until_out(person: Person, path: str) -> int:
    """Ask without a rest until it is refused; the status. Fails when somebody reads for longer than
    the product promises from now on."""
    since = time.monotonic()
    while True:
        asked = time.monotonic()
        answer = person.get(path)
        if answer.status_code != 200:
            return answer.status_code
        assert asked - since <= OUT_WITHIN, f"read {asked - since:.2f} s after it was taken away"


@pytest.mark.parametrize("who", ["secretary", "chair", "member", "other", "admin"])
def test_whoever_may_read_gets_what_flask_would_say(room: Room, who: str) -> None:
    person: Person = getattr(room, who)
    whole = both(person, image(room.document))
    assert whole.status_code == 200
    assert whole.headers["Cache-Control"] == "private, no-cache"
    assert whole.headers["Vary"] == "Cookie"
    assert by_gate(person, image(room.document))


def test_head_and_not_modified_say_what_flask_says(room: Room) -> None:
    whole = both(room.member, image(room.document))
    head = both(room.member, image(room.document), "HEAD")
    assert head.content == b""
    assert head.headers["Content-Length"] == str(len(whole.content))
    tag = {"If-None-Match": whole.headers["ETag"]}
    assert both(room.member, image(room.document), **tag).status_code == 304
    assert both(room.member, image(room.document), "HEAD", **tag).status_code == 304
    for method in ("GET", "HEAD"):
        assert by_gate(room.member, image(room.document), method)
        assert by_gate(room.member, image(room.document), method, **tag)


@pytest.mark.parametrize(
    "headers",
    [
        {"If-None-Match": '"another"'},
        {"If-None-Match": "*"},
        {"If-None-Match": 'W/"another", "third"'},
        {"If-Match": '"another"'},
        {"If-Modified-Since": "Wed, 21 Oct 2015 07:28:00 GMT"},
        {"Range": "bytes=0-9"},
        {"Range": "bytes=0-9", "If-Range": '"another"'},
    ],
)
def test_conditions_that_are_not_plain_are_left_to_flask(
    room: Room, headers: dict[str, str]
) -> None:
    both(room.member, image(room.document), **headers)
    assert not by_gate(room.member, image(room.document), **headers)


@pytest.mark.parametrize(
    "query",
    ["width=0", "width=-1", "width=01200", "width=100001", "width=x", "width=", "width", "w=1",
     "width=1200&width=2400", "width=1200;", "width=1200%00", "=", "&"],
)  # fmt: skip
def test_queries_that_are_not_plain_are_left_to_flask(room: Room, query: str) -> None:
    path = f"/documents/{room.document}/versions/1/pages/1/image?{query}"
    both(room.member, path)
    assert not by_gate(room.member, path)


@pytest.mark.parametrize("query", ["", "?width=1", "?width=1200", "?width=1201", "?width=100000"])
def test_plain_queries_get_the_width_that_flask_would_give(room: Room, query: str) -> None:
    path = f"/documents/{room.document}/versions/1/pages/1/image"
    assert room.secretary.get(f"{path}{query}").status_code == 200  # drawn, if it was not
    by_flask = room.secretary.get(f"{path}{query or '?'}&all")
    by_the_gate = room.secretary.get(f"{path}{query}")
    assert by_the_gate.headers["ETag"] == by_flask.headers["ETag"]
    assert by_the_gate.content == by_flask.content
    assert by_gate(room.secretary, f"{path}{query}")


@pytest.mark.parametrize(
    "place",
    ["versions/01/pages/1", "versions/1/pages/01", "versions/1/pages/0", "versions/0/pages/1",
     "versions/2/pages/1", "versions/1/pages/4", "versions/1/pages/99999", "versions/1/pages/-1",
     "versions/1/pages/1/../2", "versions/1/pages//1", "versions/%31/pages/1",
     "versions/999999/pages/1", "versions/1/pages/1e0"],
)  # fmt: skip
def test_odd_places_are_answered_as_by_flask(room: Room, place: str) -> None:
    both(room.member, f"/documents/{room.document}/{place}/image?width=1200")


def test_other_methods_are_refused_in_words(room: Room) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = room.member.call(method, image(room.document))
        assert answer.status_code == 405, answer.text
        assert answer.json()["code"] == "method_not_allowed"


def test_both_ways_are_counted_under_one_route(room: Room) -> None:
    before = answers(room.server, "GET", 200)
    both(room.member, image(room.document))
    assert answers(room.server, "GET", 200) == before + 2


def test_nobody_and_strangers_are_refused_in_words(room: Room) -> None:
    nobody = Person(room.server, "")
    for person, status in ((nobody, 401), (room.stranger, 403), (room.guest, 404)):
        assert by_gate(room.member, image(room.document))
        answer = both(person, image(room.document))
        assert answer.status_code == status
        assert answer.json()["status"] == status
        tag = {"If-None-Match": room.member.get(image(room.document)).headers["ETag"]}
        assert person.get(image(room.document), headers=tag).status_code == status
        assert not by_gate(person, image(room.document), **tag)


def test_a_cookie_that_was_changed_is_nobodys(room: Room) -> None:
    cookie = f"dienhong_session={room.member.http.cookies['dienhong_session']}"
    # The last letter holds fewer bits than a letter does: some others mean the same.
    other_sign = cookie[:-2] + ("y" if cookie[-2] == "x" else "x") + cookie[-1]
    changed = [other_sign, cookie[:40], f"{cookie}x", "dienhong_session=", "x" * 5_000]
    path = f"{room.server.url}/api/v1{image(room.document)}"
    assert requests.get(path, headers={"Cookie": cookie}, timeout=10).status_code == 200
    for other in changed:
        assert requests.get(path, headers={"Cookie": other}, timeout=10).status_code == 401
    both_of_them = f"{changed[0]}; {cookie}"
    assert (
        requests.get(path, headers={"Cookie": both_of_them}, timeout=10).status_code
        == requests.get(path + FLASK, headers={"Cookie": both_of_them}, timeout=10).status_code
    )


def test_drafts_are_for_the_staff(room: Room) -> None:
    draft = add_paper(room.secretary, room.items[0], small_pdf(2, "nhap"))
    for person, status in ((room.secretary, 200), (room.chair, 200), (room.member, 404)):
        assert both(person, image(draft)).status_code == status
    assert room.secretary.post(f"/documents/{draft}/publish").ok
    assert both(room.member, image(draft)).status_code == 200


def test_another_meetings_paper_is_not_for_this_one(
    room: Room, server: RealServer, people: dict[str, Person]
) -> None:
    """The paper of a meeting in which this person has no part, though it is the same file."""
    elsewhere = make_room(server, people)
    path = f"/meetings/{elsewhere.id}/participants/{room.other.id}"
    assert room.secretary.delete(path).ok
    assert by_gate(room.other, image(room.document))
    assert both(room.other, image(elsewhere.document)).status_code == 403


def test_a_page_that_is_not_drawn_is_drawn_and_then_answered_by_the_gate(room: Room) -> None:
    path = image(room.document, 2).replace("1200", "2400")
    assert both(room.member, path).status_code == 200
    assert by_gate(room.member, path)


@pytest.fixture
def somebody(room: Room, server: RealServer) -> Iterator[Person]:
    """The member once more, on a device of their own, who is just reading."""
    made = server.sign_in(room.member.username)
    assert reads(made, image(room.document))
    assert by_gate(made, image(room.document))
    yield made
    made.http.close()


def test_a_revoked_sign_in_reads_no_longer_than_a_second(room: Room, somebody: Person) -> None:
    devices = somebody.get("/sessions").json()["items"]
    own = next(device["id"] for device in devices if device["current"])
    assert reads(somebody, image(room.document))
    assert room.member.delete(f"/sessions/{own}").status_code == 200
    assert until_out(somebody, image(room.document)) == 401
    assert reads(room.member, image(room.document))


def test_who_signs_out_reads_no_longer_than_a_second(room: Room, somebody: Person) -> None:
    cookie = {"Cookie": f"dienhong_session={somebody.http.cookies['dienhong_session']}"}
    assert somebody.delete("/session").status_code == 204
    again = Person(room.server, "")
    again.http.headers.update(cookie)
    assert until_out(again, image(room.document)) == 401


def test_an_account_that_is_closed_reads_no_longer_than_a_second(
    room: Room, server: RealServer
) -> None:
    made = room.admin.post("/users", username="tamthoi", display_name="Tạm", password=PASSWORD)
    assert made.status_code == 201, made.text
    path = f"/meetings/{room.id}/participants/{made.json()['id']}"
    assert room.secretary.put(path, role="member").status_code == 200
    person = server.sign_in("tamthoi")
    assert by_gate(person, image(room.document))
    assert room.admin.delete(f"/users/{made.json()['id']}").ok
    assert until_out(person, image(room.document)) == 401


def test_who_leaves_the_meeting_reads_no_longer_than_a_second(room: Room, somebody: Person) -> None:
    path = f"/meetings/{room.id}/participants/{somebody.server.made.people['daibieu1']}"
    assert room.secretary.delete(path).ok
    assert until_out(somebody, image(room.document)) == 403


def test_who_becomes_a_guest_reads_no_longer_than_a_second(room: Room, somebody: Person) -> None:
    path = f"/meetings/{room.id}/participants/{somebody.server.made.people['daibieu1']}"
    assert room.secretary.put(path, role="guest").status_code == 200
    assert until_out(somebody, image(room.document)) == 404


def test_a_paper_that_is_recalled_is_read_no_longer_than_a_second(
    room: Room, somebody: Person
) -> None:
    assert room.secretary.delete(f"/documents/{room.document}").status_code == 204
    assert until_out(somebody, image(room.document)) == 404


def test_a_paper_closed_to_guests_is_read_no_longer_than_a_second(room: Room) -> None:
    path = f"/documents/{room.document}"
    assert room.secretary.patch(path, open_to_guests=True).ok
    assert by_gate(room.guest, image(room.document))
    assert room.secretary.patch(path, open_to_guests=False).ok
    assert until_out(room.guest, image(room.document)) == 404


def test_a_new_right_is_there_at_once(room: Room) -> None:
    assert room.guest.get(image(room.document)).status_code == 404
    assert room.secretary.patch(f"/documents/{room.document}", open_to_guests=True).ok
    assert room.guest.get(image(room.document)).status_code == 200


def test_what_the_gate_answers_counts_as_use_of_a_sign_in(
    room: Room, server: RealServer, somebody: Person
) -> None:
    """A tablet that only fetches pages must not fall asleep."""
    devices = somebody.get("/sessions").json()["items"]
    own = next(device["id"] for device in devices if device["current"])
    set_expiry(server, own, timedelta(hours=1))
    wait_until(lambda: by_gate(somebody, image(room.document)), "the gate answers")
    database = database_of(server)

    def used_just_now() -> bool:
        assert reads(somebody, image(room.document))
        with database.read() as session:
            seen_at = session.scalars(select(SignIn.last_seen_at).where(SignIn.id == own)).one()
        return clock.now() - seen_at < timedelta(minutes=1)

    wait_until(used_just_now, "the use is written down")
    database.close()


def test_passes_are_bounded_and_end() -> None:
    passes = Passes(most=3)
    holds = time.monotonic() + 60
    for number in range(10):
        passes.give((f"cookie{number}", "paper", 1), AccessGrant("a", 1, holds))
    assert len(passes) == 3
    assert passes.find(("cookie9", "paper", 1)) == AccessGrant("a", 1, holds)
    assert passes.find(("cookie9", "paper", 2)) is None
    assert passes.find(("cookie0", "paper", 1)) is None
    over = AccessGrant("a", 1, time.monotonic())
    passes.give(("late", "paper", 1), over)
    assert passes.find(("late", "paper", 1)) is None


def test_passes_that_are_over_are_forgotten() -> None:
    passes = Passes()
    for number in range(10):
        passes.give((f"cookie{number}", "paper", 1), AccessGrant("a", 1, time.monotonic() - 1))
    passes.give(("now", "paper", 1), AccessGrant("a", 1, time.monotonic() + 60))
    assert len(passes) == 1

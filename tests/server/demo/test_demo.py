"""The demo's seats: loopback only, a person each whatever cookies arrive, links that work once."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
import socketio

from demo.seats import SeatLayer, Seats
from tests.browser.demo_server import DemoServer
from tests.server.real_server import wait_until

pytestmark = pytest.mark.slow

SEATS = ("secretary", "chair", "member-1", "member-2")
ELSEWHERE = ("192.0.2.7", "10.1.2.3", "::ffff:192.0.2.7", "fd00::7", "127.0.0.1.example", "")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """The demo, seeded and running."""
    running = DemoServer.seeded(tmp_path_factory.mktemp("demo"))
    yield running
    running.stop()


def get(demo: DemoServer, path: str, **more: Any) -> requests.Response:
    return requests.get(f"{demo.url}{path}", timeout=20, allow_redirects=False, **more)


def person_of(demo: DemoServer, seat: str, **more: Any) -> str:
    """Who sits there, as the seat's own API says."""
    answer = get(demo, f"/as/{seat}/api/v1/session", **more)
    assert answer.status_code == 200, answer.text
    return str(answer.json()["user"]["username"])


class Passed:
    """An app that only remembers what came through to it."""

    def __init__(self) -> None:
        self.paths: list[str] = []

    def __call__(self, environ: dict[str, Any], start: Any) -> list[bytes]:
        self.paths.append(environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"])
        start("200 OK", [])
        return [b""]


def ask(path: str, address: str, host: str = "127.0.0.1:8080") -> tuple[str, list[str]]:
    """The layer's answer to a request of this address, and what the app saw of it."""
    said: list[str] = []
    app = Passed()
    layer = SeatLayer(app, Seats(None, {}))  # type: ignore[arg-type]
    environ = {"PATH_INFO": path, "REMOTE_ADDR": address, "HTTP_HOST": host}
    layer(environ, lambda status, _headers: said.append(status))
    return said[0], app.paths


@pytest.mark.parametrize("address", ELSEWHERE)
@pytest.mark.parametrize("path", ["/demo", "/demo/state", "/demo/cut/chair", "/as/chair/", "/as/x"])
def test_another_machine_is_told_that_there_is_no_demo_room(path, address):
    assert ask(path, address) == ("404 Not Found", [])


def test_another_machine_reaches_the_product_and_the_page_for_phones():
    for path in ("/", "/phone/token", "/socket.io/", "/demonstration", "/assets"):
        assert ask(path, "192.0.2.7") == ("200 OK", [path])


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_machine_has_the_demo_room(address):
    assert ask("/demo", address) == ("200 OK", ["/demo"])


@pytest.mark.parametrize("host", ["localhost", "[::1]:8080", "LOCALHOST:8080"])
def test_it_may_be_opened_by_a_name_of_this_machine(host):
    assert ask("/demo", "127.0.0.1", host) == ("200 OK", ["/demo"])


@pytest.mark.parametrize("host", ["rebound.example:8080", "127.0.0.1.example", "", "[", "a@[::1"])
def test_a_foreign_name_of_this_machine_reaches_no_seat(host):
    """DNS rebinding: a page of that name would otherwise act for every seat."""
    assert ask("/as/chair/", "127.0.0.1", host) == ("404 Not Found", [])


def test_each_seat_is_a_person_of_its_own_below_its_own_path(demo: DemoServer):
    people = {seat: person_of(demo, seat) for seat in SEATS}
    assert len(set(people.values())) == len(SEATS)
    page = get(demo, "/as/chair/")
    assert 'data-root="/as/chair"' in page.text
    for cookie in page.headers.get("Set-Cookie", "").split(", dienhong"):
        assert "Path=/as/chair/" in cookie or not cookie
    assert get(demo, "/as/nobody/").status_code == 404


def test_a_cookie_of_somebody_else_never_takes_a_seat(demo: DemoServer):
    own = {seat: person_of(demo, seat) for seat in SEATS}
    admin = requests.Session()
    admin.trust_env = False
    signed_in = admin.post(f"{demo.url}/api/v1/session", json=demo.account("quantri"), timeout=20)
    assert signed_in.json()["user"]["username"] == "quantri"
    token = admin.cookies["dienhong_session"]
    admin.close()
    for seat in SEATS:
        for header in (
            f"dienhong_session={token}",
            f"dienhong_session={token}; dienhong_session=nonsense",
            "dienhong_session=; dienhong_session",
        ):
            assert person_of(demo, seat, headers={"Cookie": header}) == own[seat]
    assert get(demo, "/api/v1/session").status_code == 401


def test_a_seat_cut_off_answers_nothing_and_its_socket_closes_while_others_stay(demo: DemoServer):
    closed: list[object] = []
    sockets = {}
    for seat in ("member-1", "member-2"):
        sockets[seat] = client = socketio.Client(reconnection=False)
        client.on("disconnect", lambda *_why, seat=seat: closed.append(seat))
        client.connect(
            f"{demo.url}/?room={demo.meeting_id}",
            socketio_path=f"/as/{seat}/socket.io",
            transports=["websocket"],
        )
    with requests.Session() as window:
        token = window.get(f"{demo.url}/demo", timeout=20).text.split('"csrf_token": "', 1)[1]
        cut = window.post(
            f"{demo.url}/demo/cut/member-1",
            headers={"X-CSRF-Token": token.split('"', 1)[0]},
            timeout=20,
        )
    assert cut.status_code == 200, cut.text
    assert cut.json() == {"seconds": 15.0}
    assert get(demo, "/as/member-1/").status_code == 503
    assert get(demo, "/as/member-2/").status_code == 200
    assert get(demo, "/demo/state").json()["cut"] == ["member-1"]
    wait_until(lambda: closed == ["member-1"], "the seat's socket closes")
    sockets["member-2"].disconnect()


def test_the_phones_link_signs_in_once(demo: DemoServer):
    link = get(demo, "/demo/state").json()["phone_path"]
    first = get(demo, link)
    assert first.status_code == 302
    assert first.headers["Location"].endswith(f"/meetings/{demo.meeting_id}")
    cookies = {"dienhong_session": first.cookies["dienhong_session"]}
    phone = get(demo, "/api/v1/session", cookies=cookies)
    assert phone.json()["user"]["username"] == "doan.huu.nghia"
    again = get(demo, link)
    assert again.status_code == 410
    nobody = get(demo, "/api/v1/session", cookies=dict(again.cookies))
    assert nobody.status_code == 401
    assert get(demo, "/phone/wrong").status_code == 410
    assert get(demo, "/demo/state").json()["phone_path"] != link


def test_the_passwords_of_the_list_may_be_typed_without_dashes_and_in_capitals(demo: DemoServer):
    account = demo.account("quantri")
    for typed in (account["password"], account["password"].replace("-", "").upper()):
        body = {**account, "password": typed}
        answer = requests.post(f"{demo.url}/api/v1/session", json=body, timeout=20)
        assert answer.status_code == 200, answer.text


def test_frames_are_allowed_only_in_the_demo(demo: DemoServer):
    policy = get(demo, "/as/chair/").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in policy


def test_no_service_worker_stands_between_the_seats_of_one_browser(demo: DemoServer):
    assert get(demo, "/as/chair/service-worker.js").status_code == 404
    assert get(demo, "/service-worker.js").status_code == 404

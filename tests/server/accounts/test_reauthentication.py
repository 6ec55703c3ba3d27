"""Acts on other people's accounts need the own password again; generated ones are changed first."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.factories import PASSWORD, prepared
from tests.server.real_server import Person, RealServer

pytestmark = [pytest.mark.slow, pytest.mark.own_server]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealServer]:
    """A server whose database the tests edit."""
    folder = tmp_path_factory.mktemp("again")
    made = prepared(folder / "data", "thuky", "daibieu1")
    running = RealServer(made, folder / "server.log").start("web")
    yield running
    running.stop()


def let_minutes_pass(server: RealServer, minutes: int) -> None:
    """All passwords were given that much earlier."""
    with closing(sqlite3.connect(server.made.data / "dienhong.sqlite3")) as database:
        database.execute(
            "UPDATE sign_in SET password_at = password_at - ?", (minutes * 60 * 1_000_000,)
        )
        database.commit()


def acts_of(admin: Person, other: str) -> dict[str, int]:
    """The status of each act on somebody else's account."""
    return {
        "add": admin.post("/users", username="moi.tinh", display_name="Mới").status_code,
        "change": admin.patch(f"/users/{other}", position="Ủy viên").status_code,
        "password": admin.post(f"/users/{other}/password").status_code,
        "factor": admin.delete(f"/users/{other}/second-factor").status_code,
        "remove": admin.delete(f"/users/{other}").status_code,
    }


def test_after_ten_minutes_the_password_is_needed_for_acts_on_others(own: RealServer):
    admin, other = own.sign_in("quantri"), own.made.people["daibieu1"]
    assert admin.patch(f"/users/{other}", position="Ủy viên").status_code == 200
    let_minutes_pass(own, 9)
    assert admin.patch(f"/users/{other}", position="Ủy viên").status_code == 200
    let_minutes_pass(own, 2)
    assert set(acts_of(admin, other).values()) == {403}
    assert admin.patch(f"/users/{other}", position="").json()["code"] == "password_needed"
    own_factor = admin.post("/session/second-factor")
    assert own_factor.json()["code"] == "password_needed"
    # What is no act on an account goes on.
    assert admin.post("/units", name="Ban Pháp chế").status_code == 201
    assert admin.get("/users").status_code == 200


def test_a_clock_that_was_put_back_does_not_lengthen_the_ten_minutes(own: RealServer):
    admin, other = own.sign_in("quantri"), own.made.people["daibieu1"]
    let_minutes_pass(own, -60)
    assert admin.patch(f"/users/{other}", position="").json()["code"] == "password_needed"


def test_the_right_password_opens_ten_minutes_with_a_new_token(own: RealServer):
    admin, other = own.sign_in("quantri"), own.made.people["daibieu1"]
    let_minutes_pass(own, 11)
    (name,) = (one.name for one in admin.http.cookies if one.name.endswith("dienhong_session"))
    before = admin.http.cookies[name]
    wrong = admin.post("/session/confirmation", password="không phải")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong_password")
    assert admin.patch(f"/users/{other}", position="").json()["code"] == "password_needed"
    right = admin.post("/session/confirmation", password=PASSWORD)
    assert right.status_code == 200, right.text
    assert admin.http.cookies[name] != before
    # The page that asked goes on with the CSRF token that it has.
    assert admin.patch(f"/users/{other}", position="").status_code == 200
    thief = Person(own, "quantri")
    thief.http.cookies.set(name, before)
    # Requests under way with the old token are still answered, for half a minute.
    assert thief.get("/session").status_code == 200
    own.stop()
    own.start("web")
    assert thief.get("/session").status_code == 401
    assert admin.get("/session").status_code == 200


def test_a_generated_password_is_changed_before_anything_else(own: RealServer):
    admin = own.sign_in("quantri")
    made = admin.post("/users", username="pho.van.phong", display_name="Phó", is_admin=True).json()
    second = Person(own, "pho.van.phong").sign_in(made["initial_password"])
    for path in ("/users", "/meetings", "/units", "/openapi.json"):
        assert second.get(path).json()["code"] == "password_change_needed"
    refused = second.post("/units", name="Ban")
    assert refused.json()["code"] == "password_change_needed"
    page = second.http.get(f"{own.url}/people?x=1", timeout=20)
    assert page.url.endswith("/account")
    socket = second.http.get(f"{own.url}/socket.io/?EIO=4&transport=polling", timeout=20)
    assert socket.status_code in (400, 401, 403)
    changed = second.post(
        "/session/password",
        current_password=made["initial_password"],
        new_password="đường dài hoa sữa 26",
    )
    assert changed.status_code == 200, changed.text
    assert second.get("/users").status_code == 200


def test_a_member_keeps_the_password_on_the_slip(own: RealServer):
    admin = own.sign_in("quantri")
    made = admin.post("/users", username="dai.bieu.moi", display_name="Đại biểu").json()
    member = Person(own, "dai.bieu.moi").sign_in(made["initial_password"])
    assert member.get("/meetings").status_code == 200

"""The first run, people and units, against a real server."""

import html
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import PASSWORD, ROOT, Made
from tests.server.real_server import Person, RealServer

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

NAMES = ("Trần Thị Ân", "Nguyễn Văn An", "Lê Thị Ánh", "Trần Bảo An", "Đỗ Ngọc Quyên")
IN_ORDER = ["Nguyễn Văn An", "Trần Bảo An", "Lê Thị Ánh", "Trần Thị Ân", "Đỗ Ngọc Quyên"]


def set_up_path(data: Path) -> str | None:
    """What preparing a data folder shows as the path of its set-up link."""
    words = [sys.executable, "app.py", "prepare", "--data", str(data)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    path: str | None = json.loads(done.stdout.splitlines()[-1])["setup_path"]
    return path


def boot_of(page: str) -> dict[str, Any]:
    """The boot data of a page."""
    found = re.search(r'id="boot">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    boot: dict[str, Any] = json.loads(html.unescape(found.group(1)))
    return boot


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[RealServer]:
    """A server over a data folder in which nobody has an account."""
    data = tmp_path / "data"
    assert set_up_path(data)
    running = RealServer(Made(data, {}), tmp_path / "server.log").start()
    yield running
    running.stop()


def test_the_newest_set_up_link_makes_one_administrator(bare: RealServer):
    older, path = set_up_path(bare.made.data), set_up_path(bare.made.data)
    first = Person(bare, "quan.tri")
    assert first.get(f"{bare.url}{older}").status_code == 410
    boot = boot_of(first.get(f"{bare.url}{path}").text)
    first.http.headers["X-CSRF-Token"] = boot["csrf_token"]
    body = {
        "token": boot["setup_token"],
        "unit_name": "HĐND xã An Phú Tân",
        "username": "quan.tri",
        "display_name": "Quản Trị",
        "password": "quan.tri",
    }
    assert first.post("/setup", **body).json()["code"] == "weak_password"
    done = first.post("/setup", **{**body, "password": PASSWORD})
    assert done.status_code == 200, done.text
    first.http.headers["X-CSRF-Token"] = done.json()["csrf_token"]
    assert first.get("/session").json()["user"]["is_admin"] is True
    (unit,) = first.get("/units").json()["items"]
    assert unit["name"] == body["unit_name"]
    assert unit["full_name"] == "Hội đồng nhân dân xã An Phú Tân"
    changed = first.patch(f"/units/{unit['id']}", full_name="Hội đồng nhân dân xã Tân An Phú")
    assert changed.json()["full_name"] == "Hội đồng nhân dân xã Tân An Phú"
    assert changed.json()["name"] == body["unit_name"]
    again = first.post("/setup", **{**body, "password": PASSWORD})
    assert (again.status_code, again.json()["code"]) == (410, "setup_link_invalid")
    assert set_up_path(bare.made.data) is None


def test_people_are_found_without_accents_and_listed_by_given_name(people: dict[str, Person]):
    admin = people["quantri"]
    for number, name in enumerate(NAMES):
        added = admin.post("/users", username=f"tim.{number}", display_name=name, position="Tổ thử")
        assert added.status_code == 201, added.text
    listed: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = admin.get("/users", params={"q": "TO thu", "limit": "2", **cursor}).json()
        listed += [user["display_name"] for user in page["items"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert listed == IN_ORDER
    member = people["daibieu1"]
    (found,) = member.get("/people", params={"q": "quyen do"}).json()["items"]
    assert set(found) == {"id", "display_name", "position", "unit"}
    assert member.get("/users").json()["code"] == "not_allowed"
    assert member.get("/people", params={"cursor": "?"}).json()["code"] == "invalid_input"
    assert member.get("/people", params={"q": "100%_"}).json()["items"] == []


def test_units_form_a_tree_and_are_kept_while_used(people: dict[str, Person]):
    admin = people["quantri"]
    above = admin.post("/units", name="Ban Pháp chế").json()["id"]
    below = admin.post("/units", name="Tổ giúp việc", parent_id=above).json()["id"]
    assert admin.patch(f"/units/{above}", parent_id=below).json()["code"] == "unit_inside_itself"
    assert admin.delete(f"/units/{above}").json()["code"] == "unit_in_use"
    someone = admin.post("/users", username="to.vien", display_name="Tổ Viên", unit_id=below)
    assert someone.json()["unit"] == "Tổ giúp việc"
    assert admin.delete(f"/units/{below}").json()["code"] == "unit_in_use"
    moved = admin.patch(f"/users/{someone.json()['id']}", unit_id=None)
    assert moved.json()["unit"] is None
    assert admin.delete(f"/units/{below}").status_code == 200
    assert admin.delete(f"/units/{above}").status_code == 200
    wrong = admin.post("/users", username="x.y", display_name="X", unit_id="khong-co")
    assert wrong.json()["code"] == "unknown_unit"
    assert people["daibieu1"].post("/units", name="Y").json()["code"] == "not_allowed"


def test_language_theme_and_text_size_are_remembered(server: RealServer):
    someone = Person(server, "thuky")
    boot = boot_of(someone.get(f"{server.url}/sign-in").text)
    assert (boot["lang"], boot["theme"], boot["user"]) == ("vi", "auto", None)
    someone.http.headers["X-CSRF-Token"] = boot["csrf_token"]
    assert someone.put("/preferences", language="en", theme="contrast").status_code == 204
    boot = boot_of(someone.get(f"{server.url}/sign-in").text)
    assert (boot["lang"], boot["theme"]) == ("en", "contrast")
    assert someone.put("/preferences", text_size="largest").status_code == 204
    page = someone.get(f"{server.url}/sign-in").text
    assert 'data-theme="contrast" data-text-size="largest"' in page
    assert someone.put("/preferences", text_size="9pt").json()["code"] == "invalid_input"
    assert someone.put("/preferences", theme="pink").json()["code"] == "invalid_input"

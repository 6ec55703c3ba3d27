"""What the audit has: sign-ins, refused requests and changes; by time and account; as a file."""

import csv
import io
import json
from typing import Any

import requests

from tests.server.conftest import Room
from tests.server.real_server import Person, wait_until

Entry = dict[str, Any]


def entries(admin: Person, **wanted: str) -> list[Entry]:
    """The newest entries."""
    answer = admin.get("/audit", params=wanted)
    assert answer.status_code == 200, answer.text
    found: list[Entry] = answer.json()["items"]
    return found


def waited_for(admin: Person, action: str, **facts: object) -> Entry:
    """The newest entry of an action with these fields or facts; refusals come within seconds."""
    found: list[Entry] = []

    def has() -> bool:
        found[:] = [
            one
            for one in entries(admin)
            if one["action"] == action and facts.items() <= {**one["facts"], **one}.items()
        ]
        return bool(found)

    wait_until(has, f"the audit has {action} {facts}")
    return found[0]


def test_failed_sign_ins_are_counted_without_what_was_typed(people: dict[str, Person]):
    admin, tried = people["quantri"], people["daibieu2"]
    server = tried.server
    somebody = Person(server, "x")
    login = server.made.logins.get(tried.username, tried.username)
    for _ in range(3):
        wrong = somebody.post("/session", username=login, password="không phải")
        assert wrong.json()["code"] == "invalid_credentials"
    known = waited_for(admin, "refused.invalid_credentials", thing_id=tried.id)
    assert (known["actor_id"], known["address"]) == (None, "127.0.0.1")
    assert known["thing"]
    assert known["facts"]["times"] in (1, 2, 3)
    somebody.post("/session", username="mật-khẩu-gõ-nhầm-ô", password="không phải")
    unknown = waited_for(admin, "refused.invalid_credentials", thing_id="")
    assert "gõ-nhầm" not in json.dumps(unknown, ensure_ascii=False)


def test_missing_permissions_and_foreign_pages_are_in_it(people: dict[str, Person], room: Room):
    admin, member = people["quantri"], room.member
    assert member.get("/users").status_code == 403
    refused = waited_for(admin, "refused.not_allowed", actor_id=member.id, asked="user.list")
    assert refused["facts"]["route"] == "GET /api/v1/users"
    tablet = room.tablet(member)
    assert tablet.turn(room.document, 2)["code"] == "not_presenter"
    turned = waited_for(admin, "refused.not_presenter", actor_id=member.id)
    assert (turned["facts"]["route"], turned["address"]) == ("socket page.turn", "127.0.0.1")
    token = member.http.headers.pop("X-CSRF-Token")
    assert member.post("/notes", text="a").json()["code"] == "csrf_failed"
    member.http.headers["X-CSRF-Token"] = token
    forged = waited_for(admin, "refused.csrf_failed", actor_id=member.id)
    assert forged["facts"]["route"] == "POST /api/v1/notes"


def test_changes_name_who_did_what_from_where(people: dict[str, Person], room: Room):
    admin = people["quantri"]
    room.secretary.patch(f"/meetings/{room.id}", place="Phòng 2")
    changed = waited_for(admin, "meeting.edit", thing_id=room.id)
    assert changed["actor_id"] == room.secretary.id
    assert (changed["thing"], changed["address"]) == ("Kỳ họp thứ Hai", "127.0.0.1")
    assert changed["request_id"]
    role = waited_for(admin, "participant.put", thing_id=room.id)
    assert role["person"]


def test_it_is_filtered_by_account_time_and_kind(people: dict[str, Person], room: Room):
    admin, secretary = people["quantri"], room.secretary
    own = entries(admin, user_id=secretary.id)
    assert own
    assert all(secretary.id in (one["actor_id"], one["thing_id"]) for one in own)
    assert entries(admin, to="2020-01-01") == []
    assert entries(admin, **{"from": "2020-01-01"})
    assert {one["action"] for one in entries(admin, kind="sign_ins")} <= {
        "session.open",
        "session.revoke",
        "refused.invalid_credentials",
        "refused.account_inactive",
        "refused.wrong_code",
        "refused.too_many_tries",
    }
    assert all(one["action"].startswith("refused.") for one in entries(admin, kind="refused"))
    for wrong in ({"from": "hôm qua"}, {"to": "2026-13-01"}, {"from": "2026-01-01T00:00:00"}):
        assert admin.get("/audit", params=wrong).json()["code"] == "invalid_input"
    first = admin.get("/audit", params={"limit": "2"}).json()
    second = admin.get("/audit", params={"limit": "2", "cursor": first["next"]}).json()
    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 4


def test_it_is_exported_and_that_is_an_entry_too(people: dict[str, Person], room: Room):
    admin = people["quantri"]
    unit = admin.post("/units", name="=HYPERLINK(1)")
    assert unit.status_code == 201, unit.text
    text = admin.get("/audit.csv", params={"user_id": room.secretary.id})
    assert text.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(text.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:3] == ["Thời điểm", "Người làm", "Việc"]
    assert any("tạo cuộc họp" in row for row in rows)
    whole = admin.get("/audit.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(whole.splitlines(), delimiter=";") for cell in row]
    assert "'=HYPERLINK(1)" in cells
    assert not any(cell.startswith("=") for cell in cells)
    lines = admin.get("/audit.jsonl").content.splitlines()
    assert [json.loads(line)["id"] for line in lines] == sorted(
        json.loads(line)["id"] for line in lines
    )
    taken = waited_for(admin, "audit.export", format="jsonl")
    assert taken["actor_id"] == admin.id


def test_young_entries_cannot_be_deleted(people: dict[str, Person]):
    admin = people["quantri"]
    refused = admin.post("/audit/prune", before="2099-01-01")
    assert (refused.status_code, refused.json()["code"]) == (422, "audit_too_young")
    assert admin.post("/audit/prune", before="2020-1-1X").json()["code"] == "invalid_input"
    assert admin.post("/audit/prune", before="2020-01-01").json() == {"days": 0, "entries": 0}


def test_pages_that_are_refused_are_in_it(people: dict[str, Person]):
    admin, member = people["quantri"], people["daibieu1"]
    page: requests.Response = member.http.get(f"{member.server.url}/audit", timeout=20)
    assert page.status_code == 403
    waited_for(admin, "refused.not_allowed", actor_id=member.id, route="GET /audit")

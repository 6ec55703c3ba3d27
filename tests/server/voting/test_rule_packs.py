"""Rules of votes and an installation's own packs, against a real server."""

from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from tests.factories import later, today_at
from tests.pack_texts import own_pack
from tests.server.real_server import Person

pytestmark = pytest.mark.slow

ALWAYS = {
    *("hdnd_resolution", "hdnd_removal", "ubnd_decision"),
    *("party_cell_resolution", "committee_general"),
}
numbers = count(1)


@pytest.fixture
def admin(people: dict[str, Person]) -> Person:
    return people["quantri"]


@pytest.fixture
def name() -> str:
    """An id that no other test uses."""
    return f"pack{next(numbers)}"


@pytest.fixture
def unit(admin: Person, name: str) -> str:
    made: str = admin.post("/units", name=f"Trường {name}").json()["id"]
    return made


@pytest.fixture
def call_meeting(people: dict[str, Person]) -> Callable[..., str]:
    """Makes a meeting of the secretary's; answers its id."""

    def call(**facts: Any) -> str:
        whole = {"title": "Họp", "starts_at": today_at(3), **facts}
        made = people["thuky"].post("/meetings", **whole)
        assert made.status_code == 201, made.text
        meeting_id: str = made.json()["id"]
        return meeting_id

    return call


def added(admin: Person, toml: str, unit_id: str | None = None) -> dict[str, Any]:
    answer = admin.post("/rule-packs", toml=toml, unit_id=unit_id)
    assert answer.status_code == 201, answer.text
    pack: dict[str, Any] = answer.json()
    return pack


def offered(person: Person, meeting_id: str) -> list[str]:
    answer = person.get("/vote-rules", params={"meeting_id": meeting_id})
    assert answer.status_code == 200, answer.text
    return [rule["id"] for rule in answer.json()["items"]]


def refused(admin: Person, toml: str, **more: Any) -> dict[str, Any]:
    """The problem that a text meets, the same when it is only checked."""
    answers = [
        admin.call("POST", path, json={"toml": toml, **more})
        for path in ("/rule-packs?check=true", "/rule-packs")
    ]
    assert [one.status_code for one in answers] == [422, 422], answers[1].text
    problem: dict[str, Any] = answers[0].json()
    assert answers[1].json() == problem
    return problem


def test_the_rules_that_always_exist_are_there_for_everybody(people: dict[str, Person]):
    items = people["nguoila"].get("/vote-rules").json()["items"]
    rules = {rule["id"]: rule for rule in items}
    assert set(rules) >= ALWAYS
    rule = rules["ubnd_decision"]
    assert (rule["base"], rule["tie"], rule["own"]) == ("entitled", "chair_side", False)
    assert rule["title"] == "Quyết định của Ủy ban nhân dân"
    assert rule["example"] == "Tổng số 30 thành viên: cần ít nhất 16 tán thành"
    assert rule["quorum"]["example"] == "Tổng số 30 thành viên: cần có mặt ít nhất 20"
    assert not rule["confirmed"]
    in_english = people["nguoila"].get("/vote-rules", headers={"Accept-Language": "en"})
    titles = {one["id"]: one["title"] for one in in_english.json()["items"]}
    assert titles["ubnd_decision"] == "Decision of the People's Committee"


def test_a_meeting_is_offered_the_rules_of_its_kind_the_usual_one_first(people, call_meeting):
    secretary = people["thuky"]
    assert offered(secretary, call_meeting(kind="hdnd_session"))[:2] == [
        "hdnd_resolution",
        "hdnd_removal",
    ]
    assert offered(secretary, call_meeting())[0] == "committee_general"


def test_only_who_is_in_the_meeting_or_an_administrator_asks_for_its_rules(people, call_meeting):
    path = f"/vote-rules?meeting_id={call_meeting()}"
    assert people["nguoila"].get(path).json()["code"] == "not_allowed"
    assert people["quantri"].get(path).status_code == 200
    assert people["thuky"].get("/vote-rules?meeting_id=none").json()["code"] == "not_found"


def test_a_pack_of_a_unit_reaches_its_meetings_and_no_others(
    admin, people, call_meeting, name, unit
):
    mine = call_meeting(kind=name, unit_id=unit)
    others = call_meeting(kind=name)
    assert offered(admin, mine) == offered(admin, others) == ["committee_general"]
    pack = added(admin, own_pack(name, kind=name), unit)
    assert (pack["pack_id"], pack["version"], pack["unit_id"]) == (name, 1, unit)
    assert pack["unit_name"] == f"Trường {name}"
    assert pack["added_by"] == "Quantri"
    assert pack["problem"] is None
    assert offered(people["thuky"], mine) == [f"{name}_decision"]
    assert offered(admin, others) == ["committee_general"]

    whole = admin.get(f"/rule-packs/{pack['id']}").json()
    assert whole["source"] == own_pack(name, kind=name).strip()
    withdrawn = admin.delete(f"/rule-packs/{pack['id']}")
    assert withdrawn.json()["withdrawn_by"] == "Quantri"
    assert offered(admin, mine) == ["committee_general"]
    again = admin.delete(f"/rule-packs/{pack['id']}")
    assert (again.status_code, again.json()) == (200, withdrawn.json())
    assert admin.get(f"/rule-packs/{pack['id']}").json()["source"]

    back = added(admin, own_pack(name, kind=name), unit)
    assert (back["id"], back["withdrawn_at"]) == (pack["id"], None)
    assert offered(admin, mine) == [f"{name}_decision"]


def test_a_pack_of_the_installation_reaches_every_meeting(admin, people, call_meeting, name, unit):
    pack = added(admin, own_pack(name, kind=name))
    for meeting_id in (call_meeting(kind=name), call_meeting(kind=name, unit_id=unit)):
        assert offered(admin, meeting_id) == [f"{name}_decision"]
    everybody = people["nguoila"].get("/vote-rules").json()["items"]
    assert [one["own"] for one in everybody if one["pack"] == name] == [True]
    assert admin.delete(f"/rule-packs/{pack['id']}").ok


def test_days_of_effect_follow_the_time_zone_of_the_meeting(admin, call_meeting, name):
    added(
        admin,
        own_pack(name, kind=name, more="effective_from = 2026-08-01\neffective_to = 2026-08-31"),
    )
    inside = [f"{name}_decision"]
    for moment, rules in (
        ("2026-07-31T16:59:00Z", ["committee_general"]),  # 23:59 in Ho Chi Minh City
        ("2026-07-31T17:00:00Z", inside),
        ("2026-08-31T16:59:00Z", inside),
        ("2026-08-31T17:00:00Z", ["committee_general"]),
    ):
        assert offered(admin, call_meeting(kind=name, starts_at=moment)) == rules, moment


def test_a_check_says_what_would_be_added_and_adds_nothing(admin, name):
    body = {"toml": own_pack(name, kind=name)}
    answer = admin.call("POST", "/rule-packs?check=true", json=body)
    assert answer.status_code == 200, answer.text
    seen = answer.json()
    assert (seen["id"], seen["pack_id"], seen["own"]) == (None, name, True)
    assert seen["rules"][0]["formula"].startswith("Được thông qua khi")
    assert name not in {pack["pack_id"] for pack in admin.get("/rule-packs").json()["items"]}


@pytest.mark.parametrize(
    ("old", "new", "field", "line", "words"),
    [
        ('base = "cast"', 'base = "all"', "rules[0].base", 42, "không dùng được giá trị “all”"),
        ('base = "cast"\n', "", "rules[0].base", 39, "thiếu mục này"),
        ('base = "cast"', "base = “cast”", "", 42, "ngoặc kép thẳng"),
        ("numerator = 1", "numerator = 1.5", "", 14, "“1.5” không phải là số nguyên"),
        ("confirmed = false", 'confirmed = "x"', "quorum.confirmed", 17, "phải là true hoặc false"),
        ('key = "for"', 'key = "yes"', "options", 27, 'key = "for"'),
    ],
)
def test_what_is_wrong_is_said_with_its_line_in_words(admin, name, old, new, field, line, words):
    text = own_pack(name)
    assert old in text
    problem = refused(admin, text.replace(old, new, 1))
    assert problem["code"] == "rule_pack_not_valid"
    (error,) = problem["errors"]
    assert (error["field"], error["line"]) == (field, line)
    assert words in problem["detail"]
    assert error["message"].casefold() in problem["detail"].casefold()
    assert problem["detail"].startswith(f"Bộ quy tắc chưa dùng được. Dòng {line}")


def test_an_own_pack_speaks_for_no_built_in_rule(admin, name):
    problem = refused(admin, own_pack(name, rule="hdnd_resolution"))
    assert "“hdnd_resolution” là mã của một quy tắc có sẵn" in problem["detail"]
    assert "“hdnd” là mã của một bộ quy tắc có sẵn" in refused(admin, own_pack("hdnd"))["detail"]


def test_one_id_and_version_is_one_text_for_good(admin, name, unit):
    first = added(admin, own_pack(name), unit)
    assert "bản 1 đã có" in refused(admin, own_pack(name), unit_id=unit)["detail"]
    assert admin.delete(f"/rule-packs/{first['id']}").ok
    changed = own_pack(name).replace("confirmed = false", "confirmed = true")
    assert "đã ngừng áp dụng" in refused(admin, changed, unit_id=unit)["detail"]
    # A rule of a withdrawn pack keeps its version too; and everybody's pack meets every unit's.
    other = own_pack(f"{name}_b", rule=f"{name}_decision")
    for unit_id in (unit, None):
        (error,) = refused(admin, other, unit_id=unit_id)["errors"]
        assert error["field"] == "rules[0].id"
    assert added(admin, own_pack(name, version=2), unit)["version"] == 2


def test_two_units_may_use_the_same_id(admin, name, unit):
    second = admin.post("/units", name=f"Trường khác {name}").json()["id"]
    assert added(admin, own_pack(name), unit)["id"] != added(admin, own_pack(name), second)["id"]


def test_an_unknown_unit_and_a_wrong_body_are_refused(admin, name):
    unknown = admin.post("/rule-packs", toml=own_pack(name), unit_id="no-such-unit")
    assert unknown.json()["code"] == "unknown_unit"
    assert admin.post("/rule-packs", unit_id=None).json()["code"] == "invalid_input"
    assert admin.post("/rule-packs", toml="#" * 70_000).json()["errors"][0]["field"] == ""
    assert admin.post("/rule-packs", toml="").json()["errors"][0]["message"].startswith("Thiếu")
    assert admin.call("POST", "/rule-packs?check=maybe", json={"toml": ""}).status_code == 422


def test_a_repeat_with_the_same_key_adds_one_pack(admin, name):
    body = {"toml": own_pack(name)}
    headers = {"Idempotency-Key": name}
    answers = [
        admin.call("POST", "/rule-packs", json=body, headers=headers).json() for _ in range(2)
    ]
    assert answers[0] == answers[1]
    assert [one["id"] for one in admin.get("/rule-packs").json()["items"]].count(
        answers[0]["id"]
    ) == 1


def test_a_built_in_pack_is_read_and_not_withdrawn(admin):
    built_in = [one for one in admin.get("/rule-packs").json()["items"] if not one["own"]]
    assert {rule["id"] for pack in built_in for rule in pack["rules"]} == ALWAYS
    for pack in built_in:
        source = admin.get(f"/rule-packs/{pack['id']}").json()["source"]
        assert f'id = "{pack["pack_id"]}"' in source
        assert admin.delete(f"/rule-packs/{pack['id']}").json()["code"] == "not_found"


def test_rooms_that_are_offered_other_rules_are_told(admin, people, call_meeting, name, unit):
    secretary = people["thuky"]
    concerned = call_meeting(kind=name, unit_id=unit, starts_at=later(hours=1))
    others = [call_meeting(kind=name), call_meeting(kind="hdnd_session", unit_id=unit)]
    over = call_meeting(kind=name, unit_id=unit)
    for status in ("in_session", "closed"):
        assert secretary.post(f"/meetings/{over}/status", status=status).ok

    def told(meeting_id: str) -> list[str]:
        epoch = secretary.get(f"/meetings/{meeting_id}/snapshot").json()["epoch"]
        path = f"/meetings/{meeting_id}/events?epoch={epoch}&after=0"
        events = secretary.get(path).json()["events"]
        return [one["type"] for one in events if one["type"] == "meeting_changed"]

    pack = added(admin, own_pack(name, kind=name), unit)
    assert told(concerned) == ["meeting_changed"]
    assert admin.delete(f"/rule-packs/{pack['id']}").ok
    assert told(concerned) == ["meeting_changed"] * 2
    assert [told(meeting_id) for meeting_id in (*others, over)] == [[], [], []]


def test_a_unit_with_a_pack_stays(admin, name, unit):
    added(admin, own_pack(name), unit)
    assert admin.delete(f"/units/{unit}").json()["code"] == "unit_in_use"

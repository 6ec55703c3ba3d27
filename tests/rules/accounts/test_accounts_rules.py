"""Names and their order, passwords, devices, sign-ins and units, decided without a database."""

import json
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.passwords.hashing import hashed_at_once
from accounts.passwords.password_rules import (
    CONTEXT_WORDS,
    LEAST,
    SIGNS,
    as_generated,
    check_new_password,
    readable,
)
from accounts.shared.declares import UnitInsideItself, WeakPassword
from accounts.shared.models import User
from accounts.shared.name_rules import fold, folded_username, is_username, name_key
from accounts.shared.unit_rules import check_parent, full_unit_name
from accounts.sign_in.device_rules import device_words
from accounts.sign_in.growing_delay import FORGOTTEN_AFTER, FREE, GrowingDelay
from accounts.sign_in.sign_in_rules import (
    LONGEST_MEETING,
    LONGEST_SIGN_IN,
    Standing,
    safe_next,
    standing,
)
from tests.factories import ROOT

NAMES = st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấặổỡ ABCĐƯ", min_size=1)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def in_order(*names: str) -> bool:
    keys = [name_key(name) for name in names]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


def test_letters_come_in_the_order_of_the_alphabet():
    assert in_order("An", "Ăn", "Ân", "Bình", "Cao", "Dung", "Đức", "Em", "Êm", "Giang")
    assert in_order("Oanh", "Ông", "Ơn", "Phú", "Tâm", "Út", "Ước", "Vinh", "Xuân", "Yến")


def test_tones_decide_between_equal_letters_only():
    assert in_order("Ma", "Mà", "Mả", "Mã", "Má", "Mạ", "Mai", "Mài")


def test_given_name_then_family_name_then_the_rest():
    assert in_order(
        "Nguyễn Văn An",
        "Trần Bảo An",
        "Trần Thị An",
        "Đỗ Ngọc Quyên",
        "Lê Minh Triết",
        "Lý Minh Triết",
    )


def test_a_shorter_name_comes_first():
    assert in_order("An", "Lê An", "Lê Văn An", "Anh")


@given(NAMES)
def test_the_composition_of_letters_changes_nothing(name):
    assert name_key(unicodedata.normalize("NFD", name)) == name_key(name)
    assert fold(unicodedata.normalize("NFD", name)) == fold(name)


@given(st.text())
def test_folding_is_plain_and_stable(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert not any(unicodedata.combining(sign) for sign in folded)
    assert "đ" not in folded


def test_folding_finds_names_without_accents():
    assert fold("Đỗ  Ngọc QUYÊN") == "do ngoc quyen"
    assert fold("Nguyễn Thị Bích Thủy") == "nguyen thi bich thuy"


@given(NAMES)
def test_a_username_is_folded_once_and_for_all(name):
    folded = folded_username(name)
    assert folded_username(folded) == folded
    assert folded_username(name.upper()) == folded
    assert folded_username(unicodedata.normalize("NFD", name)) == folded


@pytest.mark.parametrize("username", ["do.ngoc.quyen", "q", "thư.ký", "a_b-c@xa.vn", "31"])
def test_usernames_that_may_be(username):
    assert is_username(folded_username(username))


@pytest.mark.parametrize("username", ["", " ", ".a", "a b", "a/b", "<b>", "a" * 65, "a\u202eb"])
def test_usernames_that_may_not_be(username):
    assert not is_username(folded_username(username))


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "a" * (LEAST - 1),
        "Huynh.Van.Lam",
        "mal.nav.hnyuh",
        "1234567890",
        "Mật Khẩu 123",
        "P@ssw0rd123",
        "aaaaaaaaaaaa",
        "abababababab",
        "abcdefghijkl",
        "98765432109876"[:10],
        "HĐND-Diên Hồng.2031",
        "Chủ tịch 84017263",
        "huynhvanlam_2031",
    ],
)
def test_weak_passwords_are_refused(password):
    with pytest.raises(WeakPassword):
        check_new_password(password, "huynh.van.lam")


@pytest.mark.parametrize(
    "password",
    [
        "ghế mây cũ 4 chân",
        "k7mf-9xqa-3hpt",
        "Trời xanh 2 lần",
        # Of one kind of character alone, and as long as the interface takes.
        "ghếmâycũbốnchân",
        "8401726359",
        "!?*#.,;:-_()",
        "mây trôi " * 28,
        "đại biểu ngồi ghế mây",
    ],
)
def test_others_are_taken(password):
    check_new_password(password, "huynh.van.lam")
    for username in ("31", "a(b|", "[a-z"):  # What is no letter means nothing in a pattern.
        check_new_password(password, username)


def test_administrators_are_told_the_words_that_a_password_may_not_consist_of():
    guide = (ROOT / "docs" / "admin.md").read_text()
    assert [word for word in CONTEXT_WORDS if f"`{word}`" not in guide] == []


def test_a_password_costs_as_much_as_is_recommended():
    """OWASP's and RFC 9106's second choice: 19 MiB and two passes, for a machine of two cores."""
    assert hashed_at_once(["ghế mây"])[0].startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_nothing_says_how_old_a_password_is():
    """So that none can expire: a password is changed by choice, or because it was exposed."""
    columns = {column.name for column in User.__table__.columns if "password" in column.name}
    assert columns == {"password_hash", "password_generated"}


def test_a_made_up_password_is_read_in_groups():
    assert readable("k7mf9xqa3hpt") == "k7mf-9xqa-3hpt"


@pytest.mark.parametrize(
    "typed",
    ["k7mf-9xqa-3hpt", "k7mf9xqa3hpt", "K7MF9XQA3HPT", "K7mf-9xqa-3hpt", " k7mf 9xqa–3hpt "],
)
def test_a_generated_password_is_recognised_however_it_is_typed(typed):
    assert as_generated(typed) == "k7mf-9xqa-3hpt"


@given(st.text(SIGNS, min_size=12, max_size=12), st.text(SIGNS, min_size=12, max_size=12))
def test_two_generated_passwords_are_never_taken_for_one(one, other):
    """The accepted spellings cost no entropy: every random character still counts."""
    assert as_generated(readable(one)) == readable(one)
    assert (as_generated(one) == as_generated(other)) == (one == other)


WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
ANDROID = f"Mozilla/5.0 (Linux; Android 13; SM-X200) {WEBKIT} Chrome/129.0.0.0 Safari/537.36"
IPAD = f"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) {WEBKIT} Version/17.5 Safari/604.1"
CONNECTION_LIMITS = (
    f"Mozilla/5.0 (Windows NT 10.0; Win64) {WEBKIT} Chrome/129.0 Safari/537.36 Edg/129.0"
)
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (ANDROID, "Chrome · Android"),
        (IPAD, "Safari · iPad"),
        (CONNECTION_LIMITS, "Edge · Windows"),
        (FIREFOX, "Firefox · Linux"),
        ("python-requests/2.34.2", "python-requests/2.34.2"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_a_device_in_a_few_words(user_agent, words):
    assert device_words(user_agent) == words


DAY = timedelta(days=1)


def stands(
    *, left: timedelta, age: timedelta = DAY, revoked: bool = False, active: bool = True
) -> Standing:
    return standing(
        created_at=NOW - age,
        expires_at=NOW + left,
        revoked_at=NOW if revoked else None,
        active=active,
        now=NOW,
    )


def test_how_a_sign_in_stands():
    hour = timedelta(hours=1)
    assert stands(left=hour) is Standing.VALID
    assert stands(left=timedelta(0)) is Standing.ASLEEP
    assert stands(left=-hour) is Standing.ASLEEP
    assert stands(left=-LONGEST_MEETING) is Standing.EXPIRED
    assert stands(left=hour, revoked=True) is Standing.REVOKED
    assert stands(left=-hour, revoked=True) is Standing.REVOKED
    assert stands(left=hour, active=False) is Standing.REVOKED
    assert stands(left=hour, age=LONGEST_SIGN_IN - hour) is Standing.VALID
    assert stands(left=hour, age=LONGEST_SIGN_IN) is Standing.EXPIRED
    assert stands(left=-hour, age=LONGEST_SIGN_IN) is Standing.EXPIRED


def test_wrong_passwords_from_an_address_make_the_next_try_wait_longer():
    now = [0.0]
    delays = GrowingDelay(lambda: now[0])
    waits = []
    for _ in range(FREE + 9):
        waits.append(delays.seconds_left("lan", "10.0.0.1"))
        now[0] += waits[-1]
        delays.add("lan", "10.0.0.1")
    assert waits == [0.0] * (FREE + 1) + [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 120.0]
    assert delays.seconds_left("lan", "10.0.0.2") == 0
    assert delays.seconds_left("minh", "10.0.0.1") == 0
    assert delays.seconds_left("lan", "10.0.0.1") == 120
    now[0] += FORGOTTEN_AFTER
    assert delays.seconds_left("lan", "10.0.0.1") == 0
    delays.add("lan", "10.0.0.1")
    assert delays.seconds_left("lan", "10.0.0.1") == 0
    for _ in range(FREE + 1):
        delays.add("lan", "10.0.0.1")
    delays.forget("lan")
    assert delays.seconds_left("lan", "10.0.0.1") == 0


@pytest.mark.parametrize("path", ["/", "/people", "/meetings/abc?tab=1", "/họp"])
def test_pages_that_signing_in_may_lead_to(path):
    assert safe_next(path) == path


@pytest.mark.parametrize(
    "path",
    [None, "", "people", "//evil.example", "/\\evil.example", "https://evil.example", "/a\r\nb"],
)
def test_anything_else_leads_home(path):
    assert safe_next(path) == "/"


def test_units_stay_a_tree():
    parents = {"province": None, "commune": "province", "board": "commune"}
    check_parent(parents, "board", "province")
    check_parent(parents, "board", None)
    for inside in ("province", "commune", "board"):
        with pytest.raises(UnitInsideItself):
            check_parent(parents, "province", inside)


def test_a_units_name_is_spelled_out_for_papers_as_the_first_run_offers_it():
    cases = json.loads((ROOT / "tests/js/full_name_cases.json").read_text())
    assert [full_unit_name(name) for name, _ in cases] == [full for _, full in cases]

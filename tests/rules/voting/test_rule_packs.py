"""Rule packs: the built-in ones, what is refused and where, versions and days, frozen copies."""

import json
import re
import unicodedata
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import Words
from meetings.shared.shares import Comparison
from meetings.voting.rules.pack_errors import PackError, RulePackNotValid
from meetings.voting.rules.packs import (
    LARGEST,
    RuleCatalogue,
    UnknownRule,
    built_in,
    frozen_copy,
    pack_from,
    packs_in,
    thawed,
)
from meetings.voting.rules.poll_rules import Base, TieRule
from meetings.voting.rules.question_rules import ChoiceKey
from tests.pack_texts import OWN

TABLE = {
    "hdnd_resolution": (Base.ENTITLED, 1, ">", 2, TieRule.NOT_ADOPTED),
    "hdnd_removal": (Base.ENTITLED, 2, ">=", 3, TieRule.NOT_ADOPTED),
    "ubnd_decision": (Base.ENTITLED, 1, ">", 2, TieRule.CHAIR_SIDE),
    "party_cell_resolution": (Base.ENTITLED, 1, ">", 2, TieRule.NOT_ADOPTED),
    "committee_general": (Base.CAST, 1, ">", 2, TieRule.NOT_ADOPTED),
}


def own_with(old: str, new: str) -> bytes:
    """The own pack with one thing changed."""
    assert old in OWN
    return OWN.replace(old, new, 1).encode()


def refusal_of(content: bytes) -> RulePackNotValid:
    with pytest.raises(RulePackNotValid) as refused:
        pack_from(content, "school.toml")
    return refused.value


@pytest.mark.parametrize("rule_id", TABLE)
def test_the_rules_that_always_exist(rule_id):
    rule = built_in().rule(rule_id)
    share = (rule.numerator, rule.comparison.value, rule.denominator)
    assert (rule.base, *share, rule.tie) == TABLE[rule_id]
    assert [option.key for option in rule.options] == list(ChoiceKey)
    for year in (2000, 2026, 2100):
        assert built_in().rule(rule_id, on=date(year, 1, 1)) == rule


def test_nothing_is_confirmed_before_a_lawyer_has_said_so():
    assert {rule.id for rule in built_in().current()} == set(TABLE)
    for rule in built_in().current():
        assert not rule.confirmed
        assert not rule.quorum.confirmed


def texts(value: object) -> list[str]:
    """Every text of both languages in a plain value."""
    if isinstance(value, dict):
        return [text for one in value.values() for text in texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    return [value] if isinstance(value, str) else []


def test_texts_are_clean_and_end_without_a_full_stop():
    for rule in built_in().current():
        for text in texts(frozen_copy(rule)):
            assert text == unicodedata.normalize("NFC", " ".join(text.split()))
            assert not text.endswith(".")


@pytest.mark.parametrize("rule_id", TABLE)
def test_a_frozen_copy_is_plain_and_comes_back(rule_id):
    rule = built_in().rule(rule_id)
    copy = frozen_copy(rule)
    assert json.loads(json.dumps(copy)) == copy
    assert not re.search(r"\d\.\d", json.dumps(copy))
    assert thawed(copy) == rule
    with pytest.raises(msgspec.ValidationError):
        thawed({**copy, "numerator": 7})


def test_a_meeting_is_offered_the_rules_of_its_body():
    def offered(kind):
        return [rule.id for rule in built_in().offered(kind)]

    assert offered("hdnd_session") == ["hdnd_resolution", "hdnd_removal"]
    assert offered("ubnd_meeting") == ["ubnd_decision"]
    assert offered("party_cell_meeting") == ["party_cell_resolution"]
    assert offered("general") == offered("họp tổ dân phố") == ["committee_general"]


def test_unknown_rules_and_versions_are_refused():
    for asked in (("none", None), ("hdnd_resolution", 99)):
        with pytest.raises(UnknownRule):
            built_in().rule(*asked)


def test_a_unit_adds_its_own_pack():
    book = built_in().with_own([pack_from(OWN.encode(), "school.toml")])
    rule = book.rule("school_decision")
    assert (rule.pack, rule.kinds, rule.words.voters.vi) == (
        "school",
        ("school_council",),
        "thành viên",
    )
    assert [rule.id for rule in book.offered("school_council")] == ["school_decision"]
    assert book.rule("hdnd_resolution") == built_in().rule("hdnd_resolution")


def test_an_own_pack_does_not_speak_for_a_built_in_rule():
    for old, new in (("school_decision", "hdnd_removal"), ('id = "school"', 'id = "hdnd"')):
        with pytest.raises(RulePackNotValid) as refused:
            built_in().with_own([pack_from(own_with(old, new), "school.toml")])
        assert refused.value.params["fault"] == PackError.TAKEN.value


def test_one_id_and_version_stands_once_in_a_book(tmp_path):
    for name, text in (("a", OWN), ("b", OWN.replace('id = "school"', 'id = "other"'))):
        tmp_path.joinpath(f"{name}.toml").write_text(text)
    with pytest.raises(RulePackNotValid, match="school_decision 1 is there twice"):
        RuleCatalogue(packs_in(tmp_path))
    pack = pack_from(OWN.encode(), "school.toml")
    with pytest.raises(RulePackNotValid, match="pack school 1"):
        RuleCatalogue([pack, pack])


FIRST = "effective_from = 2026-01-01\neffective_to = 2026-06-30"
LATER = "effective_from = 2026-08-01"
RULE = OWN[OWN.index("[[rules]]") :]
TWO_VERSIONS = OWN.replace("confirmed = false\n\n[rules.title]", f"{FIRST}\n\n[rules.title]")
TWO_VERSIONS = TWO_VERSIONS.replace(FIRST, f"confirmed = false\n{FIRST}") + RULE.replace(
    "version = 1", f"version = 2\n{LATER}"
)


@pytest.mark.parametrize(
    ("on", "version"),
    [
        (date(2025, 12, 31), None),
        (date(2026, 1, 1), 1),
        (date(2026, 6, 30), 1),
        (date(2026, 7, 1), None),
        (date(2026, 8, 1), 2),
        (date(2099, 1, 1), 2),
    ],
)
def test_the_newest_version_in_force_holds(on, version):
    book = RuleCatalogue([pack_from(TWO_VERSIONS.encode(), "school.toml")])
    if version is None:
        with pytest.raises(UnknownRule):
            book.rule("school_decision", on=on)
        assert not book.current(on)
    else:
        assert book.rule("school_decision", on=on).version == version
    assert book.rule("school_decision", version=1, on=on).version == 1
    assert book.rule("school_decision").version == 2


def test_a_rule_may_have_a_quorum_of_its_own():
    quorum = (
        '\n[rules.quorum]\nnumerator = 3\ndenominator = 4\ncomparison = ">="\nconfirmed = true\n'
        'formula = { vi = "Ba phần tư", en = "Three quarters" }\n'
        'citation = { vi = "Điều lệ", en = "Charter" }\n'
    )
    pack = pack_from((OWN + quorum).encode(), "school.toml")
    rule = RuleCatalogue([pack]).rule("school_decision")
    assert (rule.quorum.numerator, rule.quorum.comparison) == (3, Comparison.AT_LEAST)
    assert pack.quorum.numerator == 1


@pytest.mark.parametrize(
    ("old", "new", "field", "fault"),
    [
        ('base = "cast"', 'base = "all"', "rules[0].base", PackError.WRONG_FIELD),
        ('base = "cast"\n', "", "rules[0].base", PackError.WRONG_FIELD),
        ('base = "cast"', 'base = "cast"\nbaze = 1', "rules[0].baze", PackError.WRONG_FIELD),
        ('tie = "not_adopted"', "tie = 1", "rules[0].tie", PackError.WRONG_FIELD),
        ('id = "school_decision"', 'id = "Trường"', "rules[0].id", PackError.WRONG_FIELD),
        ("version = 1", "version = 0", "version", PackError.WRONG_FIELD),
        ("version = 1", 'version = "1"', "version", PackError.WRONG_FIELD),
        ("version = 1", "version = true", "version", PackError.WRONG_FIELD),
        ("numerator = 1", "numerator = 0", "quorum.numerator", PackError.WRONG_FIELD),
        ("numerator = 1", "numerator = 3", "quorum.numerator", PackError.WRONG_SHARE),
        ("denominator = 2", "denominator = 1", "quorum.comparison", PackError.WRONG_SHARE),
        ("numerator = 1", "numerator = 1.5", "", PackError.FRACTIONAL_NUMBER),
        ("numerator = 1", "numerator = 1.0", "", PackError.FRACTIONAL_NUMBER),
        ("numerator = 1", "numerator = nan", "", PackError.FRACTIONAL_NUMBER),
        ("version = 1", "version = " + "9" * 5000, "", PackError.NOT_TOML),
        ('vi = "thành viên"', 'vi = "\\u202E"', "words.voters.vi", PackError.WRONG_FIELD),
        ('"for"', '"in_favour"', "options", PackError.WRONG_OPTIONS),
        ('"abstain"', '"against"', "options", PackError.WRONG_OPTIONS),
        ('"Không biểu quyết"', '"Tán Thành"', "options", PackError.WRONG_OPTIONS),
        ("[words]", "[words", "", PackError.NOT_TOML),
        ('kinds = ["school_council"]', 'kinds = [""]', "kinds[0]", PackError.WRONG_FIELD),
    ],
)
def test_what_is_wrong_is_named_with_its_place(old, new, field, fault):
    refused = refusal_of(own_with(old, new))
    said = refused.params
    assert (said["file"], said["field"], said["fault"]) == ("school.toml", field, fault.value)
    assert said["reason"]
    assert str(refused).startswith("school.toml: ")


def test_days_come_in_order():
    days = "effective_from = 2026-02-01\neffective_to = 2026-01-31\n"
    said = refusal_of(own_with('base = "cast"', days + 'base = "cast"')).params
    assert (said["field"], said["fault"]) == ("rules[0].effective_to", PackError.WRONG_DATES.value)


def test_a_rule_stands_once_in_a_pack():
    said = refusal_of((OWN + RULE).encode()).params
    assert (said["field"], said["fault"]) == ("rules[1].id", PackError.DUPLICATE.value)


def test_a_pack_has_rules():
    said = refusal_of((OWN.replace(RULE, "").replace("[words]", "rules = []\n[words]")).encode())
    assert said.params["fault"] == PackError.EMPTY.value


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", PackError.WRONG_FIELD),
        (b"\xff\xfe", PackError.NOT_TOML),
        (b"PK\x03\x04", PackError.NOT_TOML),
        (b"a = " + b"[" * 20_000, PackError.NOT_TOML),
        (b"#" * (LARGEST + 1), PackError.TOO_LARGE),
    ],
)
def test_what_is_no_pack_at_all(content, fault):
    assert refusal_of(content).params["fault"] == fault.value


def read(content: bytes) -> str:
    """What the door says of a pack: nothing, or the refusal."""
    try:
        RuleCatalogue([pack_from(content, "school.toml")])
    except RulePackNotValid as refused:
        return str(refused)
    return ""


@given(st.integers(0, len(OWN.encode()) - 1), st.binary(max_size=3))
def test_a_damaged_pack_is_read_or_refused(place, damage):
    whole = OWN.encode()
    said = read(whole[:place] + damage + whole[place + 2 :])
    assert not said or said.startswith("school")


def test_words_are_kept_in_one_form():
    decomposed = unicodedata.normalize("NFD", OWN)
    assert pack_from(decomposed.encode(), "a.toml") == pack_from(OWN.encode(), "a.toml")
    with_mark = pack_from(b"\xef\xbb\xbf" + OWN.encode(), "a.toml")
    assert with_mark.title == Words("Cuộc họp chung", "General meeting")

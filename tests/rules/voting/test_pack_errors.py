"""What is said of a pack that cannot be used: the line, the entry, and words for all of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Translate
from meetings.voting.rules.pack_errors import PackError, RulePackNotValid
from meetings.voting.rules.packs import built_in, pack_from
from meetings.voting.rules.toml_lines import line_of, line_with, places
from tests.contract import word_use
from tests.pack_texts import OWN, own_pack

WORDS = {language: word_use.whole(language) for language in ("vi", "en")}


def sayer(language: str) -> Translate:
    """The words of a language; one that is missing is an error of the test."""

    def say(key: str, /, **params: object) -> str:
        return re.sub(r"\{(\w+)\}", lambda hole: str(params[hole[1]]), WORDS[language][key])

    return say


def refusal_of(text: str) -> RulePackNotValid:
    with pytest.raises(RulePackNotValid) as refused:
        built_in().with_own([pack_from(text.encode(), "toml")])
    return refused.value.in_text(text)


def said(text: str, language: str = "vi") -> tuple[int | None, str]:
    """The line, and the whole sentence."""
    refusal = refusal_of(text)
    say = sayer(language)
    sentence = say("error.rule_pack_not_valid", **refusal.told(say))
    assert not re.search(r"[{}`]|\bmsgspec\b", re.sub(r"\{ .*? \}", "", sentence)), sentence
    (field,) = refusal.fields(say)
    assert field["message"][1:] in sentence
    assert field["place"] in sentence
    return field.get("line"), sentence


WRONG = [
    ('id = "school"', 'id = "Trường"', 3, "id: giá trị chưa dùng được. Mã gồm chữ thường"),
    ('id = "school"', "id = 5", 3, "phải là chữ đặt trong ngoặc kép"),
    ('id = "school"', 'id = "general"', 3, "“general” là mã của một bộ quy tắc có sẵn"),
    ('id = "school_decision"', 'id = "ubnd_decision"', 40, "“ubnd_decision” là mã của một quy tắc"),
    ("version = 1", "version = 0", 4, "Là số nguyên từ 1"),
    ("version = 1", "", None, "Mục version: thiếu mục này"),
    ('kinds = ["school_council"]', "kinds = []", 5, "chưa có loại cuộc họp nào"),
    ('kinds = ["school_council"]', 'kinds = "school_council"', 5, "phải là một danh sách"),
    ('kinds = ["school_council"]', 'kinds = ["school_council"', 6, "ở dòng này hoặc dòng trên"),
    ("[words]", "[words", 8, "thiếu dấu đóng"),
    ("[words]", "[words]\nchief = 1", 9, "không có mục nào mang tên này"),
    ("[words]", "[wordz]", 8, "mục wordz: không có mục nào mang tên này"),
    ('voters = { vi = "thành viên", en = "members" }', "", 8, "voters: thiếu mục này. Cách gọi"),
    ('voters = { vi = "thành viên"', 'voters = { vi = ""', 9, "từ 1 đến 600 ký tự"),
    ('vi = "thành viên"', 'vi = "thành \\viên"', 9, "không dùng được dấu “\\”"),
    ("numerator = 1", "numerator = 3", 14, "tử số (numerator) phải từ 1 đến mẫu số"),
    ("numerator = 1", "numerator = 2", 16, "không ai đạt được nhiều hơn toàn bộ"),
    ("numerator = 1", "numerator = 0", 14, "Tử số là số nguyên từ 1"),
    ("numerator = 1", "numerator = 0.5", 14, "“0.5” không phải là số nguyên"),
    ("numerator = 1", "numerator = 1,5", 14, "số không có dấu phẩy"),
    ('key = "for"', 'key = "yes"', 27, 'thiếu phương án có key = "for"'),
    ('key = "for"', 'key = "Tán thành"', 28, "key của phương án thứ 1: giá trị chưa dùng được"),
    ('"Không tán thành"', '"Tán thành"', 27, "tên của một lựa chọn khác"),
    ('base = "cast"', 'base = "everyone"', 42, "base của quy tắc thứ 1: không dùng được giá trị"),
    ('base = "cast"', "base = cast", 42, "ngoặc kép thẳng"),
    ('base = "cast"', 'base "cast"', 42, "thiếu dấu “=”"),
    ('base = "cast"', 'base = "cast"\nbase = "cast"', 43, "đã viết ở trên"),
    ('tie = "not_adopted"', 'tie = "chair"', 46, "không dùng được giá trị “chair”"),
    ('base = "cast"', 'base = "cast"\neffective_from = 2026-02-30', 43, "không có ngày này"),
    ('base = "cast"', 'base = "cast"\neffective_from = "1/2/2026"', 43, "năm-tháng-ngày"),
    ('base = "cast"', 'base = "cast"\neffective_from = 5', 43, "giá trị phải là một ngày"),
    (
        'base = "cast"',
        'base = "cast"\neffective_from = 2026-02-02\neffective_to = 2026-02-01',
        44,
        "ngày cuối đứng trước ngày đầu",
    ),
    ("[rules.title]", "[rules.titles]", 49, "titles của quy tắc thứ 1: không có mục nào"),
    ("[[rules]]", "[rules]", None, "hai lớp ngoặc vuông"),
]


@pytest.mark.parametrize(("old", "new", "line", "words"), WRONG)
def test_the_line_and_the_entry_are_named_in_words(old, new, line, words):
    assert old in OWN
    text = OWN.replace(old, new, 1)
    found, sentence = said(text)
    assert words.casefold() in sentence.casefold()
    if line is not None:
        assert found == line, sentence
        assert f"Dòng {line}" in sentence
    assert said(text, "en")[0] == found


def test_every_fault_has_words_of_its_own():
    texts = [OWN.replace(old, new, 1) for old, new, _, _ in WRONG]
    one_twice = OWN + OWN[OWN.index("[[rules]]") :]
    no_rule = OWN[: OWN.index("[[rules]]")].replace("[words]", "rules = []\n\n[words]", 1)
    texts += ["#" * 70_000, one_twice, no_rule]
    assert {refusal_of(text).params["fault"] for text in texts} == set(PackError)
    for text in texts[-3:]:
        for language in WORDS:
            said(text, language)


def test_a_pack_that_is_there_twice_is_told_which():
    packs = [pack_from(own_pack("a", rule="one").encode(), "toml")] * 2
    with pytest.raises(RulePackNotValid) as refused:
        built_in().with_own(packs)
    assert "bộ quy tắc “a” bản 1 đã có" in str(refused.value.told(sayer("vi"))["what"])
    packs[1] = pack_from(own_pack("b", rule="one").encode(), "toml")
    with pytest.raises(RulePackNotValid) as refused:
        built_in().with_own(packs)
    assert "quy tắc “one” bản 1 đã có" in str(refused.value.told(sayer("vi"))["what"])


def test_places_are_found_by_their_path():
    found = places(OWN)
    assert (found["id"], found["words.voters"], found["quorum"]) == (3, 9, 13)
    assert (found["options[0]"], found["options[2].label"]) == (27, 37)
    assert (found["rules[0]"], found["rules[0].title"], found["rules[0].title.vi"]) == (39, 49, 50)
    assert line_of(OWN, "options") == 27
    assert line_of(OWN, "rules[0].quorum.numerator") == 39
    assert line_of(OWN, "nothing.of.it") is None
    assert line_with("# 1.5\na = 1.52\nb = 1.5", "1.5") == 3


def test_what_stands_inside_a_long_text_is_no_place():
    text = 'a = """\n[[rules]]\nid = "x"\n"""\n[[rules]]\nid = "y"'
    assert places(text) == {"a": 1, "rules[0]": 5, "rules[0].id": 6}


@given(st.text(), st.text())
def test_any_text_has_places(text, field):
    line = line_of(text, field)
    assert line is None or 1 <= line <= text.count("\n") + 1


@pytest.mark.parametrize("language", WORDS)
def test_every_kind_of_the_built_in_packs_has_a_name(language):
    kinds = {kind for pack in built_in().packs for kind in pack.kinds}
    assert all(WORDS[language][f"meeting_kind.{kind}"] for kind in kinds)

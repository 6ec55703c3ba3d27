"""Quorum and shares: against fractions, at the edges, and by the roll call."""

import json
from datetime import date
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.i18n import Words
from meetings.attendance.quorum_rules import QuorumRule, present_among, quorum_among, quorum_of
from meetings.meeting.templates import TEMPLATES
from meetings.shared.attendance_status import AttendanceStatus
from meetings.shared.shares import Comparison, Share, least
from meetings.voting.rules.packs import built_in
from tests.rules.voting.make_quorum_cases import SHARES, TARGET, text

RULES = {rule.id: rule.quorum for rule in built_in().current()}


@given(
    st.sampled_from(sorted(RULES)),
    st.integers(0, 600).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
)
def test_the_quorum_is_that_of_fractions(rule_id, people):
    present, entitled = people
    rule = RULES[rule_id]
    share = Fraction(rule.numerator, rule.denominator) * entitled
    enough = present > share if rule.comparison is Comparison.MORE_THAN else present >= share
    quorum = quorum_of(rule, present=present, entitled=entitled)
    assert quorum.met == (enough and present > 0)
    assert quorum.met == (quorum.missing == 0)
    assert quorum.missing == max(0, quorum.required - present)


@pytest.mark.parametrize(
    ("rule_id", "entitled", "required"),
    [
        ("hdnd_resolution", 31, 21),
        ("hdnd_resolution", 30, 20),
        ("hdnd_removal", 9, 6),
        ("ubnd_decision", 11, 8),
        ("party_cell_resolution", 20, 14),
        ("committee_general", 10, 6),
        ("hdnd_resolution", 1, 1),
    ],
)
def test_how_many_must_be_here(rule_id, entitled, required):
    assert quorum_of(RULES[rule_id], present=0, entitled=entitled).required == required
    for present in (required - 1, required):
        quorum = quorum_of(RULES[rule_id], present=present, entitled=entitled)
        assert quorum.met == (present == required)


def test_a_body_of_nobody_never_has_a_quorum():
    for rule in RULES.values():
        assert not quorum_of(rule, present=0, entitled=0).met


def test_more_present_than_entitled_is_a_fault():
    for present, entitled in ((4, 3), (-1, 3)):
        with pytest.raises(ValueError, match="entitled"):
            quorum_of(RULES["ubnd_decision"], present=present, entitled=entitled)


def test_who_came_late_is_here_and_who_left_is_not():
    here = {status for status in AttendanceStatus if present_among([status])}
    assert here == {AttendanceStatus.PRESENT, AttendanceStatus.LATE}
    assert present_among([None, AttendanceStatus.LATE, AttendanceStatus.PRESENT]) == 2


@pytest.mark.parametrize(
    ("numerator", "denominator", "comparison"),
    [(0, 2, ">"), (3, 2, ">="), (-1, 2, ">"), (1, 0, ">="), (1, 1, ">")],
)
def test_shares_that_cannot_be(numerator, denominator, comparison):
    written = {"numerator": numerator, "denominator": denominator, "comparison": comparison}
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(written, Share)
    with pytest.raises(ValueError, match="`"):
        Share(numerator=numerator, denominator=denominator, comparison=Comparison(comparison))


def test_all_of_them_can_be_asked_for():
    unanimous = Share(numerator=1, denominator=1, comparison=Comparison.AT_LEAST)
    assert [least(unanimous, n) for n in (0, 1, 7)] == [1, 1, 7]
    with pytest.raises(ValueError, match="base"):
        least(unanimous, -1)


FILE = json.loads(TARGET.read_text())


def test_the_cases_that_tablets_are_held_to_are_these():
    assert TARGET.read_text() == text()


@pytest.mark.parametrize("share", SHARES)
def test_the_quorum_is_that_of_the_cases(share):
    for case in FILE["cases"]:
        if tuple(case["rule"].values()) != share:
            continue
        words = Words("có", "yes")
        rule = msgspec.convert(
            {**case["rule"], "formula": words, "citation": words, "confirmed": False}, QuorumRule
        )
        words_said = [FILE["letters"][one.lower()] for one in case["people"] if one.isupper()]
        said = [AttendanceStatus(word) if word else None for word in words_said]
        assert msgspec.to_builtins(quorum_among(rule, said)) == case["quorum"]


def test_every_template_of_meetings_has_rules_of_its_own():
    book = built_in()
    for template in TEMPLATES.values():
        assert all(template.kind in rule.kinds for rule in book.offered(template.kind)), template
    assert book.offered("giao ban") == book.offered("general")
    assert all("general" in rule.kinds for rule in book.offered("giao ban", on=date(1900, 1, 1)))

"""Counting ballots and tallies: everybody in one place, nobody twice. And no float in voting."""

import ast
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from meetings import voting
from meetings.attendance import quorum_rules
from meetings.shared import shares
from meetings.voting.rules.tally_rules import (
    Cast,
    Channel,
    Tally,
    TallyDoesNotAddUp,
    UnknownChoice,
    checked_tally,
    counted,
    standing,
)
from tests.rules.voting.make_tally_cases import TARGET, text

KEYS = ("for", "against", "abstain", "other")


def people(number: int) -> frozenset[str]:
    return frozenset(f"p{place}" for place in range(number))


def hands(**counts: int) -> Tally:
    return Tally(channel=Channel.HANDS, counts=counts)


def paper(issued: int | None, returned: int | None, invalid: int | None, **counts: int) -> Tally:
    return Tally(
        channel=Channel.PAPER, counts=counts, issued=issued, returned=returned, invalid=invalid
    )


def test_hundreds_of_sittings_count_everybody_once():
    """Each person does one thing by one channel; the count must find them all where they are."""
    dice = random.Random(1969)
    for _ in range(600):
        places: Counter[str] = Counter()
        ballots: dict[str, str] = {}
        by_hand: Counter[str] = Counter()
        papers: Counter[str] = Counter()
        here = set()
        n = dice.randint(1, 80)
        for person in people(n):
            act = dice.choice(["tablet", "hands", "paper", "silent", "absent"])
            choice = dice.choice(KEYS)
            if act != "absent":
                here.add(person)
            if act == "tablet":
                ballots[person] = choice
            elif act == "hands":
                by_hand[choice] += 1
            elif act == "paper":
                choice = dice.choice([*KEYS, "invalid", "not_returned"])
                papers[choice] += 1
            placed = {"silent": "not_sent", "absent": "absent"}.get(act, choice)
            places[placed] += 1
        issued = papers.total()
        valid = {key: papers[key] for key in KEYS}
        tallies = [
            hands(**by_hand),
            paper(issued, issued - papers["not_returned"], papers["invalid"], **valid),
        ]
        count = counted(KEYS, n, frozenset(here), ballots, tallies)
        found = dict(count.parts)
        assert all(number == places[part] for part, number in found.items())
        assert sum(found.values()) == n
        assert count.adds_up
        assert count.voted == sum(places[part] for part in (*KEYS, "invalid"))


numbers = st.integers(0, 30)


@given(numbers, numbers, numbers, numbers, numbers)
def test_a_paper_tally_passes_only_when_its_sums_hold(issued, returned, invalid, yes, no):
    tally = paper(issued, returned, invalid, **{"for": yes, "against": no})
    if issued >= returned and returned == yes + no + invalid:
        kept = checked_tally(tally, KEYS)
        assert kept.not_returned == issued - returned
        assert kept.valid == yes + no == sum(kept.counts.values())
        assert tuple(kept.counts) == KEYS
    else:
        with pytest.raises(TallyDoesNotAddUp):
            checked_tally(tally, KEYS)


@pytest.mark.parametrize(
    ("written", "identity", "sides"),
    [
        ({"issued": 9}, "issued", (9, 10)),
        ({"returned": 11, "issued": 12}, "valid", (10, 9)),
        ({"invalid": 0}, "valid", (10, 9)),
        ({"invalid": 11}, "returned", (10, 11)),
        ({"not_returned": 1}, "issued", (10, 11)),
        ({"valid": 10}, "returned", (10, 11)),
        ({"counts": {"for": 8}}, "valid", (9, 8)),
    ],
)
def test_the_sum_that_is_wrong_is_named(written, identity, sides):
    right: dict[str, Any] = {
        "counts": {"for": 6, "against": 3},
        "issued": 10,
        "returned": 10,
        "invalid": 1,
    }
    checked_tally(Tally(channel=Channel.PAPER, **right), KEYS)
    with pytest.raises(TallyDoesNotAddUp) as refused:
        checked_tally(Tally(channel=Channel.PAPER, **{**right, **written}), KEYS)
    said = refused.value.params
    assert (said["identity"], (said["expected"], said["found"])) == (identity, sides)


@pytest.mark.parametrize(
    "tally",
    [
        paper(None, 3, 0, **{"for": 3}),
        paper(3, None, 0, **{"for": 3}),
        paper(3, 3, -1, **{"for": 4}),
        hands(**{"for": -1}),
        hands(**{"for": True}),
        hands(**{"for": 10**9}),
        Tally(channel=Channel.HANDS, counts={"for": 3}, returned=3),
        Tally(channel=Channel.TABLET, counts={}),
    ],
)
def test_numbers_that_cannot_be_are_refused(tally):
    with pytest.raises(InvalidInput):
        checked_tally(tally, KEYS)


def test_a_choice_that_is_not_there_is_refused():
    with pytest.raises(UnknownChoice):
        checked_tally(hands(maybe=1), KEYS)
    with pytest.raises(UnknownChoice):
        counted(KEYS, 3, people(3), {"p0": "maybe"})


def test_zeros_of_papers_do_no_harm_to_a_show_of_hands():
    tally = Tally(channel=Channel.HANDS, counts={"for": 2}, issued=0, returned=0, invalid=0)
    assert checked_tally(tally, KEYS) == hands(**dict.fromkeys(KEYS, 0) | {"for": 2})


@pytest.mark.parametrize(
    "tallies",
    [
        [hands(**{"for": 3})],
        [paper(3, 2, 0, **{"for": 2})],
        [hands(**{"for": 2}), paper(1, 1, 1)],
    ],
)
def test_nobody_is_counted_twice(tallies):
    """Four are here, two of them have a ballot: two are left for hands and papers."""
    ballots = {"p0": "for", "p1": "against"}
    with pytest.raises(TallyDoesNotAddUp) as refused:
        counted(KEYS, 5, people(4), ballots, tallies)
    assert refused.value.params == {"identity": "present", "expected": 4, "found": 5}


def test_who_is_not_here_has_no_ballot():
    with pytest.raises(ValueError, match="roster"):
        counted(KEYS, 5, people(2), {"p3": "for"})
    with pytest.raises(ValueError, match="roster"):
        counted(KEYS, 2, people(3), {})
    with pytest.raises(ValueError, match="two tallies"):
        counted(KEYS, 5, people(2), {}, [hands(), hands()])


def test_the_latest_ballot_of_a_person_stands():
    ballots = [Cast("a", "for", 1), Cast("b", "abstain", 1), Cast("a", "against", 2)]
    assert standing(ballots) == standing(reversed(ballots)) == {"a": "against", "b": "abstain"}
    with pytest.raises(ValueError, match="twice"):
        standing([*ballots, Cast("a", "for", 2)])


FRACTIONAL_NAMES = {"float", "round", "complex", "Decimal", "Fraction", "truediv", "fsum", "fmean"}
FRACTIONAL_MODULES = {"decimal", "fractions", "math", "cmath", "statistics", "numpy"}


def fractional(tree: ast.AST) -> list[str]:
    """Every place of a syntax tree where a number may stop being whole."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                found.append(f"{node.lineno}: the literal {node.value!r}")
            case ast.BinOp(op=ast.Div()) | ast.AugAssign(op=ast.Div()):
                found.append(f"{node.lineno}: a division")
            case ast.Name(id=name) | ast.Attribute(attr=name) if name in FRACTIONAL_NAMES:
                found.append(f"{node.lineno}: {name}")
            case ast.Import(names=names):
                found += [f"{node.lineno}: {one.name}" for one in names if _module(one.name)]
            case ast.ImportFrom(module=str(module)) if _module(module):
                found.append(f"{node.lineno}: {module}")
            case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=spec)])):
                if str(spec)[-1:] in set("eEfFgG%n"):
                    found.append(f"{node.lineno}: the format {spec!r}")
    return found


def _module(name: str) -> bool:
    return name.partition(".")[0] in FRACTIONAL_MODULES


def test_no_float_comes_near_a_vote():
    folder = Path(voting.__file__).parent
    files = [*folder.rglob("*.py"), Path(quorum_rules.__file__), Path(shares.__file__)]
    assert len(files) > 5
    found = {file.name: fractional(ast.parse(file.read_text())) for file in files}
    assert not {name: places for name, places in found.items() if places}


@pytest.mark.parametrize(
    "code",
    [
        "half = 0.5",
        "share = a / b",
        "share /= b",
        "float(n)",
        "builtins.round(n)",
        "import math",
        "from fractions import Fraction as F",
        "f'{n:.2f}'",
        "1e3",
        "2j",
    ],
)
def test_the_reader_of_the_tree_finds_every_kind(code):
    assert fractional(ast.parse(code))


def test_whole_numbers_are_left_alone():
    assert not fractional(ast.parse("n = a // b + c % d\nf'{n:02d}'\nPath(a).joinpath(b)"))


def test_the_cases_that_whoever_types_is_held_to_are_these():
    assert TARGET.read_text() == text()


def test_a_count_by_hand_stands_or_falls_as_in_the_cases():
    for case in json.loads(TARGET.read_text())["cases"]:
        figures = {key: case.get(key) for key in ("issued", "returned", "invalid")}
        tally = Tally(channel=Channel(case["channel"]), counts=case["counts"], **figures)
        try:
            counted(tuple(case["counts"]), case["limit"], people(case["limit"]), {}, [tally])
        except TallyDoesNotAddUp:
            assert not case["holds"], case
        else:
            assert case["holds"], case

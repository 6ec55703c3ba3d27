"""The verdict of a poll, against a slow oracle in fractions, and its questions and options."""

from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput
from meetings.shared.shares import Comparison, least
from meetings.voting.rules.packs import built_in
from meetings.voting.rules.poll_rules import (
    Base,
    Chair,
    DecisionRule,
    NobodyEntitled,
    PollMethod,
    RosterEntry,
    Rule,
    RulingNotNeeded,
    Tie,
    TieFlow,
    TieRule,
    Verdict,
    decide,
    frozen_roster,
    hundredths,
    presiding,
    voters,
    with_ruling,
)
from meetings.voting.rules.question_rules import (
    ChoiceKey,
    DuplicateOption,
    MisleadingOption,
    Option,
    QuestionMissing,
    WrongNumberOfOptions,
    checked_options,
    checked_question,
)
from meetings.voting.rules.tally_rules import Count, counted

RULES = built_in().current()
USUAL = ("for", "against", "abstain")
CHAIR_SIDE = built_in().rule("ubnd_decision")
NAMED, HANDS, PAPER = PollMethod.NAMED, PollMethod.HANDS, PollMethod.PAPER

made_up_rules = st.builds(
    lambda whole, part, comparison, base, tie: DecisionRule(
        numerator=min(whole, part),
        denominator=whole + (part >= whole and comparison is Comparison.MORE_THAN),
        comparison=comparison,
        base=base,
        tie=tie,
    ),
    st.integers(1, 12),
    st.integers(1, 12),
    st.sampled_from(Comparison),
    st.sampled_from(Base),
    st.sampled_from(TieRule),
)
any_rule = st.one_of(st.sampled_from(RULES), made_up_rules)
choices = st.sampled_from(["for", "against", "abstain", "other", None, "absent"])
"""What one entitled person does. None: present, and sends nothing."""


def people_who_do(*acts: tuple[str | None, int]) -> list[str | None]:
    return [act for act, number in acts for _ in range(number)]


def count_of(people: list[str | None]) -> Count:
    """The count of people by what each does; the first is p0."""
    acts = {f"p{place}": act for place, act in enumerate(people)}
    present = frozenset(who for who, act in acts.items() if act != "absent")
    ballots = {who: act for who, act in acts.items() if act is not None and act != "absent"}
    return counted((*USUAL, "other"), len(people), present, ballots)


def slow_required(rule: DecisionRule, base: int) -> int:
    """Try every number of people until the share is reached, in exact fractions."""
    share = Fraction(rule.numerator, rule.denominator) * base
    k = 1
    while not (k > share if rule.comparison is Comparison.MORE_THAN else k >= share):
        k += 1
    return k


def slow_verdict(rule: DecisionRule, people: list[str | None], named: bool) -> str:
    """The verdict by the words of the rule; the first person presides."""
    here = [act for act in people if act != "absent"]
    cast = [act for act in here if act is not None]
    base = {Base.ENTITLED: len(people), Base.PRESENT: len(here), Base.CAST: len(cast)}[rule.base]
    in_favour, opposed = cast.count("for"), cast.count("against")
    if in_favour >= slow_required(rule, base):
        return "adopted"
    if rule.tie is TieRule.CHAIR_SIDE and in_favour == opposed > 0:
        side = people[0] if named else None
        return {"for": "adopted", "against": "not_adopted"}.get(str(side), "tie_needs_ruling")
    return "not_adopted"


@given(any_rule, st.lists(choices, min_size=1, max_size=60), st.sampled_from(PollMethod))
def test_the_verdict_is_that_of_the_oracle(rule, people, method):
    own = people[0] if people[0] != "absent" else None
    outcome = decide(rule, method, count_of(people), Chair("p0", own))
    assert outcome.verdict == slow_verdict(rule, people, method is NAMED)
    assert outcome.required == slow_required(rule, outcome.base_number)
    assert outcome.surplus - outcome.missing == outcome.reached - outcome.required
    assert min(outcome.surplus, outcome.missing) == 0
    assert (outcome.tie is not None) <= (outcome.missing > 0)


@given(any_rule, st.integers(0, 600))
def test_the_number_needed_is_the_smallest_that_reaches_the_share(rule, base):
    assert least(rule, base) == slow_required(rule, base)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_small_body_and_every_split(rule):
    """All splits of up to 12 people among for, against, abstain, silent and absent."""
    for n in range(1, 13):
        for in_favour in range(n + 1):
            for opposed in range(n + 1 - in_favour):
                rest = n - in_favour - opposed
                people = people_who_do(
                    ("against", opposed),
                    ("for", in_favour),
                    ("abstain", rest // 3),
                    ("absent", rest // 2),
                )
                people += [None] * (n - len(people))
                own = None if people[0] == "absent" else people[0]
                outcome = decide(rule, NAMED, count_of(people), Chair("p0", own))
                assert outcome.verdict == slow_verdict(rule, people, True)


@pytest.mark.parametrize(
    ("rule_id", "n", "required"),
    [
        ("hdnd_resolution", 31, 16),
        ("hdnd_resolution", 30, 16),
        ("hdnd_removal", 9, 6),
        ("hdnd_removal", 31, 21),
        ("ubnd_decision", 11, 6),
        ("party_cell_resolution", 20, 11),
        ("hdnd_resolution", 1, 1),
        ("hdnd_removal", 1, 1),
    ],
)
def test_the_worked_examples(rule_id, n, required):
    rule = built_in().rule(rule_id)
    assert least(rule, n) == required
    for in_favour in (required, required - 1):
        people = people_who_do(("for", in_favour), ("absent", n - in_favour))
        wanted = Verdict.ADOPTED if in_favour == required else Verdict.NOT_ADOPTED
        assert decide(rule, NAMED, count_of(people), None).verdict is wanted


def test_a_party_cell_counts_all_its_official_members():
    rule = built_in().rule("party_cell_resolution")
    people = people_who_do(("for", 10), ("against", 7), ("absent", 3))
    outcome = decide(rule, NAMED, count_of(people), None)
    assert (outcome.base_number, outcome.required, outcome.missing) == (20, 11, 1)
    assert outcome.verdict is Verdict.NOT_ADOPTED


def test_a_general_tie_is_not_adopted():
    rule = built_in().rule("committee_general")
    people = people_who_do(("for", 5), ("against", 5), (None, 4))
    outcome = decide(rule, NAMED, count_of(people), Chair("p0", "for"))
    assert (outcome.verdict, outcome.tie) == (Verdict.NOT_ADOPTED, None)


def test_where_nobody_votes_nothing_is_adopted():
    for rule in RULES:
        outcome = decide(rule, NAMED, count_of([None] * 5), Chair("p0", None))
        assert outcome.verdict is Verdict.NOT_ADOPTED


TIE = people_who_do(("for", 5), ("against", 5), ("abstain", 1))


@pytest.mark.parametrize(
    ("side", "verdict"), [("for", Verdict.ADOPTED), ("against", Verdict.NOT_ADOPTED)]
)
def test_five_to_five_of_eleven_goes_the_side_of_the_chair(side, verdict):
    outcome = decide(CHAIR_SIDE, NAMED, count_of(TIE), Chair("p0", side))
    assert (outcome.required, outcome.reached, outcome.verdict) == (6, 5, verdict)
    assert outcome.tie == Tie(TieFlow.CHAIR_BALLOT, "p0", ChoiceKey(side))
    with pytest.raises(RulingNotNeeded):
        with_ruling(outcome, "for")


@pytest.mark.parametrize(
    ("method", "chair"),
    [
        (HANDS, Chair("p0", "for")),
        (PAPER, Chair("p0", "for")),
        (NAMED, Chair("p0", "abstain")),
        (NAMED, Chair("p0", None)),
        (NAMED, None),
    ],
)
def test_where_the_side_of_the_chair_is_not_known_a_ruling_is_awaited(method, chair):
    outcome = decide(CHAIR_SIDE, method, count_of(TIE), chair)
    assert outcome.verdict is Verdict.TIE_NEEDS_RULING
    assert outcome.tie == Tie(TieFlow.RULING, chair and "p0", None)
    assert with_ruling(outcome, "for").verdict is Verdict.ADOPTED
    ruled = with_ruling(outcome, "against")
    assert ruled.verdict is Verdict.NOT_ADOPTED
    assert ruled.tie == Tie(TieFlow.RULING, chair and "p0", ChoiceKey.AGAINST)
    with pytest.raises(InvalidInput):
        with_ruling(outcome, "abstain")
    with pytest.raises(RulingNotNeeded):
        with_ruling(ruled, "for")


def test_a_chair_who_is_not_entitled_has_no_side():
    people = [
        RosterEntry("chair", "Chủ tọa", entitled=False, present=True),
        RosterEntry("absent", "Vắng", entitled=True, present=False),
        *(RosterEntry(f"p{n}", str(n), entitled=True, present=True) for n in range(10)),
    ]
    roster = frozen_roster(people)
    assert len(roster) == 11
    assert voters(roster) == {f"p{n}" for n in range(10)}
    ballots = {f"p{n}": "for" if n < 5 else "against" for n in range(10)}
    count = counted(USUAL, len(roster), voters(roster), ballots)
    for someone in ("chair", "absent"):
        stray = {**ballots, someone: "for"}
        outcome = decide(CHAIR_SIDE, NAMED, count, presiding(someone, voters(roster), stray))
        assert outcome.verdict is Verdict.TIE_NEEDS_RULING
    assert presiding("p0", voters(roster), ballots) == Chair("p0", "for")


def test_a_poll_of_nobody_cannot_be_opened():
    with pytest.raises(NobodyEntitled):
        frozen_roster([RosterEntry("guest", "Khách", entitled=False, present=True)])
    with pytest.raises(ValueError, match="twice"):
        frozen_roster([RosterEntry("p", "P", entitled=True, present=True)] * 2)


def test_among_other_options_the_one_that_leads_is_measured():
    rule = built_in().rule("hdnd_resolution")
    plans = ("plan_1", "plan_2", "against", "abstain")

    def outcome_of(*numbers):
        acts = [plan for plan, n in zip(plans, numbers, strict=True) for _ in range(n)]
        ballots = {f"p{place}": act for place, act in enumerate(acts)}
        return decide(rule, NAMED, counted(plans, 31, frozenset(ballots), ballots), None)

    assert outcome_of(4, 16, 1, 0).deciding == "plan_2"
    assert outcome_of(4, 16, 1, 0).verdict is Verdict.ADOPTED
    assert outcome_of(4, 15, 12, 0).verdict is Verdict.NOT_ADOPTED
    assert outcome_of(0, 0, 20, 11).verdict is Verdict.NOT_ADOPTED
    assert outcome_of(9, 9, 0, 0).deciding is None


def test_a_count_that_does_not_add_up_has_no_verdict():
    broken = msgspec.structs.replace(count_of(TIE), absent=1)
    with pytest.raises(ValueError, match="add up"):
        decide(CHAIR_SIDE, NAMED, broken, None)


@given(st.integers(0, 3_000), st.integers(1, 3_000))
def test_percentages_are_rounded_half_up(part, base):
    assert hundredths(part, base) == (Fraction(10_000 * part, base) + Fraction(1, 2)) // 1


def test_a_percentage_of_nobody_is_refused():
    assert hundredths(22, 31) == 7097
    for part, base in ((0, 0), (-1, 5)):
        with pytest.raises(ValueError, match="percentage"):
            hundredths(part, base)


@pytest.mark.parametrize("text", ["", "  \n", "\u200f\u202e", "\0", "\u200b"])
def test_an_empty_question_is_refused(text):
    with pytest.raises(QuestionMissing):
        checked_question(text)


def test_a_question_is_kept_clean():
    assert checked_question("Thông qua\u202e\n  Nghị\u0301") == "Thông qua Nghị\u0301"
    assert checked_question("Tha\u0301ng") == "Th\u00e1ng"
    with pytest.raises(InvalidInput):
        checked_question("a" * 1_001)


def options(*labels: str) -> list[Option]:
    return [Option(f"o{place}", label) for place, label in enumerate(labels)]


@pytest.mark.parametrize("number", [0, 1, 21, 60])
def test_too_few_or_too_many_options_are_refused(number):
    with pytest.raises(WrongNumberOfOptions):
        checked_options(options(*map(str, range(number))))


@pytest.mark.parametrize(
    "twins",
    [
        ("Đồng ý", "đồng  ý "),
        ("Đồng ý", "Đồng ý"),
        ("Phương án A", "Phương án\u202e a"),
        ("STRASSE", "straße"),
    ],
)
def test_options_that_read_the_same_are_refused(twins):
    with pytest.raises(DuplicateOption):
        checked_options(options("Khác", *twins))


@pytest.mark.parametrize("keys", [("a", "a"), ("a", "A")])
def test_keys_are_not_used_twice(keys):
    with pytest.raises(DuplicateOption):
        checked_options([Option(key, str(place)) for place, key in enumerate(keys)])


@pytest.mark.parametrize("option", ["FOR", "absent", "not_sent", "", "có dấu", "-a", "a" * 61])
def test_keys_that_cannot_be_are_refused(option):
    with pytest.raises(InvalidInput):
        checked_options([Option("for", "Tán thành"), Option(option, "Khác")])


@pytest.mark.parametrize("label", ["", "\u202e", "d" * 121])
def test_labels_that_cannot_be_are_refused(label):
    with pytest.raises(InvalidInput):
        checked_options([Option("for", "Tán thành"), Option("other", label)])


def test_no_option_bears_the_words_of_another():
    rule = built_in().rule("hdnd_resolution")
    assert isinstance(rule, Rule)
    swapped = [Option("for", "không  tán thành"), Option("against", "Tán thành")]
    with pytest.raises(MisleadingOption):
        checked_options(swapped, rule.options)
    with pytest.raises(MisleadingOption):
        checked_options([*options("Một"), Option("yes", "Tán thành")], rule.options)
    kept = checked_options(
        [Option("for", " Đồng ý"), Option("against", "Không tán thành")], rule.options
    )
    assert kept == (Option("for", "Đồng ý"), Option("against", "Không tán thành"))

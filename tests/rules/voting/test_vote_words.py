"""The sentences of a vote, word for word, in both languages."""

import pytest

from core.i18n import Language
from meetings.attendance.quorum_rules import quorum_of
from meetings.shared.shares import Comparison
from meetings.voting.rules.packs import built_in, frozen_copy, thawed
from meetings.voting.rules.poll_rules import (
    Base,
    Chair,
    Outcome,
    PollMethod,
    Rule,
    decide,
    with_ruling,
)
from meetings.voting.rules.sentences import (
    announcement,
    arithmetic_line,
    breakdown_line,
    example_line,
    identity_line,
    percentage,
    quorum_example_line,
    quorum_line,
    rule_line,
    tally_line,
    verdict_heading,
)
from meetings.voting.rules.tally_rules import Channel, Count, Identity, Tally, counted

HDND = built_in().rule("hdnd_resolution")
UBND = built_in().rule("ubnd_decision")
PARTY = built_in().rule("party_cell_resolution")
GENERAL = built_in().rule("committee_general")
TITLE = "Nghị quyết về phân bổ dự toán ngân sách xã năm 2027"
COMMUNE = "Hội đồng nhân dân xã"


def labels(rule: Rule, language: Language = "vi") -> dict[str, str]:
    return {option.key: option.label.said(language) for option in rule.options}


def voted(
    rule: Rule, n: int, in_favour: int, opposed: int, abstained: int = 0, chair: str | None = None
) -> tuple[Count, Outcome]:
    acts = ["for"] * in_favour + ["against"] * opposed + ["abstain"] * abstained
    ballots = {f"p{place}": act for place, act in enumerate(acts)}
    count = counted(tuple(labels(rule)), n, frozenset(ballots), ballots)
    return count, decide(rule, PollMethod.NAMED, count, Chair("p0", chair))


def test_an_adopted_resolution():
    count, outcome = voted(HDND, 31, 22, 4, 2)
    assert arithmetic_line("vi", HDND, outcome, labels(HDND)) == (
        "22/31 đại biểu tán thành, bằng 70,97% tổng số đại biểu; mức tối thiểu 16; "
        "nhiều hơn mức tối thiểu 6 đại biểu"
    )
    assert announcement(
        "vi", HDND, outcome, labels(HDND), title=f"Thông qua {TITLE}?", of_body=COMMUNE
    ) == (
        "Có 22/31 đại biểu tán thành, bằng 70,97% tổng số đại biểu Hội đồng nhân dân xã. "
        f"{TITLE} đã được thông qua."
    )
    assert identity_line("vi", count, labels(HDND)) == (
        "tán thành 22 + không tán thành 4 + không biểu quyết 2 + có mặt, không gửi 0 + vắng 3 "
        "= tổng số 31"
    )
    assert breakdown_line("vi", count, labels(HDND)) == (
        "22 tán thành, 4 không tán thành, 2 không biểu quyết, 3 vắng"
    )
    assert verdict_heading("vi", HDND, outcome, labels(HDND)) == "ĐƯỢC THÔNG QUA"
    assert arithmetic_line("en", HDND, outcome, labels(HDND, "en")) == (
        "22 of 31 deputies voted “For”, 70.97% of all deputies; at least 16 needed; "
        "6 more than needed"
    )


def test_two_too_few():
    _, outcome = voted(HDND, 31, 14, 10)
    assert arithmetic_line("vi", HDND, outcome, labels(HDND)) == (
        "14/31 đại biểu tán thành, bằng 45,16% tổng số đại biểu; mức tối thiểu 16; "
        "còn thiếu 2 đại biểu tán thành"
    )
    assert announcement("vi", HDND, outcome, labels(HDND), title=TITLE, of_body=COMMUNE) == (
        "Có 14/31 đại biểu tán thành, bằng 45,16% tổng số đại biểu Hội đồng nhân dân xã, "
        f"còn thiếu 2 đại biểu tán thành so với mức tối thiểu 16. {TITLE} không được thông qua."
    )
    assert verdict_heading("vi", HDND, outcome, labels(HDND)) == "KHÔNG ĐƯỢC THÔNG QUA"


def test_exactly_enough_and_own_labels():
    _, outcome = voted(PARTY, 20, 11, 6)
    own = {**labels(PARTY), "for": "ĐỒNG Ý"}
    assert arithmetic_line("vi", PARTY, outcome, own) == (
        "11/20 đảng viên chính thức đồng ý, bằng 55,00% tổng số đảng viên chính thức; "
        "mức tối thiểu 11; vừa đủ mức tối thiểu"
    )
    assert announcement("vi", PARTY, outcome, own, title="Kết nạp đảng viên") == (
        "Có 11/20 đảng viên chính thức đồng ý, bằng 55,00% tổng số đảng viên chính thức "
        "của chi bộ. Nội dung “Kết nạp đảng viên” đã được thông qua."
    )


def test_a_tie_that_the_ballot_of_the_chair_decides():
    _, outcome = voted(UBND, 11, 5, 5, 1, chair="for")
    assert arithmetic_line("vi", UBND, outcome, labels(UBND)) == (
        "5/11 thành viên tán thành, bằng 45,45% tổng số thành viên; mức tối thiểu 6; "
        "tán thành và không tán thành bằng nhau (5 và 5), "
        "quyết định theo bên mà chủ trì đã biểu quyết: tán thành"
    )
    assert announcement("vi", UBND, outcome, labels(UBND), title="Quyết định A") == (
        "Có 5/11 thành viên tán thành và 5 thành viên không tán thành, hai bên bằng nhau, "
        "quyết định theo bên mà chủ trì đã biểu quyết: tán thành. Quyết định A đã được thông qua."
    )


def test_a_tie_that_waits_for_a_ruling_and_then_has_it():
    _, outcome = voted(UBND, 11, 5, 5, 1)
    heard = announcement("vi", UBND, outcome, labels(UBND), title="Quyết định A")
    assert heard == (
        "Có 5/11 thành viên tán thành và 5 thành viên không tán thành, hai bên bằng nhau. "
        "Đề nghị chủ trì quyết định."
    )
    assert verdict_heading("vi", UBND, outcome, labels(UBND)) == (
        "HAI BÊN BẰNG NHAU, CHỜ CHỦ TRÌ QUYẾT ĐỊNH"
    )
    assert arithmetic_line("vi", UBND, outcome, labels(UBND)).endswith(", chờ chủ trì quyết định")
    ruled = with_ruling(outcome, "against")
    assert announcement("vi", UBND, ruled, labels(UBND), title="Quyết định A").endswith(
        "chủ trì đã quyết định: không tán thành. Quyết định A không được thông qua."
    )
    assert "the chair ruled: “Against”" in arithmetic_line("en", UBND, ruled, labels(UBND, "en"))


def test_where_nobody_voted():
    _, outcome = voted(GENERAL, 9, 0, 0)
    assert arithmetic_line("vi", GENERAL, outcome, labels(GENERAL)) == (
        "không có thành viên nào biểu quyết"
    )
    assert announcement("vi", GENERAL, outcome, labels(GENERAL), title=TITLE) == (
        f"Không có thành viên nào biểu quyết. {TITLE} không được thông qua."
    )


def test_a_choice_among_proposals():
    plans = {"plan_1": "Phương án 1", "plan_2": "Phương án 2", "abstain": "Không biểu quyết"}

    def outcome_of(first: int, second: int) -> Outcome:
        acts = ["plan_1"] * first + ["plan_2"] * second
        ballots = {f"p{place}": act for place, act in enumerate(acts)}
        count = counted(tuple(plans), 31, frozenset(ballots), ballots)
        return decide(HDND, PollMethod.NAMED, count, None)

    chosen, missed, level = outcome_of(6, 20), outcome_of(6, 12), outcome_of(9, 9)
    assert verdict_heading("vi", HDND, chosen, plans) == "ĐƯỢC CHỌN: Phương án 2"
    assert announcement("vi", HDND, chosen, plans, title=TITLE) == (
        "Có 20/31 đại biểu chọn “Phương án 2”, bằng 64,52% tổng số đại biểu Hội đồng nhân dân. "
        "“Phương án 2” được chọn."
    )
    assert verdict_heading("vi", HDND, missed, plans) == "KHÔNG PHƯƠNG ÁN NÀO ĐƯỢC CHỌN"
    assert announcement("vi", HDND, level, plans, title=TITLE).endswith(
        "Không phương án nào được chọn."
    )
    assert arithmetic_line("vi", HDND, level, plans) == (
        "không phương án nào dẫn đầu riêng, nhiều nhất 9/31 đại biểu; mức tối thiểu 16"
    )


def test_papers_stand_in_the_identity():
    tally = Tally(
        channel=Channel.PAPER, counts={"for": 6, "against": 3}, issued=12, returned=10, invalid=1
    )
    here = frozenset(f"p{place}" for place in range(15))
    count = counted(tuple(labels(GENERAL)), 20, here, {"p0": "for"}, [tally])
    assert identity_line("vi", count, labels(GENERAL)) == (
        "tán thành 7 + không tán thành 3 + không biểu quyết 0 + phiếu không hợp lệ 1 "
        "+ phiếu không thu về 2 + có mặt, không gửi 2 + vắng 5 = tổng số 20"
    )
    assert breakdown_line("vi", count, labels(GENERAL)) == (
        "7 tán thành, 3 không tán thành, 0 không biểu quyết, 1 phiếu không hợp lệ, "
        "2 phiếu không thu về, 2 có mặt không gửi, 5 vắng"
    )
    outcome = decide(GENERAL, PollMethod.PAPER, count, None)
    assert arithmetic_line("vi", GENERAL, outcome, labels(GENERAL)) == (
        "7/11 thành viên tán thành, bằng 63,64% số thành viên đã biểu quyết; mức tối thiểu 6; "
        "nhiều hơn mức tối thiểu 1 thành viên"
    )


def test_the_quorum():
    def line(language, rule, present, entitled):
        quorum = quorum_of(rule.quorum, present=present, entitled=entitled)
        return quorum_line(language, rule.words, quorum)

    assert line("vi", HDND, 27, 31) == "đủ số đại biểu theo quy định: 27/31 (tối thiểu 21)"
    assert line("vi", PARTY, 12, 20) == (
        "chưa đủ số đảng viên chính thức theo quy định: 12/20 (tối thiểu 14, còn thiếu 2)"
    )
    assert line("en", UBND, 9, 11) == "quorum met: 9 of 11 members (at least 8)"


@pytest.mark.parametrize(
    ("rule_id", "line"),
    [
        ("hdnd_resolution", "Được thông qua khi quá nửa tổng số 31 đại biểu tán thành"),
        ("hdnd_removal", "Được thông qua khi ít nhất 2/3 tổng số 31 đại biểu tán thành"),
        (
            "committee_general",
            "Được thông qua khi số tán thành đạt quá nửa số thành viên đã biểu quyết",
        ),
    ],
)
def test_the_rule_in_words(rule_id, line):
    assert rule_line(built_in().rule(rule_id), n=31, present=27).said("vi") == line


def test_a_rule_of_those_present():
    copy = frozen_copy(HDND) | {"base": Base.PRESENT.value, "numerator": 3, "denominator": 5}
    rule = thawed(copy)
    assert rule_line(rule, n=31, present=27).said("vi") == (
        "Được thông qua khi hơn 3/5 số 27 đại biểu có mặt tán thành"
    )
    all_of_them = {"numerator": 1, "denominator": 1, "comparison": Comparison.AT_LEAST.value}
    assert rule_line(thawed(copy | all_of_them), n=31, present=27).said("en") == (
        "Adopted when all of the 27 deputies present vote “For”"
    )


@pytest.mark.parametrize(
    ("part", "base", "vi", "en"),
    [
        (22, 31, "70,97%", "70.97%"),
        (0, 7, "0,00%", "0.00%"),
        (7, 7, "100,00%", "100.00%"),
        (1, 3, "33,33%", "33.33%"),
        (1, 800, "0,13%", "0.13%"),
        (1, 2000, "0,05%", "0.05%"),
    ],
)
def test_percentages(part, base, vi, en):
    assert (percentage("vi", part, base), percentage("en", part, base)) == (vi, en)


def test_each_wrong_sum_has_its_sentence():
    said = {tally_line("vi", identity, expected=10, found=11) for identity in Identity}
    assert len(said) == len(Identity)
    assert tally_line("vi", Identity.ISSUED, expected=10, found=11) == (
        "Phiếu phát ra (10) phải bằng phiếu thu về cộng phiếu không thu về (11)."
    )


def test_a_rule_by_example():
    removal = built_in().rule("hdnd_removal")
    assert (
        example_line(removal, number=9).said("vi") == "Tổng số 9 đại biểu: cần ít nhất 6 tán thành"
    )
    assert example_line(GENERAL, number=30).said("vi") == (
        "30 thành viên đã biểu quyết: cần ít nhất 16 tán thành"
    )
    present = thawed(frozen_copy(HDND) | {"base": "present"})
    assert (
        example_line(present, number=30).said("vi")
        == "30 đại biểu có mặt: cần ít nhất 16 tán thành"
    )
    assert (
        example_line(HDND, number=30).said("en")
        == "30 deputies in all: at least 16 must vote “For”"
    )
    assert quorum_example_line(HDND, number=30).said("vi") == (
        "Tổng số 30 đại biểu: cần có mặt ít nhất 20"
    )

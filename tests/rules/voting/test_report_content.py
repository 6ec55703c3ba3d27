"""The words of a vote's papers: both languages, dates, names of bodies, shares of a count."""

import re
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.csv_injection import escape_formula, starts_formula
from meetings.voting.reports.content.count_table import base_line, count_rows
from meetings.voting.reports.content.dates import day, hour, moment, stamp
from meetings.voting.reports.content.masthead import (
    abbreviation,
    lines_of,
    masthead,
    place_of,
    placed,
    signatures,
)
from meetings.voting.reports.content.names import choice_words, named_voters, recorded_words
from meetings.voting.reports.content.printable import paragraphs, printable
from meetings.voting.reports.content.record import record_content
from meetings.voting.reports.content.result import result_content
from meetings.voting.reports.content.subject import citation_words, matter_rows, rule_rows
from meetings.voting.rules.packs import built_in
from tests.vote_papers import (
    HANOI,
    HOSTILE,
    MEETING,
    OPENED,
    RECORD,
    RECORDED,
    cancelled_poll,
    named_poll,
    paper_poll,
    ruled_poll,
)

replace = msgspec.structs.replace


def test_dates_are_written_as_official_papers_write_them():
    early = datetime(2027, 2, 3, 7, 5, 9, tzinfo=HANOI)
    assert day("vi", early) == "ngày 03 tháng 02 năm 2027"
    assert day("vi", OPENED) == "ngày 24 tháng 11 năm 2026"
    assert day("vi", early.replace(month=3, day=10)) == "ngày 10 tháng 3 năm 2027"
    assert hour("vi", early) == "07 giờ 05"
    assert moment("vi", OPENED) == "09:14:05, ngày 24 tháng 11 năm 2026"
    assert moment("en", early) == "07:05:09, 3 February 2027"
    assert stamp(early) == "07:05:09 03/02/2027"


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Hội đồng nhân dân xã An Phú Tân", ("HỘI ĐỒNG NHÂN DÂN", "XÃ AN PHÚ TÂN")),
        ("Ủy ban nhân dân phường Bến Nghé", ("ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN NGHÉ")),
        ("HĐND xã An Phú Tân", ("HĐND XÃ AN PHÚ TÂN",)),
        ("Công ty cổ phần Thành phố Xanh", ("CÔNG TY CỔ PHẦN", "THÀNH PHỐ XANH")),
        ("Trường Trung học cơ sở An Phú Tân", ("TRƯỜNG TRUNG HỌC CƠ SỞ AN PHÚ TÂN",)),
    ],
)
def test_a_bodys_name_parts_before_its_level(name, lines):
    assert lines_of(name) == lines


def test_party_papers_bear_the_partys_name():
    party = masthead("vi", replace(MEETING, kind="party_cell_meeting", superior="Đảng bộ xã"))
    assert (party.country, party.motto, party.above) == (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "",
        ("ĐẢNG BỘ XÃ",),
    )
    assert masthead("vi", MEETING).motto == "Độc lập - Tự do - Hạnh phúc"


def test_shares_are_of_all_who_are_entitled():
    rows = {row.label: (row.number, row.share) for row in count_rows("vi", named_poll())}
    assert rows == {
        "Tán thành": (23, "74,19%"),
        "Không tán thành": (2, "6,45%"),
        "Không biểu quyết": (1, "3,23%"),
        "Có mặt, không gửi": (2, "6,45%"),
        "Vắng": (3, "9,68%"),
    }
    assert base_line("vi", named_poll()) == "Tỷ lệ tính trên tổng số 31 đại biểu."


def test_who_is_outside_the_base_has_no_share():
    general = named_poll(rule_id="committee_general")
    rows = {row.label: row.share for row in count_rows("vi", general)}
    assert rows["Có mặt, không gửi"] == rows["Vắng"] == ""
    assert rows["Tán thành"] == "88,46%"
    assert base_line("vi", general) == "Tỷ lệ tính trên số 26 thành viên đã biểu quyết."


@given(st.integers(1, 60), st.sampled_from(["hdnd_resolution", "committee_general"]))
def test_the_rows_are_the_identity_and_bars_stay_inside(people, rule_id):
    poll = named_poll(people, rule_id)
    rows = count_rows("en", poll)
    assert sum(row.number for row in rows) == people
    assert all(0 <= row.length <= 10_000 for row in rows)
    assert [row.label for row in rows if row.measured] == ["Tán thành"]


def test_why_somebody_has_no_choice():
    poll = named_poll()
    assert choice_words("vi", poll, poll.voters[9]) == "vắng"
    assert choice_words("vi", poll, poll.voters[12]) == "có mặt, không gửi"
    assert choice_words("vi", poll, poll.voters[0]) == "Tán thành"
    assert choice_words("vi", paper_poll(), poll.voters[12]) == "có mặt, không ghi tên"


def test_who_recorded_a_vote_and_why():
    recorded = named_poll().voters[RECORDED]
    assert recorded_words("vi", recorded) == (
        "Ghi nhận thay bởi Đỗ Ngọc Quyên, xác nhận bởi Lê Minh Triết; lý do: máy tính bảng hết pin"
    )
    assert recorded_words("vi", replace(recorded, confirmed_by=None, reason=None)) == (
        "Ghi nhận thay bởi Đỗ Ngọc Quyên, chưa có người thứ hai xác nhận"
    )
    assert recorded_words("vi", named_poll().voters[0]) == ""


def test_a_paper_vote_lists_only_whom_it_names():
    assert [one.name for one in named_voters(paper_poll())] == ["Nguyễn Thị Đại Biểu 007"]
    assert len(named_voters(named_poll())) == 31


def test_what_there_is_not_has_no_row():
    bare = replace(named_poll(), document=None, agenda_item=None, repeats=None, announced_at=None)
    names = {name for name, _ in matter_rows("vi", MEETING, bare)}
    assert not names & {"Tài liệu", "Mã SHA-256", "Nội dung chương trình", "Công bố"}
    assert "Câu hỏi biểu quyết" in names


def test_papers_name_a_rule_and_its_source_without_codes_and_remarks():
    rows = dict(rule_rows("vi", named_poll()))
    assert rows["Quy tắc"] == "Nghị quyết của Hội đồng nhân dân"
    law = "Luật Tổ chức chính quyền địa phương số 77/2015/QH13, Điều 91 khoản 3"
    assert rows["Căn cứ"] == law
    assert "Căn cứ" not in dict(rule_rows("vi", named_poll(rule_id="committee_general")))
    for pack in built_in().packs:
        for source in (pack.quorum.citation, *(rule.citation for rule in pack.rules)):
            said = citation_words(source.vi) + citation_words(source.en)
            assert not re.search(r"đối chiếu|[Cc]hưa|checked|preset|No provision", said), said


@pytest.mark.parametrize(
    ("body", "place", "short"),
    [
        ("Hội đồng nhân dân xã An Phú Tân", "An Phú Tân", "HĐND"),
        ("Ủy ban nhân dân phường 12", "Phường 12", "UBND"),
        ("Hội đồng nhân dân xã Tân Phú, tỉnh Đồng Nai", "Tân Phú", "HĐND"),
        ("Công ty cổ phần Thành phố Xanh", "", ""),
    ],
)
def test_where_a_body_issues_its_papers(body, place, short):
    assert (place_of(body), abbreviation(body)) == (place, short)
    line = placed("vi", replace(MEETING, body=body), OPENED)
    assert line == f"{place or '………………'}, ngày 24 tháng 11 năm 2026"


@pytest.mark.parametrize(
    ("poll", "fits", "unfit"),
    [
        (named_poll(), ("trên máy tính bảng", "Có mặt, không gửi biểu quyết: 2."), "phiếu giấy"),
        (ruled_poll(), ("bằng giơ tay", "Có mặt, không giơ tay: 0."), "không gửi"),
        (paper_poll(), ("4. Số phiếu", "5. Kết quả kiểm phiếu", "Việc kiểm phiếu"), "đã giơ"),
    ],
)
def test_the_tellers_record_speaks_of_how_the_vote_was_held(poll, fits, unfit):
    pieces = msgspec.to_builtins(record_content("vi", MEETING, poll, RECORD).pieces)
    said = "\n".join(str(piece) for piece in pieces)
    for words in (*fits, "Huỳnh Văn Lâm, Trần Thị Mỹ Hạnh", f"khóa ký: {poll.log.key}."):
        assert words in said
    assert unfit not in said


def test_everybody_who_presides_signs():
    secretary, chair = signatures("vi", MEETING, named_poll().rule.words)
    assert chair.names == MEETING.chairs
    assert {secretary.how, chair.how} == {"(Ký, ghi rõ họ tên)"}


def test_a_cancelled_vote_tells_no_number_even_when_it_has_some():
    counted = named_poll()
    poll = replace(cancelled_poll(), count=counted.count, outcome=counted.outcome)
    content: Any = result_content("vi", MEETING, poll)
    assert content["names"] is None
    assert content["numbers"].keys() == {"title", "verdict", "arithmetic", "note"}


def test_a_vote_that_is_not_over_has_no_paper():
    with pytest.raises(ValueError, match="not counted"):
        result_content("vi", MEETING, replace(named_poll(), count=None))


def test_a_ruling_is_told_with_its_reason():
    content: Any = result_content("vi", MEETING, ruled_poll())
    assert content["numbers"]["ruling"] == (
        "Hai bên bằng nhau: Huỳnh Văn Lâm quyết định theo bên “Tán thành” "
        "lúc 09:18:05, ngày 24 tháng 11 năm 2026; lý do: Bảo đảm tiến độ"
    )


def test_facts_are_cleaned_before_they_are_printed():
    poll = replace(named_poll(), title=HOSTILE, closed=None)
    clean = printable(poll)
    assert "\u202e" not in clean.title
    assert "\x00" not in clean.title
    assert "cba" in clean.title
    assert replace(clean, title=HOSTILE) == poll
    assert paragraphs("một \t hai\n\n \u200b\r\nba") == ["một hai", "ba"]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  -2", "  '-2"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("＝1", "'＝1"),
        ('a;"=cmd', "a;\"'=cmd"),
        ("một, =hai", "một, '=hai"),
        ("một - hai = ba", "một - hai = ba"),
        ("70,97%", "70,97%"),
        ("", ""),
    ],
)
def test_nothing_begins_a_formula(text, safe):
    assert escape_formula(text) == safe
    assert not starts_formula(escape_formula(text))


def test_a_vote_after_midnight_bears_its_date():
    poll = named_poll()
    late = replace(poll.voters[0], at=OPENED + timedelta(days=1))
    content: Any = result_content("vi", MEETING, replace(poll, voters=(late, *poll.voters[1:])))
    rows = content["names"]["rows"]
    assert rows[0]["cells"][-1] == "09:14:05 25/11/2026"
    assert rows[1]["cells"][-1] == "09:14:12"

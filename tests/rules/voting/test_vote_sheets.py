"""The result as a workbook and as a text file, read back by programs that did not write them."""

import csv
import io
from datetime import UTC, timedelta

import msgspec
import openpyxl
import pytest

from meetings.voting.reports.formats.result_csv import result_csv
from meetings.voting.reports.formats.result_xlsx import result_xlsx
from tests.vote_papers import (
    HOSTILE,
    LEAF_HASH,
    LONG_TEXT,
    LONG_WORD,
    MEETING,
    OPENED,
    PAPER_HASH,
    RECORDED,
    cancelled_poll,
    hostile_poll,
    named_poll,
    paper_poll,
    ruled_poll,
)


def book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(sheet) -> list[tuple]:
    return [tuple(cell.value for cell in row) for row in sheet.iter_rows()]


def blocks(content: bytes, separator: str) -> list[list[list[str]]]:
    """The tables of a text file, parted by empty lines."""
    assert content.startswith(b"\xef\xbb\xbf")
    found: list[list[list[str]]] = [[]]
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=separator):
        if row:
            found[-1].append(row)
        else:
            found.append([])
    return found


def test_counts_are_numbers_and_their_head_is_frozen():
    made = book(result_xlsx(MEETING, named_poll(), "vi"))
    assert made.sheetnames == ["Kết quả", "Danh sách", "Thông tin"]
    assert {sheet.freeze_panes for sheet in made} == {"A2"}
    assert {sheet.print_title_rows for sheet in made} == {"$1:$1"}
    assert {sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in made} == {True}
    assert {(sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) for sheet in made} == {
        (1, 0)
    }
    assert named_poll().title in made["Danh sách"].oddHeader.center.text
    turned = {sheet.title: sheet.page_setup.orientation for sheet in made}
    assert turned == {"Kết quả": "portrait", "Danh sách": "landscape", "Thông tin": "portrait"}
    assert rows(made["Kết quả"]) == [
        ("Phương án", "Số lượng", "Tỷ lệ"),
        ("Tán thành", 23, "74,19%"),
        ("Không tán thành", 2, "6,45%"),
        ("Không biểu quyết", 1, "3,23%"),
        ("Có mặt, không gửi", 2, "6,45%"),
        ("Vắng", 3, "9,68%"),
        ("Tổng số", 31, None),
    ]
    assert {row[1].data_type for row in made["Kết quả"].iter_rows(min_row=2)} == {"n"}


def test_names_come_in_the_order_of_the_roster_with_real_times():
    poll = named_poll(300)
    names = rows(book(result_xlsx(MEETING, poll, "vi"))["Danh sách"])
    assert [row[1] for row in names[1:]] == [voter.name for voter in poll.voters]
    assert [row[0] for row in names[1:]] == list(range(1, 301))
    assert names[1][5] == OPENED.replace(tzinfo=None)
    assert names[1 + RECORDED][3:] == (
        "Tán thành",
        "ghi nhận thay",
        OPENED.replace(second=54, tzinfo=None),
        "Đỗ Ngọc Quyên",
        "Lê Minh Triết",
        "máy tính bảng hết pin",
    )


def test_tallies_have_a_column_for_each_channel():
    made = book(result_xlsx(MEETING, paper_poll(), "vi"))
    counts = rows(made["Kết quả"])
    assert counts[0] == ("Phương án", "Số lượng", "Tỷ lệ", "Phiếu giấy", "Giơ tay")
    assert counts[1] == ("Tán thành", 21, "67,74%", 19, 1)
    assert len(rows(made["Danh sách"])) == 2


def test_every_fact_stands_in_the_third_sheet():
    facts = dict(rows(book(result_xlsx(MEETING, ruled_poll(), "vi"))["Thông tin"]))
    assert facts["Mã SHA-256"] == PAPER_HASH
    assert facts["Mã băm của mục"] == LEAF_HASH
    assert facts["Mức tối thiểu"] == 6
    assert facts["Mục nhật ký"] == 57
    assert facts["Kết luận"] == "ĐƯỢC THÔNG QUA"
    assert "Bảo đảm tiến độ" in facts["Quyết định khi hai bên bằng nhau"]
    assert "Công việc cấp bách" in facts["Chưa đủ số thành viên"]


def test_a_cancelled_vote_has_facts_alone():
    made = book(result_xlsx(MEETING, cancelled_poll(), "en"))
    assert made.sheetnames == ["Facts"]
    assert ("Verdict", "VOTE CANCELLED") in rows(made["Facts"])
    (table,) = blocks(result_csv(MEETING, cancelled_poll(), "en"), ",")
    assert ["Verdict", "VOTE CANCELLED"] in table


def test_hostile_text_stays_text():
    made = book(result_xlsx(MEETING, hostile_poll(), "vi"))
    cells = [cell for sheet in made for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    names = rows(made["Danh sách"])
    assert names[1][1].startswith("=cmd|' /C calc'!A0 <b>đậm</b> #sys.inputs $x$")
    assert made["Danh sách"]["B2"].quotePrefix
    assert not made["Danh sách"]["B5"].quotePrefix
    assert names[1][2] == LONG_TEXT.strip()
    assert names[2][1] == LONG_WORD


def test_the_text_file_holds_the_same_tables():
    counts, names, facts = blocks(result_csv(MEETING, named_poll(), "vi"), ";")
    assert counts[1] == ["Tán thành", "23", "74,19%"]
    assert len(names) == 32
    assert names[1][5] == "2026-11-24 09:14:05"
    assert ["Mã băm của mục", LEAF_HASH] in facts
    english, _, _ = blocks(result_csv(MEETING, named_poll(language="en"), "en"), ",")
    assert english[1] == ["For", "23", "74.19%"]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_no_cell_begins_a_formula_whatever_parts_the_cells(separator):
    hostile = hostile_poll()
    worse = msgspec.structs.replace(hostile, question='x";=1+1;"-2", +3 , @SUM(A1)')
    content = result_csv(MEETING, worse, "vi").decode("utf-8-sig")
    for line in content.splitlines():
        for cell in line.split(separator):
            assert not cell.strip(' "').startswith(("=", "+", "-", "@")), cell


def test_the_same_facts_give_the_same_bytes():
    for make in (result_xlsx, result_csv):
        assert make(MEETING, named_poll(), "vi") == make(MEETING, named_poll(), "vi")


def test_the_workbook_says_whose_it_is_and_when_the_vote_ended():
    meeting = msgspec.structs.replace(MEETING, body=f"HĐND {HOSTILE}")
    properties = book(result_xlsx(meeting, named_poll(), "vi")).properties
    assert properties.creator.startswith("HĐND =cmd|' /C calc'!A0 <b>đậm</b>")
    ended = (OPENED + timedelta(minutes=3)).astimezone(UTC)
    assert properties.created == ended.replace(tzinfo=None)

"""The tellers' record for Word, read back with python-docx."""

import io
import zipfile
from datetime import UTC, timedelta

import docx
import msgspec
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from meetings.voting.reports.content.report_facts import TellersRecord
from meetings.voting.reports.formats.record_docx import tellers_record_docx
from tests.vote_papers import (
    HOSTILE,
    LEAF_HASH,
    LONG_TEXT,
    LONG_WORD,
    MEETING,
    OPENED,
    PAPER_HASH,
    RECORD,
    cancelled_poll,
    hostile_poll,
    named_poll,
    paper_poll,
)

BODY = [
    "Thời gian bắt đầu: 09 giờ 19, ngày 24 tháng 11 năm 2026",
    "Địa điểm: Phòng họp số 2",
    f"Cuộc họp: {MEETING.title}",
    "Chủ tọa: Huỳnh Văn Lâm, Trần Thị Mỹ Hạnh",
    "1. Nội dung biểu quyết",
    paper_poll().question,
    "Hình thức: Biểu quyết bằng phiếu giấy",
    f"Tài liệu: Dự thảo Nghị quyết phân bổ dự toán, bản 2; SHA-256: {PAPER_HASH}",
    "2. Thành phần",
    "Ban kiểm phiếu: ",
    "- Phan Thanh Tùng",
    "- Ngô Nhật Khôi",
    "- Hồ Thị Cẩm Tú",
    "Người chứng kiến: ",
    "- Lý Thanh Phong",
    "3. Số đại biểu",
    "Tổng số đại biểu được biểu quyết: 31; có mặt: 29; vắng: 2.",
    "4. Số phiếu",
    "Phiếu phát ra 27; thu về 26; không thu về 1; hợp lệ 24; không hợp lệ 2.",
    "Biểu quyết ghi tên trên hệ thống: 1.",
    "Biểu quyết bằng giơ tay: 1.",
    (
        "Nguyễn Thị Đại Biểu 007: Ghi nhận thay bởi Đỗ Ngọc Quyên, xác nhận bởi Lê Minh Triết; "
        "lý do: máy tính bảng hết pin."
    ),
    "5. Kết quả kiểm phiếu",
    "6. Khiếu nại và giải quyết",
    "Khiếu nại: Đại biểu Kim Thanh Tâm đề nghị kiểm lại.",
    "Một phiếu ghi sai.",
    "Giải quyết: Đã kiểm lại, số phiếu không đổi.",
    "7. Kết luận",
    "Kết quả được công bố tại kỳ họp.",
    (
        "Việc kiểm phiếu kết thúc hồi 09 giờ 39, ngày 24 tháng 11 năm 2026. Biên bản được lập "
        "thành 03 bản, đã đọc cho mọi người cùng nghe, nhất trí và cùng ký tên./."
    ),
    "Nơi nhận:",
    "- Lưu: VT.",
]


def opened(content: bytes) -> Document:
    return docx.Document(io.BytesIO(content))


def lines(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


@pytest.fixture(scope="module")
def record() -> Document:
    return opened(tellers_record_docx(MEETING, paper_poll(), RECORD, "vi"))


def cells(document: Document, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]


def test_the_page_is_that_of_the_decree(record):
    section = record.sections[0]
    # Word keeps twentieths of a point.
    assert section.page_width == pytest.approx(Mm(210), abs=Pt(0.05))
    assert section.page_height == pytest.approx(Mm(297), abs=Pt(0.05))
    assert Mm(20) <= section.top_margin <= Mm(25)
    assert Mm(20) <= section.bottom_margin <= Mm(25)
    assert Mm(30) <= section.left_margin <= Mm(35)
    assert Mm(15) <= section.right_margin <= Mm(20)


def test_the_type_is_times_new_roman_in_vietnamese(record):
    normal = record.styles["Normal"].element.rPr
    assert {
        normal.rFonts.get(qn(f"w:{face}")) for face in ("ascii", "hAnsi", "eastAsia", "cs")
    } == {"Times New Roman"}
    assert normal.find(qn("w:lang")).get(qn("w:val")) == "vi-VN"
    assert record.styles["Normal"].font.size == Pt(13)
    assert record.core_properties.author == "Hội đồng nhân dân xã An Phú Tân"
    assert record.core_properties.language == "vi-VN"


def test_pages_are_numbered_on_top_from_the_second_on(record):
    section = record.sections[0]
    assert section.different_first_page_header_footer
    field = section.header.paragraphs[0]._p.find(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    assert section.first_page_header.paragraphs[0].text == ""


def test_the_masthead_has_two_columns(record):
    ((left, right),) = cells(record, 0)
    assert left.split("\n") == ["HỘI ĐỒNG NHÂN DÂN", "XÃ AN PHÚ TÂN", "", "Số: 12/BB-HĐND"]
    assert right.split("\n")[:2] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
    ]


def test_the_body_says_everything_in_order(record):
    said = [line for line in lines(record) if line]
    assert said[:2] == ["BIÊN BẢN KIỂM PHIẾU", paper_poll().title]
    places = [said.index(line) for line in BODY]
    assert places == sorted(places)
    result = "\n".join(said)
    assert "Tỷ lệ tính trên tổng số 31 đại biểu." in result
    assert "Điều 91 khoản 3" in result
    assert "đối chiếu" not in result
    assert "21/31 đại biểu tán thành, bằng 67,74% tổng số đại biểu; mức tối thiểu 16" in result
    assert LEAF_HASH in result


def test_the_count_is_a_table_with_its_sum(record):
    assert cells(record, 1) == [
        ["Phương án", "Số lượng", "Tỷ lệ"],
        ["Tán thành", "21", "67,74%"],
        ["Không tán thành", "4", "12,90%"],
        ["Không biểu quyết", "1", "3,23%"],
        ["Phiếu không hợp lệ", "2", "6,45%"],
        ["Phiếu không thu về", "1", "3,23%"],
        ["Có mặt, không gửi", "0", "0,00%"],
        ["Vắng", "2", "6,45%"],
        ["Tổng số", "31", ""],
    ]
    *kept, _ = [row.cells[0].paragraphs[0] for row in record.tables[1].rows]
    assert all(line.paragraph_format.keep_with_next for line in kept)


def test_those_who_sign_stand_side_by_side(record):
    offices, names = cells(record, 2)
    assert [office.replace("\u00a0", " ") for office in offices] == [
        "NGƯỜI CHỨNG KIẾN\n(Ký, ghi rõ họ tên)",
        "THÀNH VIÊN BAN KIỂM PHIẾU\n(Ký, ghi rõ họ tên)",
        "TRƯỞNG BAN KIỂM PHIẾU\n(Ký, ghi rõ họ tên)",
    ]
    assert names == ["Lý Thanh Phong", "Ngô Nhật Khôi\nHồ Thị Cẩm Tú", "Phan Thanh Tùng"]


def test_what_nobody_knows_yet_is_left_open():
    empty = opened(tellers_record_docx(MEETING, named_poll(), TellersRecord(), "vi"))
    said = lines(empty)
    for label in ("Ban kiểm phiếu", "Người chứng kiến", "Khiếu nại", "Giải quyết"):
        at = said.index(f"{label}: \t")
        assert said[at + 1] == "\t"
        stops = empty.paragraphs[at].paragraph_format.tab_stops
        assert [stop.leader.name for stop in stops] == ["DOTS"]
    assert "Số: ……/BB-HĐND" in cells(empty, 0)[0][0]
    assert "Thời gian bắt đầu: …… giờ ……, ngày …… tháng …… năm …………" in said
    assert f"Địa điểm: {MEETING.place}" in said
    assert "Biểu quyết ghi tên trên hệ thống: 26." in said


def test_hostile_text_is_text():
    hostile = msgspec.structs.replace(
        RECORD,
        tellers=(HOSTILE, LONG_WORD),
        complaints=f"{HOSTILE}\n{LONG_TEXT}",
        number=HOSTILE,
        copies="{{ 7*7 }}",
    )
    made = opened(tellers_record_docx(MEETING, hostile_poll(), hostile, "vi"))
    said = "\n".join(lines(made))
    assert "=cmd|' /C calc'!A0 <b>đậm</b> #sys.inputs $x$ *sao*" in said
    assert "😀 &amp; ]]>" in said
    assert "\u202e" not in said
    assert LONG_TEXT.strip() in said
    assert LONG_WORD in said
    assert "{{ 7*7 }} bản" in said


def test_english_papers_say_so():
    made = opened(tellers_record_docx(MEETING, named_poll(language="en"), RECORD, "en"))
    assert "TELLERS' RECORD" in lines(made)
    assert made.core_properties.language == "en-GB"


def test_a_vote_that_was_not_counted_has_no_record():
    with pytest.raises(ValueError, match="not counted"):
        tellers_record_docx(MEETING, cancelled_poll(), RECORD, "vi")


def test_the_same_facts_give_the_same_bytes():
    first = tellers_record_docx(MEETING, paper_poll(), RECORD, "vi")
    assert first == tellers_record_docx(MEETING, paper_poll(), RECORD, "vi")
    with zipfile.ZipFile(io.BytesIO(first)) as parts:
        assert {part.date_time[0] for part in parts.infolist()} == {1980}
    made = opened(first).core_properties.created
    assert made == (OPENED + timedelta(minutes=3)).astimezone(UTC)

"""The papers of a vote as PDFs: every fact read back with poppler, in the official form."""

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
import segno
from PIL import Image

from core.typesetting.font_files import letters_in_every
from core.typesetting.fonts import tinos_folder
from meetings.voting.reports.content.report_facts import TellersRecord
from meetings.voting.reports.formats.attendance_pdf import attendance_pdf
from meetings.voting.reports.formats.pdf import result_pdf, tellers_record_pdf
from meetings.voting.rules.poll_rules import PollMethod, decide
from meetings.voting.rules.question_rules import Option, cleaned
from meetings.voting.rules.tally_rules import Channel, counted
from meetings.voting.vote_log.checkpoint import Checkpoint
from tests.server.annotations.pdf_reader import A4, MILLIMETRE, Reader, assert_inside_the_margins
from tests.vote_papers import (
    HOSTILE,
    KEY,
    LEAF_HASH,
    LONG_TEXT,
    LONG_WORD,
    MEETING,
    PAPER_HASH,
    RECORD,
    ROOT_HASH,
    attendance,
    cancelled_poll,
    hostile_poll,
    named_poll,
    paper_poll,
    ruled_poll,
)

pytestmark = pytest.mark.slow

Reading = Callable[[bytes], Reader]


@pytest.fixture
def read(tmp_path: Path) -> Reading:
    """Keep a PDF and give its reader."""

    def keep(content: bytes) -> Reader:
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        return Reader(path)

    return keep


PAPERS = {
    "result": lambda: result_pdf(MEETING, named_poll(), "vi"),
    "paper vote": lambda: result_pdf(MEETING, paper_poll(), "vi"),
    "ruled": lambda: result_pdf(MEETING, ruled_poll(), "vi"),
    "cancelled": lambda: result_pdf(MEETING, cancelled_poll(), "vi"),
    "English": lambda: result_pdf(MEETING, named_poll(language="en"), "en"),
    "attendance": lambda: attendance_pdf(MEETING, attendance(), "vi"),
    "record": lambda: tellers_record_pdf(MEETING, paper_poll(), RECORD, "vi"),
    "open record": lambda: tellers_record_pdf(MEETING, named_poll(), TellersRecord(), "vi"),
    "hostile": lambda: result_pdf(MEETING, hostile_poll(), "vi"),
    "300 voters": lambda: result_pdf(MEETING, named_poll(300), "vi"),
    "3 voters": lambda: result_pdf(MEETING, named_poll(3), "vi"),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_a4_in_tinos_with_the_margins_of_the_decree(read: Reading, name: str):
    paper = read(PAPERS[name]())
    for row in paper.fonts():
        assert re.fullmatch(r"[A-Z]{6}\+Tinos-(Regular|Bold|Italic|BoldItalic)", row[0])
        assert row[-5:-2] == ["yes", "yes", "yes"], "embedded, subset, with Unicode map"
    width, height, *_ = re.findall(r"[\d.]+", paper.facts["Page size"])
    assert (float(width), float(height)) == pytest.approx(A4, abs=0.5)
    assert b"pdfaid:part>2<" in paper.path.read_bytes()
    assert_inside_the_margins(paper)


@pytest.mark.parametrize("name", ["result", "record", "300 voters"])
def test_pages_are_numbered_on_top_but_not_the_first(read: Reading, name: str):
    paper = read(PAPERS[name]())
    assert paper.page(1)[0].endswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    pages = int(paper.facts["Pages"])
    assert pages > 1
    for number in range(2, pages + 1):
        assert paper.page(number)[0] == str(number)
    assert paper.edges()[1][1] < 20 * MILLIMETRE


def test_the_result_says_everything_that_the_record_of_a_vote_must_carry(read: Reading):
    paper = read(result_pdf(MEETING, named_poll(), "vi"))
    text = paper.text
    assert [" ".join(line.split()) for line in paper.page(1)[:2]] == [
        "HỘI ĐỒNG NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "XÃ AN PHÚ TÂN Độc lập - Tự do - Hạnh phúc",
    ]
    for said in (
        "ĐƯỢC THÔNG QUA",
        "Nội dung chương trình: Thảo luận dự thảo nghị quyết",
        "Tài liệu: Dự thảo Nghị quyết phân bổ dự toán, bản 2",
        "Biểu quyết công khai trên máy tính bảng; được đổi lựa chọn đến khi kết thúc",
        "Biểu quyết lại nội dung: Thông qua Nghị quyết (lần thứ nhất)",
        "Bắt đầu: 09:14:05, ngày 24 tháng 11 năm 2026, do Huỳnh Văn Lâm",
        "Kết thúc: 09:17:05, ngày 24 tháng 11 năm 2026, do Huỳnh Văn Lâm",
        "Công bố: 09:18:05, ngày 24 tháng 11 năm 2026",
        "Số: ……/…… An Phú Tân, ngày 24 tháng 11 năm 2026",
        "Chủ tọa: Huỳnh Văn Lâm, Trần Thị Mỹ Hạnh",
        "(Ký, ghi rõ họ tên)",
        "Được thông qua khi quá nửa tổng số 31 đại biểu tán thành",
        "Mức tối thiểu: 16",
        "tổng số 31, có mặt 28, vắng 3",
        "Điều 91 khoản 3",
        "Tỷ lệ tính trên tổng số 31 đại biểu. Vạch đứng: mức tối thiểu 16.",
        "Đối chiếu: tán thành 23 + không tán thành 2 + không biểu quyết 1 + có mặt, không gửi 2",
        "Có 23/31 đại biểu tán thành, bằng 74,19% tổng số đại biểu Hội đồng nhân dân xã.",
        "Ghi nhận thay bởi Đỗ Ngọc Quyên, xác nhận bởi Lê Minh Triết",
        "Nhật ký số: b7RkW3xTqLmN9pVz5sYcHd",
        "Mục nhật ký: 57",
        "THƯ KÝ",
        "CHỦ TỌA",
    ):
        assert said in text, said
    assert named_poll().question.replace(" ", "") in paper.joined
    assert not re.search("hdnd_resolution|phiên ?bản|chưa ?đối ?chiếu", text)
    assert PAPER_HASH in paper.joined
    assert LEAF_HASH in paper.joined
    checkpoint = Checkpoint("b7RkW3xTqLmN9pVz5sYcHd", 61, bytes.fromhex(ROOT_HASH))
    assert checkpoint.text.split("\n")[2] in paper.joined


@pytest.mark.parametrize("people", [3, 31, 300])
def test_names_stand_in_the_order_of_the_roster(read: Reading, people: int):
    poll = named_poll(people)
    joined = read(result_pdf(MEETING, poll, "vi")).joined
    places = [joined.find("".join(one.name.split())) for one in poll.voters]
    assert -1 not in places
    assert places == sorted(places)
    assert joined.count("máytínhbảng") >= sum(one.channel is Channel.TABLET for one in poll.voters)


@pytest.mark.parametrize(("repeated", "people"), [(0, 41), (33, 20)])
def test_no_page_holds_a_single_name_of_the_table(read: Reading, repeated: int, people: int):
    title = "Thông qua Nghị quyết " + "về việc điều chỉnh kế hoạch " * repeated
    poll = msgspec.structs.replace(named_poll(people), title=title)
    paper = read(result_pdf(MEETING, poll, "vi"))
    pages = paper.says("pdftotext", "-layout").split("\f")
    names = [page.count("Trưởng ấp") for page in pages]
    assert sum(names) == people
    assert 1 not in names


def test_every_number_of_the_table_stands_beside_its_name(read: Reading):
    rows = read(result_pdf(MEETING, paper_poll(), "vi")).says("pdftotext", "-layout")
    for label, number, share in (
        ("Tán thành", "21", "67,74%"),
        ("Không tán thành", "4", "12,90%"),
        ("Phiếu không hợp lệ", "2", "6,45%"),
        ("Phiếu không thu về", "1", "3,23%"),
        ("Có mặt, không gửi", "0", "0,00%"),
        ("Vắng", "2", "6,45%"),
    ):
        assert re.search(rf"^\s*{label}\s+{number}\s+{share}\s*$", rows, re.MULTILINE), label
    assert re.search(r"^\s*Tán thành\s+1\s+19\s+1\s+21\s*$", rows, re.MULTILINE)
    text = " ".join(rows.split())
    assert "Phiếu phát ra 27; thu về 26; không thu về 1; hợp lệ 24; không hợp lệ 2." in text
    assert "Phiếu giấy: số liệu do Đỗ Ngọc Quyên ghi." in text


def test_a_ruling_and_an_override_are_told(read: Reading):
    text = read(result_pdf(MEETING, ruled_poll(), "vi")).text
    assert "Hai bên bằng nhau: Huỳnh Văn Lâm quyết định theo bên “Tán thành”" in text
    assert "lý do: Bảo đảm tiến độ" in text
    assert "Huỳnh Văn Lâm cho tiến hành lúc 09:14:05" in text
    assert "Công việc cấp bách" in text
    assert "CHỦ TRÌ" in text


def test_a_cancelled_vote_says_so_and_shows_no_number(read: Reading):
    text = read(result_pdf(MEETING, cancelled_poll(), "vi")).text
    assert "ĐÃ HỦY BIỂU QUYẾT" in text
    assert "lý do: Câu hỏi ghi sai số liệu" in text
    assert "%" not in text
    assert "Nguyễn Thị Đại Biểu" not in text


def test_bars_are_flat_and_as_long_as_their_share(read: Reading, tmp_path: Path):
    paper = read(result_pdf(MEETING, named_poll(), "vi"))
    number = next(n for n in (1, 2) if any("Phương án" in line for line in paper.page(n)))
    words = ("-r", "144", "-f", str(number), "-l", str(number), "-singlefile", "-png")
    subprocess.run(["pdftoppm", *words, str(paper.path), str(tmp_path / "page")], check=True)
    with Image.open(tmp_path / "page.png") as page:
        grey = page.convert("L")
    lines = (grey.crop((0, y, grey.width, y + 1)).tobytes() for y in range(grey.height))
    runs = [len(run) for line in lines for run in re.findall(rb"[\x50-\x64]+", line)]
    lengths = {run for run in runs if run > 8}
    full = (52 - 2 * 4 / MILLIMETRE) * MILLIMETRE * 2
    wanted = {full * share // 10_000 for share in (645, 323)}
    for length in wanted:
        assert any(abs(length - run) <= 2 for run in lengths), (length, lengths)
    # The longest is parted by the mark of the number needed: 16 of 31.
    assert max(lengths) == pytest.approx(full * 5161 / 10_000, abs=4)


def test_the_code_holds_the_checkpoint(read: Reading, tmp_path: Path):
    paper = read(result_pdf(MEETING, cancelled_poll(), "vi"))
    last = paper.facts["Pages"]
    words = ("-r", "300", "-f", last, "-l", last, "-singlefile", "-gray", "-png")
    subprocess.run(["pdftoppm", *words, str(paper.path), str(tmp_path / "page")], check=True)
    checkpoint = Checkpoint("b7RkW3xTqLmN9pVz5sYcHd", 61, bytes.fromhex(ROOT_HASH))
    wanted = segno.make(checkpoint.text, error="m", micro=False).matrix
    with Image.open(tmp_path / "page.png") as opened:
        page = opened.convert("L")
    right, side = page.width * 193 // 210, page.width * 30 // 210
    column = page.crop((right - side, 0, right, page.height))
    dark = column.point([255] * 128 + [0] * 128).getbbox()
    assert dark is not None
    code = column.crop((0, dark[1], side, dark[1] + side))
    drawn = code.resize((len(wanted), len(wanted)), Image.Resampling.BOX).tobytes()
    assert [grey < 128 for grey in drawn] == [bool(dot) for row in wanted for dot in row]


def test_the_attendance_list_says_who_is_here_and_whether_they_are_enough(read: Reading):
    paper = read(attendance_pdf(MEETING, attendance(), "vi"))
    text = paper.text
    for said in (
        "DANH SÁCH ĐIỂM DANH",
        "Đủ số đại biểu theo quy định: 27/31 (tối thiểu 21)",
        "Có mặt ít nhất hai phần ba tổng số đại biểu Hội đồng nhân dân",
        "Tính đến: 09:14:05, ngày 24 tháng 11 năm 2026",
        "có mặt 26, vắng có lý do 1, vắng không lý do 1, đến muộn 1, về sớm 1, chưa điểm danh 1",
        "Đại biểu được biểu quyết (31)",
        "Người dự họp không biểu quyết (1)",
        "Lý Thanh Phong",
        "Đi công tác",
        "07:30",
        KEY,
    ):
        assert said in text, said
    assert "đốichiếu" not in paper.joined


def test_the_record_has_every_part_of_the_form(read: Reading):
    paper = read(tellers_record_pdf(MEETING, paper_poll(), RECORD, "vi"))
    text = paper.text
    parts = [
        "Số: 12/BB-HĐND",
        "BIÊN BẢN KIỂM PHIẾU",
        "Thời gian bắt đầu: 09 giờ 19, ngày 24 tháng 11 năm 2026",
        "Địa điểm: Phòng họp số 2",
        "1. Nội dung biểu quyết",
        "2. Thành phần",
        "- Phan Thanh Tùng",
        "- Lý Thanh Phong",
        "3. Số đại biểu",
        "có mặt: 29; vắng: 2.",
        "4. Số phiếu",
        "Phiếu phát ra 27; thu về 26;",
        "5. Kết quả kiểm phiếu",
        "Tán thành 21 67,74%",
        "Tỷ lệ tính trên tổng số 31 đại biểu.",
        "6. Khiếu nại và giải quyết",
        "Đại biểu Kim Thanh Tâm đề nghị kiểm lại.",
        "Đã kiểm lại, số phiếu không đổi.",
        "7. Kết luận",
        "Có 21/31 đại biểu tán thành",
        "Kết quả được công bố tại kỳ họp.",
        "cùng ký tên./.",
        "NGƯỜI CHỨNG KIẾN",
        "Nơi nhận:",
        "- Lưu: VT.",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, [part for part, at in zip(parts, places, strict=True) if at < 0]
    assert places == sorted(places)


def test_what_the_tellers_have_not_said_is_left_to_be_written(read: Reading):
    text = read(tellers_record_pdf(MEETING, named_poll(), TellersRecord(), "vi")).text
    assert "Số: ……/BB-HĐND" in text
    for label in ("Ban kiểm phiếu", "Người chứng kiến", "Khiếu nại", "Giải quyết"):
        assert re.search(rf"{label}: ?\.{{40,}} ?\.{{40,}}", text), label


def test_hostile_text_comes_out_as_text(read: Reading):
    letters = letters_in_every(tinos_folder())
    readers = [
        read(result_pdf(MEETING, hostile_poll(), "vi")).joined,
        read(
            tellers_record_pdf(
                msgspec.structs.replace(MEETING, title=HOSTILE, place=LONG_WORD),
                hostile_poll(),
                msgspec.structs.replace(RECORD, tellers=(HOSTILE,), complaints=LONG_TEXT),
                "vi",
            )
        ).joined,
    ]
    hostile = "".join(cleaned(HOSTILE).split()).replace("😀", "[U+1F600]")
    before, after = re.split("[\u0590-\u05ff]+", hostile)
    for joined in readers:
        assert before in joined
        assert after in joined
        assert LONG_WORD in joined
        assert "".join(LONG_TEXT.split()) in joined
        assert not {sign for sign in joined if ord(sign) not in letters} - set("\u202a\u202b\u202c")


def test_twenty_long_options_and_a_long_body_fit(read: Reading):
    poll = named_poll()
    offered = tuple(Option(f"o{i}", f"Phương án {i}: {LONG_TEXT}"[:120]) for i in range(20))
    keys = [option.key for option in offered]
    ballots = {str(place): f"o{place % 7}" for place in range(28)}
    count = counted(keys, 31, frozenset(ballots), ballots)
    voters = tuple(
        msgspec.structs.replace(one, choice=f"o{place % 7}" if one.choice else None)
        for place, one in enumerate(poll.voters)
    )
    outcome = decide(poll.rule, PollMethod.NAMED, count, None)
    wide = msgspec.structs.replace(
        poll, options=offered, count=count, outcome=outcome, voters=voters
    )
    meeting = msgspec.structs.replace(MEETING, body=LONG_TEXT[:300], superior=LONG_WORD[:200])
    paper = read(result_pdf(meeting, wide, "vi"))
    for option in offered:
        assert "".join(option.label.split()) in paper.joined
    assert_inside_the_margins(paper)


def test_the_same_facts_give_the_same_bytes():
    first = tellers_record_pdf(MEETING, paper_poll(), RECORD, "vi")
    assert tellers_record_pdf(MEETING, paper_poll(), RECORD, "vi") == first
    assert tellers_record_pdf(MEETING, paper_poll(), TellersRecord(), "vi") != first

"""The page of a vote's result: complete on the screen and on A4, one's own ballot checked."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meetings.voting.vote_log.checkpoint import fingerprint
from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.vote_screen import (
    QUESTION,
    announce,
    ask,
    chair,
    close,
    take_seats,
)
from tests.browser.window import DESKTOP, PHONE, TABLET, UPRIGHT, Window
from tests.rules.voting.vote_archives import unzipped
from verifier import __main__ as verifier

REASON = "Máy tính bảng hết pin"
OVERRIDE = "Có mặt chưa đủ"


@pytest.fixture
def sitting(people) -> Sitting:
    """A People's Council of three, of whom one is away: below quorum it begins for a reason."""
    made = call_a_sitting(people, presented=2)
    assert made.secretary.patch(made.path, kind="hdnd_session").ok
    take_seats(made, "daibieu1", "daibieu2")
    take_seats(made, "nguoila", here=False)
    return made


def held(sitting: Sitting, *, announced: bool = True, **more: str) -> str:
    """A vote that was held: one ballot from a tablet, one recorded and confirmed."""
    poll = ask(sitting, **more)
    assert sitting.people["daibieu1"].post(f"/polls/{poll}/ballots", choice="for").ok
    recorded = sitting.secretary.post(
        f"/polls/{poll}/ballots/for-member",
        user_id=sitting.people["daibieu2"].id,
        choice="against",
        reason=REASON,
    )
    assert chair(sitting).post(f"/ballots/{recorded.json()['id']}/confirm").ok
    close(sitting, poll)
    if announced:
        announce(sitting, poll)
    return poll


def result(window: Window, sitting: Sitting, poll: str) -> Page:
    window.open(f"{sitting.path}/polls/{poll}")
    expect(window.page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    return window.page


def looks_right(page: Page) -> None:
    settle(page)
    assert faults(page) + axe_faults(page) == []


READERS = {
    "daibieu1": (TABLET, "light"),
    "daibieu2": (PHONE, "dark"),
    "thuky": (DESKTOP, "contrast"),
    "khachmoi": (UPRIGHT, "light"),
}


@pytest.mark.parametrize("name", READERS)
def test_the_page_holds_all_that_a_record_of_a_vote_must_carry(
    enter: Opens, sitting: Sitting, artifacts, name: str
):
    size, theme = READERS[name]
    poll = held(sitting)
    detail = sitting.secretary.get(f"/polls/{poll}").json()
    window = enter(name, size)
    window.keep_cookie("dienhong_theme", theme, window.base)
    page = result(window, sitting, poll)
    paper = page.locator(".result-paper")
    for said in (
        "KHÔNG ĐƯỢC THÔNG QUA",
        "1/3 đại biểu tán thành, bằng 33,33% tổng số đại biểu",
        "Tỷ lệ tính trên tổng số 3 đại biểu. Mức tối thiểu: 2.",
        "1 tán thành, 1 không tán thành, 0 không biểu quyết, 1 vắng",
        "Chutoa công bố lúc",
        detail["opened"]["document"]["sha256"],
        detail["result"]["leaf_hash"],
        detail["rule"]["formula"]["vi"],
        detail["rule"]["citation"]["vi"],
        "tổng số 3 đại biểu: có mặt 2, vắng 1",
        f"Thuky ghi nhận thay, Chutoa xác nhận: {REASON}",
    ):
        expect(paper).to_contain_text(said)
    expect(paper).not_to_contain_text("chưa đối chiếu")
    rows = page.locator("#names-body tr")
    expect(rows).to_have_count(3)
    first = rows.filter(has_text="Daibieu1")
    expect(first).to_contain_text(re.compile(r"Tán thành\s+máy tính bảng, \d\d:\d\d"))
    # A guest may not read the paper, and is not told its title.
    expect(paper.get_by_text("bao-cao")).to_have_count(0 if name == "khachmoi" else 1)
    looks_right(page)
    page.screenshot(path=artifacts / f"result-{name}.png", full_page=True)


def test_my_ballot_is_found_in_the_log_step_by_step(enter: Opens, sitting: Sitting, artifacts):
    poll = held(sitting, announced=False)
    page = result(enter("daibieu1", UPRIGHT), sitting, poll)
    own = page.locator(".result-own")
    expect(own).to_contain_text(re.compile(r"Đã ghi nhận: Tán thành, \d\d:\d\d"))
    check = page.get_by_role("button", name="Kiểm tra trong nhật ký")
    check.tap()
    expect(page.locator(".receipt-steps li.ok")).to_have_count(2)
    expect(page.locator(".receipt-end")).to_contain_text("còn niêm phong")
    looks_right(page)
    page.screenshot(path=artifacts / "checked-not-announced.png")
    announce(sitting, poll)
    page.reload()
    expect(page.locator("#withheld")).to_have_count(0)
    check.tap()
    expect(page.locator(".receipt-steps li.ok")).to_have_count(4)
    expect(page.locator(".receipt-end")).to_contain_text("Đúng.")
    looks_right(page)
    page.screenshot(path=artifacts / "checked.png", full_page=True)


SLIPS: dict[str, dict[str, Any]] = {
    "a6": {"format": "A6"},
    "roll": {"width": "80mm", "height": "180mm"},
    "a4": {"format": "A4"},
}


def test_a_receipt_is_printed_as_a_slip_with_a_qr_code(
    enter: Opens, sitting: Sitting, artifacts: Path, tmp_path: Path
):
    poll = held(sitting)
    window = enter("daibieu1", UPRIGHT)
    window.keep_cookie("dienhong_theme", "dark", window.base)
    page = result(window, sitting, poll)
    page.get_by_role("button", name="In phiếu xác nhận").tap()
    slip = page.get_by_role("dialog").locator(".slip")
    expect(slip.get_by_role("img", name="Mã QR của biên nhận")).to_be_visible()
    looks_right(page)
    page.screenshot(path=artifacts / "slip.png")
    typed = slip.locator(".slip-text").inner_text()
    archive = tmp_path / "archive.zip"
    archive.write_bytes(sitting.secretary.get(f"{sitting.path}/vote-archive.zip").content)
    assert verifier.main([str(archive), "--receipt", typed]) == 0
    key = fingerprint(unzipped(archive.read_bytes())["key.txt"].decode().strip())
    for name, size in SLIPS.items():
        printed = artifacts / f"slip-{name}.pdf"
        page.pdf(path=printed, prefer_css_page_size=True, **size)
        facts = poppler("pdfinfo", printed)
        assert re.search(r"Pages: +1$", facts, re.MULTILINE), facts
        text = " ".join(poppler("pdftotext", "-raw", printed, "-").split())
        assert "PHIẾU XÁC NHẬN BIỂU QUYẾT" in text
        assert f"Dấu vân tay của khóa: {key}" in text
        assert f"{window.base}/verify" in text
        assert not re.search("tán thành|Daibieu1", text, re.IGNORECASE)
    page.get_by_role("dialog").get_by_role("button", name="Đóng").tap()
    expect(page.locator(".slip-paper")).to_have_count(0)


def test_on_paper_it_is_a4_black_on_white_and_complete(
    enter: Opens, sitting: Sitting, artifacts: Path
):
    poll = held(sitting)
    window = enter("daibieu1", TABLET)
    window.keep_cookie("dienhong_theme", "dark", window.base)
    page = result(window, sitting, poll)
    settle(page)
    printed = artifacts / "result.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    facts = poppler("pdfinfo", printed)
    assert re.search(r"Page size: +59\d\.\d+ x 84\d\.\d+ pts \(A4\)", facts), facts
    text = " ".join(poppler("pdftotext", "-layout", printed, "-").split())
    for said in (
        "HỘI ĐỒNG NHÂN DÂN",
        "XÃ THỬ NGHIỆM",
        "Số: ……/……",
        "Thử Nghiệm, ngày",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "KẾT QUẢ BIỂU QUYẾT",
        QUESTION,
        "KHÔNG ĐƯỢC THÔNG QUA",
        "33,33%",
        "Daibieu2",
        REASON,
        "(Ký, ghi rõ họ tên)",
    ):
        assert said in text, said
    for pressed in (
        "chưa đối chiếu",
        "Về phòng họp",
        "Biểu quyết của tôi",
        "Kiểm tra trong nhật ký",
        "Excel",
    ):
        assert pressed not in text, pressed
    fonts = poppler("pdffonts", printed).splitlines()[2:]
    assert fonts
    assert all("Tinos" in font for font in fonts), fonts
    drawn = poppler("pdftoppm", "-r", "20", "-gray", printed, binary=True)
    assert min(drawn[-20:]) > 250  # The foot of the last page: white, whatever the theme.


def test_many_names_are_searched_and_the_head_stands_on_every_page(
    enter: Opens, people, artifacts: Path
):
    made = call_a_sitting(people, presented=2)
    extra = [f"them{n:02}" for n in range(1, 61)]
    admin = people["quantri"]
    for name in extra:
        added = admin.post("/users", username=f"{made.id[:6]}-{name}", display_name=f"Lê {name}")
        assert added.status_code == 201, added.text
        put = made.secretary.put(f"{made.path}/participants/{added.json()['id']}", role="member")
        assert put.ok, put.text
    take_seats(made, "daibieu1", "daibieu2")
    poll = held(made)
    page = result(enter("daibieu1", DESKTOP), made, poll)
    rows = page.locator("#names-body tr")
    expect(rows).to_have_count(62)
    field = page.get_by_role("searchbox", name="Tìm theo họ tên hoặc biểu quyết")
    field.fill("daibieu")
    expect(rows.filter(visible=True)).to_have_count(2)
    field.fill("khong tan thanh")
    expect(rows.filter(visible=True)).to_have_text([re.compile("Daibieu2")])
    field.fill("không có ai")
    expect(page.locator("#names-none")).to_be_visible()
    printed = artifacts / "many-names.pdf"
    page.pdf(path=printed, prefer_css_page_size=True)
    pages = poppler("pdftotext", "-layout", printed, "-").split("\f")
    with_names = [text for text in pages if "vắng" not in text and "Lê them" in text]
    assert len(with_names) >= 2
    for text in with_names:
        assert f"Kết quả biểu quyết: {QUESTION}" in " ".join(text.split())
    assert all(f"Lê {name}" in "".join(pages) for name in extra)


def test_before_the_end_the_page_says_nothing_and_a_new_vote_calls_back(
    enter: Opens, sitting: Sitting, artifacts
):
    poll = held(sitting)
    page = result(enter("daibieu1", PHONE), sitting, poll)
    second = ask(sitting)
    notice = page.locator("#new-vote")
    expect(notice).to_contain_text(f"Đang biểu quyết: {QUESTION}", timeout=20_000)
    looks_right(page)
    page.screenshot(path=artifacts / "called-back.png")
    notice.get_by_role("link", name="Về phòng họp").tap()
    expect(page.locator(".vote-layer.open")).to_be_visible()
    other = result(enter("daibieu2", PHONE), sitting, second)
    expect(other.locator(".result-paper")).to_contain_text("Kết quả chỉ có sau khi kết thúc.")
    expect(other.locator("#counts, #names")).to_have_count(0)
    looks_right(other)


def test_after_the_meeting_results_are_found_where_their_items_stand(
    enter: Opens, sitting: Sitting, artifacts
):
    held(sitting, announced=False)
    sitting.to("closed")
    page = enter("daibieu1", PHONE).open(sitting.path).page
    page.get_by_role("button", name="Mở chương trình và tài liệu").tap()
    link = page.locator(".drawer .result-link a")
    expect(link).to_contain_text(f"Kết quả biểu quyết: {QUESTION}")
    expect(link).to_contain_text("KHÔNG ĐƯỢC THÔNG QUA")
    looks_right(page)
    page.screenshot(path=artifacts / "agenda-after.png")
    link.tap()
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)


def test_a_cancelled_vote_and_one_below_quorum(enter: Opens, sitting: Sitting, artifacts):
    poll = ask(sitting)
    assert sitting.people["daibieu1"].post(f"/polls/{poll}/ballots", choice="for").ok
    assert chair(sitting).post(f"/polls/{poll}/cancel", reason="Hỏi lại cho rõ").ok
    page = result(enter("daibieu1", TABLET), sitting, poll)
    expect(page.locator(".result-paper")).to_contain_text("ĐÃ HỦY BIỂU QUYẾT")
    expect(page.locator(".result-paper")).to_contain_text("Lý do: Hỏi lại cho rõ")
    expect(page.locator("#counts, #names")).to_have_count(0)
    page.get_by_role("button", name="Kiểm tra trong nhật ký").tap()
    expect(page.locator(".receipt-end")).to_contain_text("đã được hủy")
    looks_right(page)
    page.screenshot(path=artifacts / "cancelled.png", full_page=True)


def poppler(*words: str | Path, binary: bool = False):
    """What one of poppler's programs prints."""
    done = subprocess.run([str(word) for word in words], capture_output=True, check=True)
    return done.stdout if binary else done.stdout.decode()

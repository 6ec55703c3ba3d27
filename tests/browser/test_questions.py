"""Questions to be voted on: prepared under an item, put right, or written as they come up."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Opens
from tests.browser.council import QUESTION, a_council, asks, ends, looks_right, presses, starts
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.prepare_screen import item
from tests.browser.room_screen import RoomScreen
from tests.browser.window import DESKTOP, PHONE, TABLET, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import wait_ready
from tests.server.real_server import wait_until

REPORT = "Thông qua báo cáo sáu tháng đầu năm"


def texts(page: Page, number: int) -> list[str]:
    """The questions under an item, in order."""
    return item(page, number).locator(".question-row .question-text").all_inner_texts()


def form(page: Page, title: str = "Thêm câu hỏi biểu quyết") -> Locator:
    found = page.get_by_role("dialog", name=title, exact=True)
    expect(found.get_by_role("radio", name=re.compile("^Nghị quyết của"))).to_be_attached()
    return found


def option(sheet: Locator, number: int) -> Locator:
    return sheet.get_by_role("textbox", name=f"Lựa chọn {number}", exact=True)


def page_looks_right(page: Page) -> None:
    settle(page)
    wrong = faults(page) + axe_faults(page)
    assert not wrong, "\n".join(wrong)


def replace_paper(council, paper: str) -> None:
    """A second version of a paper arrives and is ready."""
    sent = council.secretary.upload(f"/documents/{paper}/versions", "moi.pdf", small_pdf(4, "moi"))
    assert sent.status_code == 202, sent.text
    wait_ready(council.secretary, paper, 2)


def test_a_question_is_prepared_by_mouse(enter: Opens, people, artifacts):
    council = a_council(people, status="draft")
    window = enter("thuky", DESKTOP).open(f"{council.path}/prepare")
    page = window.page
    window.button("Thêm câu hỏi biểu quyết cho mục 2").click()
    sheet = form(page)
    presses(sheet, "Lưu câu hỏi")
    expect(sheet.locator(".wrong")).to_have_text("Hãy ghi câu hỏi biểu quyết.")
    sheet.get_by_label("Câu hỏi biểu quyết").fill(QUESTION)
    expect(sheet.locator(".wrong")).to_have_count(0)
    expect(sheet.locator(".rule-cards")).not_to_contain_text("chưa đối chiếu")
    sheet.get_by_label("Theo tài liệu").select_option(label="bao-cao (bản 1)")
    sheet.get_by_role("radio", name="2 phút").check(force=True)
    page_looks_right(page)
    window.shot(artifacts, "form")
    presses(sheet, "Lưu câu hỏi")
    expect(sheet).to_have_count(0)
    row = item(page, 2).locator(".question-row")
    expect(row).to_contain_text("Theo bao-cao, bản 1")
    expect(row).to_be_focused()
    expect(page.locator("#todo")).to_contain_text("1 câu hỏi biểu quyết đã chuẩn bị")
    page_looks_right(page)
    window.shot(artifacts, "prepared")
    (poll,) = council.secretary.get(f"{council.path}/polls").json()["items"]
    assert (poll["question"], poll["timer_seconds"]) == (QUESTION, 120)
    assert [one["key"] for one in poll["options"]] == ["for", "against", "abstain"]


def test_own_options_are_checked_while_they_are_typed(enter: Opens, people, artifacts):
    council = a_council(people, status="draft")
    window = enter("thuky", UPRIGHT).open(f"{council.path}/prepare")
    page = window.page
    window.button("Thêm câu hỏi biểu quyết cho cả cuộc họp").click()
    sheet = form(page)
    sheet.get_by_label("Câu hỏi biểu quyết").fill("Chọn phương án xây chợ")
    sheet.get_by_text("Các lựa chọn khác", exact=True).click()
    option(sheet, 1).fill("Phương án A")
    presses(sheet, "Lưu câu hỏi")
    expect(sheet).to_contain_text("Mới có 1 lựa chọn; cần ít nhất 2.")
    option(sheet, 2).fill("phương  án a")
    expect(sheet).to_contain_text("Trùng với lựa chọn 1.")
    page_looks_right(page)
    window.shot(artifacts, "duplicate")
    option(sheet, 2).fill("Phương án B")
    page.keyboard.press("Enter")
    expect(option(sheet, 3)).to_be_focused()
    page.keyboard.type("Không biểu quyết")
    page.keyboard.press("Alt+ArrowUp")
    presses(sheet, "Lưu câu hỏi")
    expect(page.locator("#meeting-papers .question-row")).to_contain_text("Chọn phương án xây chợ")
    (poll,) = council.secretary.get(f"{council.path}/polls").json()["items"]
    labels = [one["label"] for one in poll["options"]]
    assert labels == ["Phương án A", "Không biểu quyết", "Phương án B"]
    assert poll["options"][1]["key"] == "abstain"


def test_questions_are_ordered_and_removed_by_keyboard_with_the_way_back(enter: Opens, people):
    council = a_council(people, status="draft")
    council.ask(REPORT)
    council.ask(QUESTION)
    window = enter("thuky", DESKTOP).open(f"{council.path}/prepare")
    page = window.page
    expect(item(page, 2).locator(".question-row")).to_have_count(2)
    item(page, 2).locator(".question-row").nth(1).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(item(page, 2).locator(".question-text").first).to_have_text(QUESTION)
    first = item(page, 2).locator(".question-row").first
    first.get_by_role("button", name=re.compile("^Việc với câu hỏi")).press("Enter")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    expect(item(page, 2).locator(".question-row")).to_have_count(1)
    page.locator(".toast").get_by_role("button", name="Hoàn tác").press("Enter")
    expect(item(page, 2).locator(".question-row")).to_have_count(2)
    expect(item(page, 2).locator(".question-text").first).to_have_text(QUESTION)

    def asked() -> list[str]:
        items = council.secretary.get(f"{council.path}/polls").json()["items"]
        return [one["question"] for one in items]

    # The order shows before the server has answered.
    wait_until(lambda: asked() == [QUESTION, REPORT], "the server has the order")


def test_a_question_on_a_replaced_paper_is_put_right_by_one_tap(enter: Opens, people, artifacts):
    council = a_council(people, status="published")
    paper = council.sitting.paper
    poll = council.ask(document_id=paper)
    replace_paper(council, paper)
    window = enter("thuky", TABLET).open(f"{council.path}/prepare")
    page = window.page
    fault = item(page, 2).locator(".question-fault")
    expect(fault).to_contain_text("Dự thảo đã có bản 2, câu hỏi đang theo bản 1.")
    expect(page.locator("#todo")).to_contain_text("Mục 2: câu hỏi theo bản 1")
    page_looks_right(page)
    window.shot(artifacts, "replaced")
    fault.get_by_role("button", name="Dùng bản 2").tap()
    expect(fault).to_have_count(0)
    assert council.poll(poll)["version"] == 2

    council.sitting.to("in_session")
    council.at_item(1)
    again = council.ask(REPORT, document_id=paper, version=1)
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    chair.button("Bắt đầu biểu quyết").tap()
    asks(chair, "Biểu quyết câu hỏi nào?").get_by_text(REPORT).tap()
    question = asks(chair, "Bắt đầu biểu quyết?")
    start = question.get_by_role("button", name="Bắt đầu biểu quyết", exact=True)
    expect(start).to_be_disabled()
    looks_right(chair)
    chair.window.shot(artifacts, "in-the-room")
    presses(question, "Dùng bản 2")
    start.tap()
    expect(chair.page.locator(".vote-count")).to_be_visible()
    assert council.poll(again)["opened"]["document"]["version"] == 2


def test_a_question_that_comes_up_is_written_and_put_at_once(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    chair = RoomScreen.enter(enter("chutoa", PHONE), council.path)
    chair.button("Điều hành khác").tap()
    presses(asks(chair, "Điều hành"), "Biểu quyết")
    votes = asks(chair, "Các cuộc biểu quyết")
    looks_right(chair)
    chair.window.shot(artifacts, "no-votes-yet")
    presses(votes, "Thêm câu hỏi biểu quyết")
    sheet = form(chair.page)
    sheet.get_by_label("Câu hỏi biểu quyết").fill("Kéo dài phiên họp đến 12 giờ")
    sheet.get_by_text("Giơ tay", exact=True).tap()
    looks_right(chair)
    chair.window.shot(artifacts, "form")
    presses(sheet, "Lưu và bắt đầu biểu quyết")
    question = asks(chair, "Bắt đầu biểu quyết?")
    expect(question).to_contain_text("Kéo dài phiên họp đến 12 giờ")
    presses(question, "Bắt đầu biểu quyết")
    expect(chair.button("Nhập số đếm")).to_be_visible()


def test_a_vote_is_cancelled_and_held_again(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    poll = council.ask()
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    starts(chair)
    chair.button("Điều hành khác").tap()
    running = asks(chair, "Điều hành")
    expect(running).to_contain_text("hãy kết thúc hoặc hủy cuộc biểu quyết")
    looks_right(chair)
    chair.window.shot(artifacts, "more")
    presses(running, "Hủy cuộc biểu quyết")
    why = asks(chair, "Hủy cuộc biểu quyết này?")
    presses(why, "Hủy cuộc biểu quyết")
    expect(why.get_by_role("alert")).to_have_text("Hãy ghi lý do.")
    why.get_by_label(re.compile("^Lý do hủy")).fill("Đọc nhầm dự thảo")
    presses(why, "Hủy cuộc biểu quyết")
    expect(chair.button("Kết thúc biểu quyết")).to_have_count(0)
    assert council.poll(poll)["ending"]["cancel_reason"] == "Đọc nhầm dự thảo"

    chair.button("Điều hành khác").tap()
    presses(asks(chair, "Điều hành"), "Biểu quyết")
    asks(chair, "Các cuộc biểu quyết").get_by_text("Đã hủy").tap()
    ended = asks(chair, "Kết quả biểu quyết")
    expect(ended).to_contain_text("Đọc nhầm dự thảo")
    looks_right(chair)
    chair.window.shot(artifacts, "cancelled")
    ended.get_by_role("button", name="Việc khác của cuộc biểu quyết này").tap()
    chair.page.get_by_role("menuitem", name="Biểu quyết lại").tap()
    again = form(chair.page, "Biểu quyết lại")
    expect(again.get_by_label("Câu hỏi biểu quyết")).to_have_value(QUESTION)
    presses(again, "Lưu và bắt đầu biểu quyết")
    presses(asks(chair, "Bắt đầu biểu quyết?"), "Bắt đầu biểu quyết")
    expect(chair.page.locator(".vote-count")).to_be_visible()
    polls = council.secretary.get(f"{council.path}/polls").json()["items"]
    assert [one["repeats"] for one in polls] == [None, poll]
    ends(chair)


def test_an_item_whose_questions_stand_is_not_taken_away_under_them(enter: Opens, people):
    council = a_council(people, status="draft")
    council.ask()
    window = enter("thuky", DESKTOP).open(f"{council.path}/prepare")
    page = window.page
    expect(item(page, 2).locator(".question-row")).to_have_count(1)
    item(page, 2).locator(".item-head .more").click()
    page.get_by_role("menuitem", name="Xóa mục").click()
    expect(page.locator(".toast")).to_contain_text("Mục này có câu hỏi biểu quyết")
    expect(page.locator("ol.items > li")).to_have_count(3)

"""Votes counted by hand: hands and papers, sums that do not hold, a tie that the chair rules on."""

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Opens
from tests.browser.council import a_council, asks, ends, looks_right, presses, seat_more, starts
from tests.browser.room_screen import RoomScreen
from tests.browser.window import DESKTOP, PHONE, TABLET, UPRIGHT


@pytest.fixture(scope="module")
def chromium(whole_browser: Browser) -> Browser:
    """The chair's journey is made with the browser that people have."""
    return whole_browser


def types(sheet: Locator, **figures: int) -> None:
    """Fill fields: those of papers by name, the options by their key."""
    for name, figure in figures.items():
        field = name if name in ("issued", "returned", "invalid") else f"count:{name}"
        sheet.locator(f'[data-field="{field}"]').fill(str(figure))


def test_papers_are_entered_once_the_sums_hold(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    seat_more(council)
    poll = council.ask(method="paper")
    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    starts(chair)
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), council.path)
    chair.button("Kết thúc biểu quyết").tap()
    ending = asks(chair, "Kết thúc biểu quyết?")
    expect(ending).to_contain_text("Chưa nhập số đếm phiếu.")
    stop = ending.get_by_role("button", name="Kết thúc biểu quyết", exact=True)
    expect(stop).to_be_disabled()

    secretary.button("Nhập số đếm").click()
    sheet = asks(secretary, "Số đếm phiếu giấy")
    expect(sheet).to_contain_text("Có 10 đại biểu có mặt chưa được tính.")
    types(sheet, issued=10, returned=9, invalid=1, **{"for": 5, "against": 2, "abstain": 0})
    expect(sheet.locator(".sums .holds")).to_have_count(2)
    expect(sheet).to_contain_text("còn thiếu 1 phiếu")
    expect(sheet.locator('use[href$="#check"]')).to_have_count(0)
    looks_right(secretary)
    secretary.window.shot(artifacts, "does-not-add-up")
    presses(sheet, "Lưu số đếm")
    expect(sheet).to_be_visible()
    types(sheet, **{"for": 6})
    expect(sheet.locator(".sums .holds")).to_have_count(3)
    expect(sheet).to_contain_text("Số liệu khớp.")
    looks_right(secretary)
    secretary.window.shot(artifacts, "adds-up")
    presses(sheet, "Lưu số đếm")
    expect(secretary.page.locator(".so-far")).to_contain_text("phát ra 10 phiếu, Thuky nhập")

    expect(ending).to_contain_text("Tất cả 10 người có mặt đã biểu quyết.")
    stop.click()
    expect(asks(chair, "Kết quả biểu quyết")).to_contain_text("1 phiếu không thu về")
    assert council.poll(poll)["result"]["counts"] == {"for": 6, "against": 2, "abstain": 0}


def test_hands_never_count_more_than_are_here_and_have_not_voted(enter: Opens, people, artifacts):
    council = a_council(people, presented=2)
    council.start(council.ask(method="hands"))
    chair = RoomScreen.enter(enter("chutoa", PHONE), council.path)
    chair.button("Nhập số đếm").tap()
    sheet = asks(chair, "Số đếm giơ tay")
    types(sheet, **{"for": 3, "against": 0})
    chair.page.keyboard.press("Enter")
    expect(sheet.locator('[data-field="count:abstain"]')).to_be_focused()
    presses(sheet, "Lưu số đếm")
    expect(sheet).to_contain_text("Hãy điền đủ các ô")
    types(sheet, abstain=0)
    expect(sheet).to_contain_text("nhiều hơn số đại biểu có mặt chưa được tính (2)")
    looks_right(chair)
    chair.window.shot(artifacts, "too-many")
    types(sheet, **{"for": 2})
    presses(sheet, "Lưu số đếm")
    ends(chair, "Tất cả 2 người có mặt đã biểu quyết.")
    expect(asks(chair, "Kết quả biểu quyết")).to_contain_text("ĐƯỢC THÔNG QUA")


def test_a_tie_by_hands_waits_for_the_chairs_ruling(enter: Opens, people, artifacts):
    council = a_council(people, kind="ubnd_meeting", presented=2)
    poll = council.ask("Thông qua Kế hoạch sử dụng đất năm 2027", method="hands")
    council.start(poll)
    tally = {"for": 1, "against": 1}
    assert council.secretary.post(f"/polls/{poll}/tally", counts=tally).ok
    secretary = RoomScreen.enter(enter("thuky", UPRIGHT), council.path)
    ends(secretary)
    verdict = asks(secretary, "Kết quả biểu quyết")
    expect(verdict).to_contain_text("chủ tọa quyết định trên máy của chủ tọa")
    expect(verdict.get_by_role("button", name="Công bố kết quả")).to_have_count(0)

    chair = RoomScreen.enter(enter("chutoa", TABLET), council.path)
    chair.button("Quyết định khi ngang nhau").tap()
    verdict = asks(chair, "Kết quả biểu quyết")
    presses(verdict, "Ghi quyết định")
    expect(verdict.get_by_role("alert")).to_have_text("Hãy chọn một bên.")
    looks_right(chair)
    chair.window.shot(artifacts, "equal-choices")
    verdict.get_by_text("Tán thành", exact=True).tap()
    verdict.get_by_label("Lý do (ghi vào biên bản)").fill("Cần kịp tiến độ giải phóng mặt bằng")
    presses(verdict, "Ghi quyết định")
    expect(verdict).to_contain_text("ĐƯỢC THÔNG QUA")
    expect(verdict).to_contain_text("Cần kịp tiến độ giải phóng mặt bằng")
    looks_right(chair)
    chair.window.shot(artifacts, "ruled")
    presses(verdict, "Công bố kết quả")
    expect(verdict).to_have_count(0)
    ended = council.poll(poll)
    assert (ended["result"]["verdict"], ended["ending"]["ruling"]["side"]) == ("adopted", "for")

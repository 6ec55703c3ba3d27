"""Votes as chair and secretary run them: start, wait, end, read the verdict aloud, announce."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.vote_hall import QUESTION, a_hall, seat_more
from tests.browser.window import DESK, TABLET


def asks(screen: RoomScreen, title: str) -> Locator:
    """The dialog with this question."""
    return screen.page.get_by_role("dialog", name=title)


def presses(dialog: Locator, verb: str) -> None:
    dialog.get_by_role("button", name=verb, exact=True).click()


def looks_right(screen: RoomScreen) -> None:
    settle(screen.page)
    assert faults(screen.page) + axe_faults(screen.page) == []


def test_a_vote_from_start_to_announcement(enter: Opens, people, artifacts):
    hall = a_hall(people, presented=2)
    seat_more(hall)
    poll = hall.ask(document_id=hall.sitting.paper)
    chair = RoomScreen.enter(enter("chutoa", TABLET), hall.path)
    secretary = RoomScreen.enter(enter("thuky", DESK), hall.path)
    chair.window.shot(artifacts, "chair-before")

    chair.button("Bắt đầu biểu quyết").tap()
    question = asks(chair, "Bắt đầu biểu quyết?")
    expect(question).to_contain_text(QUESTION)
    expect(question).to_contain_text("đủ số đại biểu theo quy định: 10/10 (tối thiểu 7)")
    expect(question).to_contain_text("bao-cao, bản 1")
    chair.window.shot(artifacts, "chair-starts")
    looks_right(chair)
    presses(question, "Bắt đầu biểu quyết")

    count = chair.page.locator(".vote-count")
    expect(count).to_have_text("đã biểu quyết 0/10")
    hall.votes(poll, "daibieu1", "for")
    expect(count).to_have_text("đã biểu quyết 1/10")
    chair.window.shot(artifacts, "chair-open")
    looks_right(chair)
    secretary.window.shot(artifacts, "secretary-open")
    looks_right(secretary)

    chair.page.locator(".waiting-button").tap()
    sheet = asks(chair, "Cuộc biểu quyết đang mở")
    expect(sheet).to_contain_text("Bùi Thị Kim Liên")
    chair.window.shot(artifacts, "chair-waits-for")
    looks_right(chair)
    presses(sheet, "Nhắc những người chưa biểu quyết")
    expect(sheet.get_by_role("button", name=re.compile("Đã nhắc lúc"))).to_be_disabled()
    sheet.get_by_role("button", name="Đóng", exact=True).first.click()

    chair.button("Kết thúc biểu quyết").tap()
    ending = asks(chair, "Kết thúc biểu quyết?")
    expect(ending).to_contain_text("Còn 9 đại biểu có mặt chưa biểu quyết:")
    chair.window.shot(artifacts, "chair-ends")
    looks_right(chair)
    presses(ending, "Kết thúc biểu quyết")

    verdict = asks(chair, "Kết quả biểu quyết")
    expect(verdict).to_contain_text("KHÔNG ĐƯỢC THÔNG QUA")
    expect(verdict.locator("blockquote")).to_contain_text("Có 1/10 đại biểu tán thành")
    chair.window.shot(artifacts, "chair-verdict")
    looks_right(chair)
    secretary.window.shot(artifacts, "secretary-verdict")
    presses(verdict, "Công bố kết quả")
    expect(verdict).to_have_count(0)
    expect(secretary.page.locator(".vote-list")).to_contain_text("Đã công bố")
    chair.window.shot(artifacts, "chair-announced")
    assert hall.poll(poll)["ending"]["announced_at"]

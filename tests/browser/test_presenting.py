"""Who presents, to whom the presentation goes by one tap, and leafing ahead alone."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.looks import settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESKTOP, LINE_IS_DOWN, TABLET


def test_chair_takes_the_presentation_with_one_tap_and_gives_it_back(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people, presented=2)
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    secretary.presents()
    chair.follows()

    chair.button("Quyền trình chiếu").tap()
    chair.window.shot(artifacts, "presenter-sheet")
    chair.button("Nhận quyền trình chiếu").tap()
    chair.presents()
    expect(secretary.viewport).not_to_have_class(re.compile("presenting"))
    secretary.shows(2)
    chair.next_page()
    for screen in (secretary, chair, member):
        screen.shows(3)
    secretary.follows()
    chair.window.shot(artifacts, "chair-presents")

    chair.button("Hoàn tác").tap()
    secretary.presents()
    chair.follows()
    secretary.next_page()
    member.shows(4)


def test_presentation_goes_to_a_member_who_is_told_and_back_once_they_left(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people, presented=1)
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    member = RoomScreen.enter(enter("daibieu2", TABLET), sitting.path)
    chair.button("Quyền trình chiếu").tap()
    sheet = chair.page.get_by_role("dialog")
    sheet.get_by_role("button", name=re.compile("Daibieu2")).tap()
    expect(member.page.locator(".toast")).to_contain_text("Quyền trình chiếu đã về máy này")
    member.presents()
    member.next_page()
    chair.shows(2)
    presents = chair.page.locator(".page-presenter")
    expect(presents).to_contain_text("Daibieu2")
    expect(chair.page.locator(".people-button")).to_contain_text("1/2")

    member.window.context.close()
    expect(chair.bar).to_contain_text("Daibieu2 đã rời phòng, chưa ai trình chiếu")
    expect(presents).to_contain_text("Chưa ai trình chiếu")
    settle(chair.page)
    chair.window.shot(artifacts, "presenter-left")
    chair.button("Nhận quyền trình chiếu").tap()
    chair.presents()
    expect(presents).to_contain_text("máy này")


def test_presenter_leafs_ahead_alone_and_then_presents_that_page(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=3)
    presenter = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    presenter.presents()
    presenter.page.locator(".preview-button").click()
    presenter.press("ArrowRight", "ArrowRight", "ArrowRight")
    presenter.shows(6)
    expect(presenter.bar).to_contain_text(re.compile(r"Đang xem trước.*Cả phòng vẫn ở\s+trang 3"))
    member.shows(3)
    member.follows()
    presenter.window.shot(artifacts, "previewing")

    presenter.button("Trình chiếu trang này").click()
    member.shows(6)
    presenter.presents()
    presenter.page.locator(".preview-button").click()
    presenter.press("ArrowLeft")
    presenter.shows(5)
    presenter.button("Thôi xem trước").click()
    presenter.shows(6)
    member.shows(6)


def test_moving_to_an_item_leaves_the_page_and_offers_its_paper_and_the_way_back(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people, presented=3)
    secretary = sitting.secretary
    secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[0])
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    member.shows(3)
    chair.page.locator(".next-item").tap()
    expect(member.top).to_contain_text("2. Báo cáo kinh tế - xã hội")
    member.shows(3)
    on_page = member.page.locator(".page-document")
    expect(on_page).to_have_text("bao-cao")
    expect(chair.page.locator(".toast")).to_contain_text("Đã chuyển sang mục 2")
    chair.window.shot(artifacts, "moved")
    chair.button("Hoàn tác").tap()
    expect(member.top).to_contain_text("1. Khai mạc")
    expect(on_page).to_have_text("bao-caothuộc mục 2")


def test_holder_who_was_away_while_another_took_over_cannot_move_the_room(enter: Opens, people):
    """A stale presenter: the room is not moved, and the page read alone is kept."""
    sitting = call_a_sitting(people, presented=2)
    stale = RoomScreen.enter(enter("thuky", DESKTOP).awaits(LINE_IS_DOWN), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    stale.presents()
    stale.window.context.set_offline(True)
    expect(stale.state).to_contain_text("Mất kết nối")
    people["chutoa"].put(f"{sitting.path}/presenter", user_id=people["chutoa"].id)
    sitting.turn(6, by="chutoa")
    member.shows(6)
    stale.next_page()
    stale.shows(3)

    stale.window.context.set_offline(False)
    stale.reads_apart(3, 6)
    stale.next_page()
    stale.shows(4)
    member.shows(6)
    stale.button("Về trang 6").click()
    stale.follows()

"""Whose notes are seen; those of earlier versions, those that wait, those that were not sent."""

import re
from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.sittings import Sitting
from tests.browser.toolbar_screen import ToolbarScreen, write, written
from tests.browser.window import DESKTOP, LINE_IS_DOWN, PHONE, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import wait_ready
from tests.server.real_server import wait_until

PRIVATE, ROOM = "Chỉ mình tôi thấy", "Cả phòng thấy"
Screens = Callable[..., ToolbarScreen]


def test_only_mine_nobodys_and_without_somebody(room: Screens, people, sitting: Sitting):
    write(people["daibieu2"], sitting.paper, "note", text="Của đại biểu 2")
    write(people["chutoa"], sitting.paper, "note", text="Của chủ tọa", geometry={"at": [0.3, 0.3]})
    write(people["daibieu1"], sitting.paper, "note", text="Của tôi", geometry={"at": [0.7, 0.3]})
    screen = room()
    expect(screen.notes).to_have_count(3)
    screen.more("Hiện, ẩn ghi chú")
    expect(screen.sheet.locator(".writers li")).to_have_count(3)
    expect(screen.sheet.locator(".writers li").first).to_contain_text("Tôi")
    screen.sheet.get_by_text("Chỉ hiện ghi chú của tôi").tap()
    expect(screen.notes).to_have_count(1)
    screen.sheet.get_by_text("Chỉ hiện ghi chú của tôi").tap()
    screen.sheet.get_by_role("button", name="Ẩn ghi chú của Chutoa").tap()
    expect(screen.notes).to_have_count(2)
    screen.sheet.get_by_text("Ẩn tất cả ghi chú").tap()
    expect(screen.notes).to_have_count(0)
    screen.sheet.get_by_role("button", name="Đóng").tap()
    expect(screen.line).to_contain_text("Đang ẩn 3 ghi chú")
    screen.line.get_by_role("button").tap()
    expect(screen.notes).to_have_count(3)


def test_notes_of_the_version_before_are_one_tap_away_and_never_on_the_new_text(
    room: Screens, people, sitting: Sitting
):
    for at in ([0.3, 0.3], [0.5, 0.5]):
        write(
            people["daibieu1"],
            sitting.paper,
            "note",
            text="cũ",
            geometry={"at": at},
            audience="private",
        )
    write(people["daibieu2"], sitting.paper, "note", text="chung", page=3)
    sent = people["thuky"].upload(
        f"/documents/{sitting.paper}/versions", "moi.pdf", small_pdf(5, "moi")
    )
    assert sent.status_code == 202, sent.text
    wait_ready(people["thuky"], sitting.paper, 2)
    presenter = people["thuky"].tablet(sitting.id)
    assert presenter.turn(sitting.paper, 1, version=2)["ok"]
    screen = room()
    chip = screen.line.get_by_role("button", name="Ghi chú của bản trước · 3")
    expect(chip).to_be_visible()
    expect(screen.notes).to_have_count(0)
    chip.tap()
    pages = screen.sheet.locator(".earlier-pages .row")
    expect(pages).to_have_text(
        [re.compile(r"Trang 1.*2 ghi chú"), re.compile(r"Trang 3.*1 ghi chú")], ignore_case=True
    )
    pages.first.tap()
    expect(screen.bar).to_contain_text("Đang xem bản trước (bản 1)")
    expect(screen.notes).to_have_count(2)
    expect(screen.toolbar).to_have_count(0)
    expect(screen.page.locator(".pill")).to_contain_text("/ 12")
    screen.bar.get_by_role("button", name="Ghi chú ở trang 3").tap()
    expect(screen.notes).to_have_count(1)
    screen.bar.get_by_role("button", name="Về bản hiện hành").tap()
    expect(screen.bar).to_have_count(0)
    screen.follows()
    expect(screen.page.locator(".pill")).to_contain_text("/ 5")
    expect(screen.notes).to_have_count(0)


def test_without_a_line_notes_wait_and_go_when_it_is_back(room: Screens, people, sitting: Sitting):
    screen = room()
    screen.window.awaits(LINE_IS_DOWN)
    expect(screen.state).to_contain_text("Đang theo")
    screen.window.context.set_offline(True)
    expect(screen.state).to_contain_text("Mất kết nối, vẫn đọc và ghi chú được")
    # An icon that is shown for the first time now is drawn as well.
    drawn = screen.state.locator("svg use").evaluate("(use) => use.getBBox().width")
    assert drawn > 0
    screen.tool("Bút").tap()
    for y in (0.2, 0.3, 0.4):
        screen.drag((0.3, y), (0.6, y))
    expect(screen.line).to_contain_text("3 ghi chú chờ gửi")
    screen.window.context.set_offline(False)
    expect(screen.line).to_have_count(0)
    wait_until(lambda: len(written(people["daibieu1"], sitting.paper)) == 3, "all arrived")


def test_what_the_room_may_not_have_any_more_is_offered_back(
    room: Screens, people, sitting: Sitting
):
    screen = room()
    screen.window.awaits(LINE_IS_DOWN, "status of 409")
    screen.let_see(ROOM)
    screen.window.context.set_offline(True)
    expect(screen.state).to_contain_text("Mất kết nối")
    screen.tool("Ghi chú").tap()
    screen.tap(0.5, 0.4)
    screen.page.keyboard.type("Gửi muộn")
    screen.tap(0.1, 0.5)
    expect(screen.line).to_contain_text("1 ghi chú chờ gửi")
    sitting.to("closed")
    screen.window.context.set_offline(False)
    screen.line.get_by_role("button", name="1 ghi chú chưa gửi được").tap()
    expect(screen.sheet).to_contain_text("Ghi chú ở trang 1")
    expect(screen.sheet).to_contain_text("Gửi muộn")
    screen.sheet.get_by_role("button", name="Giữ làm ghi chú riêng").tap()
    expect(screen.sheet).to_have_count(0)
    wait_until(
        lambda: [m["audience"] for m in written(people["daibieu1"], sitting.paper)] == ["private"],
        "kept",
    )
    assert written(people["daibieu2"], sitting.paper) == []


def test_on_a_phone_the_essential_tools_and_the_words_stay(room: Screens, artifacts):
    screen = room(size=PHONE)
    expect(screen.toolbar).to_have_count(0)
    screen.take_out()
    for name in ("Bút", "Bút dạ quang", "Ghi chú", "Tẩy", "Thêm"):
        expect(screen.tool(name)).to_be_in_viewport()
    screen.says_audience(PRIVATE, "amber")
    expect(screen.audience).to_be_in_viewport()
    screen.tool("Ghi chú").tap()
    screen.tap(0.5, 0.4)
    screen.page.keyboard.type("Trên điện thoại")
    expect(screen.windows.get_by_role("textbox")).to_have_value("Trên điện thoại")
    screen.windows.get_by_role("button", name="Xong").tap()
    expect(screen.notes).to_have_count(1)
    screen.more("Khung")
    screen.drag((0.2, 0.6), (0.6, 0.8))
    expect(screen.button("Hoàn tác bước viết")).to_be_enabled()
    screen.window.shot(artifacts, "phone")


def test_others_see_who_writes_while_it_is_written(room: Screens):
    writer, reader = room("daibieu1", DESKTOP), room("daibieu2", UPRIGHT)
    writer.let_see(ROOM)
    writer.press("p")
    writer.page.mouse.move(*writer.at(0.3, 0.4))
    writer.page.mouse.down()
    for step in range(12):
        writer.page.mouse.move(*writer.at(0.3 + step * 0.02, 0.4))
    expect(reader.page.locator(".wet-name")).to_contain_text("Daibieu1")
    writer.page.mouse.up()
    expect(reader.page.locator(".wet-name")).to_have_count(0)

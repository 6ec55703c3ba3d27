"""What people press for pens and notes: tools, audience, notes, text boxes, selected marks."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.fingers import box_of
from tests.browser.looks import settle
from tests.browser.sittings import Sitting
from tests.browser.toolbar_screen import ToolbarScreen, write, written
from tests.browser.window import DESKTOP, TABLET, UPRIGHT
from tests.server.real_server import wait_until

PRIVATE, ROOM = "Chỉ mình tôi thấy", "Cả phòng thấy"
Screens = Callable[..., ToolbarScreen]


def test_tools_are_taken_set_and_put_down_by_touch(room: Screens):
    screen = room()
    screen.holds(None)
    screen.tool("Bút").tap()
    screen.holds("Bút")
    expect(screen.windows).to_have_count(0)
    screen.tool("Bút").tap()
    expect(screen.windows.get_by_role("radio", name="Xanh mực")).to_be_checked()
    _options_stay_beside_the_tool_when_the_tablet_is_turned(screen)
    screen.windows.get_by_role("radio", name="Tím").tap()
    screen.windows.get_by_role("radio", name="Nét đậm").tap()
    screen.tool("Bút").tap()
    screen.holds(None)
    screen.tool("Tẩy").tap()
    screen.holds("Tẩy")
    screen.tool("Tẩy").tap()
    screen.holds(None)
    # Also where the hand is, in one tap.
    screen.tool("Bút").tap()
    screen.button("Cất bút").tap()
    screen.holds(None)
    expect(screen.toolbar).to_be_visible()
    # One button for three kinds of marks; it keeps the one that was chosen.
    screen.tool("Tô sáng chữ").tap()
    screen.windows.get_by_role("radio", name="Gạch ngang").tap()
    screen.holds("Gạch ngang")
    screen.reload()
    expect(screen.toolbar).to_be_visible()
    screen.tool("Bút").tap()
    screen.tool("Bút").tap()
    expect(screen.windows.get_by_role("radio", name="Tím")).to_be_checked()
    expect(screen.windows.get_by_role("radio", name="Nét đậm")).to_be_checked()


def _options_stay_beside_the_tool_when_the_tablet_is_turned(screen: ToolbarScreen) -> None:
    for turned in (UPRIGHT, TABLET):
        screen.page.set_viewport_size(turned["viewport"])
        settle(screen.page)
        options, tool = box_of(screen.windows), box_of(screen.tool("Bút"))
        left, above = tool.x - options.x - options.width, tool.y - options.y - options.height
        assert (left if turned is TABLET else above) == pytest.approx(8, abs=1)


def test_tools_by_keyboard_are_silent_in_fields_and_escape_puts_them_down(room: Screens):
    screen = room("thuky", DESKTOP)
    for key, name in {"p": "Bút", "h": "Bút dạ quang", "e": "Tẩy", "v": "Chọn"}.items():
        screen.press(key)
        screen.holds(name)
    screen.press("Escape")
    screen.holds(None)
    screen.press("p")
    screen.drag((0.2, 0.4), (0.5, 0.4))
    expect(screen.button("Hoàn tác bước viết")).to_be_enabled()
    screen.press("Control+z")
    expect(screen.button("Hoàn tác bước viết")).to_be_disabled()
    screen.press("Control+Shift+z")
    expect(screen.button("Hoàn tác bước viết")).to_be_enabled()
    screen.press("n")
    screen.click(0.5, 0.3)
    screen.page.keyboard.type("phe ve")
    expect(screen.windows.get_by_role("textbox")).to_have_value("phe ve")
    screen.holds(None)


def test_the_toolbar_collapses_and_stays_collapsed(room: Screens):
    screen = room()
    wide = screen.viewport.bounding_box()
    screen.let_see(ROOM)
    screen.button("Viết").tap()
    expect(screen.toolbar).to_have_count(0)
    after = screen.viewport.bounding_box()
    assert wide is not None
    assert after is not None
    assert after["width"] > wide["width"]
    screen.reload()
    expect(screen.button("Viết")).to_have_attribute("aria-expanded", "false")
    screen.take_out()
    screen.says_audience(PRIVATE, "amber")


def test_the_audience_is_private_at_each_entering_and_never_in_doubt(
    room: Screens, people, sitting: Sitting
):
    screen = room()
    screen.says_audience(PRIVATE, "amber")
    screen.let_see(ROOM)
    screen.says_audience(ROOM, "lacquer")
    screen.tool("Bút").tap()
    screen.tap(0.3, 0.3)
    screen.drag((0.3, 0.4), (0.6, 0.45))
    wait_until(lambda: len(written(people["daibieu2"], sitting.paper)) == 2, "the room has them")
    assert {one["style"]["color"] for one in written(people["daibieu2"], sitting.paper)} == {
        "#b3261e"
    }
    screen.reload()
    screen.says_audience(PRIVATE, "amber")
    screen.tool("Bút").tap()
    screen.drag((0.3, 0.3), (0.6, 0.3))
    wait_until(lambda: len(written(people["daibieu1"], sitting.paper)) == 3, "the server has it")
    assert len(written(people["daibieu2"], sitting.paper)) == 2


def test_a_guest_writes_for_nobody_else(room: Screens, people, sitting: Sitting):
    opened = people["thuky"].patch(f"/documents/{sitting.paper}", open_to_guests=True)
    assert opened.status_code == 200, opened.text
    sitting.turn(2)
    screen = room("khachmoi")
    screen.audience.tap()
    expect(screen.sheet.locator(".audience-choice")).to_have_count(1)
    expect(screen.sheet).to_contain_text(PRIVATE)


def test_what_is_written_for_one_person_reaches_that_person_alone(
    room: Screens, people, sitting: Sitting
):
    screen = room()
    screen.let_see("Gửi riêng cho…")
    screen.sheet.locator(".recipients .row", has_text="Daibieu2").click()
    expect(screen.audience).to_contain_text("Gửi riêng cho")
    screen.tool("Bút").tap()
    screen.drag((0.3, 0.3), (0.6, 0.4))
    wait_until(lambda: len(written(people["daibieu2"], sitting.paper)) == 1, "it has arrived")
    assert written(people["chutoa"], sitting.paper) == []


def test_a_note_is_written_read_back_after_a_reload_and_taken_away(
    room: Screens, people, sitting: Sitting
):
    screen = room()
    screen.tool("Ghi chú").tap()
    screen.tap(0.5, 0.4)
    field = screen.windows.get_by_role("textbox")
    expect(field).to_be_focused()
    screen.page.keyboard.type("Đề nghị làm rõ số liệu")
    screen.tap(0.1, 0.5)
    expect(screen.windows).to_have_count(0)
    expect(screen.notes).to_have_count(1)
    screen.holds(None)
    wait_until(lambda: len(written(people["daibieu1"], sitting.paper)) == 1, "the server has it")
    assert written(people["daibieu1"], sitting.paper)[0]["text"] == "Đề nghị làm rõ số liệu"
    screen.reload()
    screen.notes.tap()
    expect(screen.windows.get_by_role("textbox")).to_have_value("Đề nghị làm rõ số liệu")
    expect(screen.windows).to_contain_text(PRIVATE)
    screen.windows.get_by_role("textbox").fill("Đã rõ")
    screen.windows.get_by_role("button", name="Xong").tap()
    wait_until(
        lambda: written(people["daibieu1"], sitting.paper)[0]["text"] == "Đã rõ",
        "the change is there",
    )
    screen.notes.tap()
    expect(screen.windows.get_by_role("textbox")).to_have_value("Đã rõ")
    # By mouse: of two taps 50 ms apart, which no finger makes, Chromium gives the second no click.
    screen.windows.get_by_role("button", name="Xóa").click()
    expect(screen.notes).to_have_count(0)
    screen.page.locator(".toast").get_by_role("button", name="Hoàn tác").tap()
    expect(screen.notes).to_have_count(1)


def test_tags_and_too_much_text_are_refused_before_anything_is_sent(
    room: Screens, people, sitting: Sitting
):
    screen = room()
    screen.tool("Ghi chú").tap()
    screen.tap(0.5, 0.4)
    field = screen.windows.get_by_role("textbox")
    field.fill("chữ <b>đậm</b>")
    expect(screen.windows.get_by_role("alert")).to_contain_text("không nhận thẻ")
    screen.tap(0.1, 0.5)
    expect(field).to_be_visible()
    field.fill("x" * 3900)
    expect(screen.windows).to_contain_text("Còn viết được 100 ký tự")
    field.fill("x" * 4001)
    expect(screen.windows.get_by_role("alert")).to_contain_text("Dài quá 1 ký tự")
    screen.windows.get_by_role("button", name="Bỏ thay đổi").tap()
    expect(screen.windows).to_have_count(0)
    assert written(people["daibieu1"], sitting.paper) == []


def test_a_text_box_is_written_on_the_page_itself(room: Screens, people, sitting: Sitting):
    screen = room("thuky", DESKTOP)
    screen.tool("Hộp chữ").click()
    screen.click(0.3, 0.3)
    screen.page.keyboard.type("Bổ sung số liệu năm 2026")
    assert screen.page.locator(".text-field").evaluate("one => one.offsetHeight") > 10
    screen.press("Escape")
    expect(screen.page.locator(".text-field")).to_have_count(0)
    wait_until(lambda: len(written(people["thuky"], sitting.paper)) == 1, "the server has it")
    (made,) = written(people["thuky"], sitting.paper)
    assert (made["kind"], made["text"]) == ("text", "Bổ sung số liệu năm 2026")
    x0, y0, x1, y1 = made["geometry"]["box"]
    screen.click((x0 + x1) / 2, (y0 + y1) / 2)
    screen.windows.get_by_role("button", name="Sửa chữ").click()
    screen.page.keyboard.type(", gồm cả quý IV")
    screen.click(0.8, 0.5)
    wait_until(
        lambda: written(people["thuky"], sitting.paper)[0]["text"].endswith("quý IV"), "changed"
    )


def test_selected_marks_are_coloured_shown_and_taken_back(room: Screens, people, sitting: Sitting):
    screen = room("thuky", DESKTOP)
    screen.press("p")
    screen.drag((0.3, 0.4), (0.6, 0.4))
    screen.press("v")
    screen.click(0.45, 0.4)
    bar = screen.windows
    expect(bar).to_contain_text(PRIVATE)
    bar.get_by_role("radio", name="Đỏ").click()
    own = people["thuky"]
    wait_until(
        lambda: [m["style"]["color"] for m in written(own, sitting.paper)] == ["#b3261e"], "red"
    )
    bar.get_by_role("button", name="Cho cả phòng xem").click()
    wait_until(lambda: len(written(people["daibieu1"], sitting.paper)) == 1, "the room sees it")
    expect(bar).to_contain_text(ROOM)
    bar.get_by_role("button", name="Thu về chỉ mình tôi").click()
    wait_until(lambda: written(people["daibieu1"], sitting.paper) == [], "taken back")
    bar.get_by_role("button", name="Xóa").click()
    wait_until(lambda: written(own, sitting.paper) == [], "deleted")
    expect(bar).to_have_count(0)


def test_anothers_mark_shows_its_writer_and_can_be_hidden_or_cleared(
    room: Screens, people, sitting: Sitting
):
    write(people["daibieu2"], sitting.paper)
    name = "Daibieu2"
    member, chair = room(), room("chutoa")
    for screen in (member, chair):
        expect(screen.page.locator(".ink-dry canvas")).not_to_have_count(0)
        screen.tap(0.4, 0.3)
        expect(screen.windows).to_contain_text(name)
    expect(member.windows.get_by_role("button", name="Xóa khỏi phòng")).to_have_count(0)
    member.windows.get_by_role("button", name=f"Ẩn ghi chú của {name}").tap()
    expect(member.line).to_contain_text("Đang ẩn 1 ghi chú")
    member.line.get_by_role("button").tap()
    expect(member.line).to_have_count(0)
    chair.windows.get_by_role("button", name="Xóa khỏi phòng").tap()
    chair.sheet.get_by_role("button", name="Xóa khỏi phòng").tap()
    wait_until(lambda: written(people["daibieu2"], sitting.paper) == [], "cleared")


def test_in_the_dark_the_page_is_dimmed_further_for_who_wants_it(room: Screens, artifacts):
    screen = room(size=UPRIGHT)

    def choose(item: str) -> None:
        if screen.page.locator(".drawer").is_hidden():
            screen.button("Mở chương trình và tài liệu").click()
        screen.page.locator(".menu-button").click()
        screen.page.get_by_role("menuitem", name=item).click()

    def darkened() -> float:
        look = "getComputedStyle(document.querySelector('.leaf-tiles'), '::after').opacity"
        return float(screen.page.evaluate(look))

    choose("Nền tối")
    usual = darkened()
    choose("Làm dịu trang giấy")
    assert darkened() > usual + 0.2
    screen.reload()
    expect(screen.page.locator(".leaf:not(.waiting) canvas").first).to_be_visible()
    assert darkened() > usual + 0.2
    screen.window.shot(artifacts, "dimmed")
    choose("Làm dịu trang giấy (đang chọn)")
    assert darkened() == usual

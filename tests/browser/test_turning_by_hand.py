"""Turning and zooming with keys, clickers, fingers, the slider and the page number."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.fingers import Fingers, box_of, middle_of, width_of
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import PAGES, call_a_sitting
from tests.browser.window import DESKTOP, PHONE, TABLET, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import add_paper
from tests.server.real_server import wait_until


@pytest.fixture(scope="module")
def sitting(people):
    """One meeting for all of these: members who read apart do not disturb each other."""
    return call_a_sitting(people, presented=4)


def test_keys_and_clickers_turn_and_f_returns_to_the_presentation(enter: Opens, sitting):
    member = RoomScreen.enter(enter("daibieu1", DESKTOP), sitting.path)
    member.shows(4)
    for key, page in (
        ("ArrowRight", 5),
        ("PageDown", 6),
        ("Space", 7),
        ("ArrowLeft", 6),
        ("PageUp", 5),
        ("End", PAGES),
        ("Home", 1),
    ):
        member.press(key)
        member.shows(page)
    member.reads_apart(1, 4)
    member.press("f")
    member.shows(4)
    member.follows()


def test_keys_zoom_without_ending_following(enter: Opens, sitting):
    member = RoomScreen.enter(enter("daibieu1", DESKTOP), sitting.path)
    member.shows(4)
    before = width_of(member.page_element)
    member.press("+")
    assert width_of(member.page_element) == pytest.approx(before * 1.25, rel=0.02)
    member.press("-")
    assert width_of(member.page_element) == pytest.approx(before, rel=0.02)
    member.follows()


def test_double_tap_changes_between_the_page_and_its_width_and_is_remembered(
    enter: Opens, sitting, artifacts
):
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    member.shows(4)
    fingers = Fingers(member.page)
    wide = width_of(member.page_element)
    fingers.double_tap(middle_of(member.viewport))
    expect(member.button("Vừa chiều rộng")).to_be_visible()
    whole = width_of(member.page_element)
    assert whole < wide
    member.window.shot(artifacts, "whole-page")
    member.reload()
    member.shows(4)
    assert width_of(member.page_element) == pytest.approx(whole, abs=2)
    member.button("Vừa chiều rộng").click()
    expect(member.button("Vừa trang")).to_be_visible()
    assert width_of(member.page_element) == pytest.approx(wide, abs=2)


def test_two_fingers_zoom_up_to_eight_times_and_a_turn_keeps_the_zoom(
    enter: Opens, sitting, artifacts
):
    member = RoomScreen.enter(enter("daibieu2", UPRIGHT), sitting.path)
    member.shows(4)
    fingers, middle = Fingers(member.page), middle_of(member.viewport)
    before = width_of(member.page_element)
    fingers.pinch(middle, 100, 250)
    assert width_of(member.page_element) == pytest.approx(before * 2.5, rel=0.1)
    member.follows()
    # Once the zoom rests, the page is drawn from the wider picture.
    wait_until(
        lambda: (
            member.page_element.locator(".leaf-picture canvas").evaluate("c => c.width") >= 2400
        ),
        "the page sharpens",
    )
    member.window.shot(artifacts, "zoomed")
    sitting.turn(5)
    member.shows(5)
    assert width_of(member.page_element) == pytest.approx(before * 2.5, rel=0.1)
    sitting.turn(4)
    fingers.pinch(middle, 40, 700)
    assert width_of(member.page_element) <= before * 8.1


def test_swipe_turns_and_a_push_up_scrolls(enter: Opens, sitting):
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    member.shows(4)
    fingers = Fingers(member.page)
    x, y = middle_of(member.viewport)
    fingers.swipe((x + 150, y), (x - 150, y))
    member.shows(5)
    fingers.swipe((x - 150, y), (x + 150, y))
    member.shows(4)
    top = box_of(member.page_element).y
    fingers.swipe((x, y + 100), (x, y - 150))
    wait_until(lambda: box_of(member.page_element).y < top - 100, "the page scrolls")
    member.follows()


def test_slider_shows_a_small_page_while_it_moves_and_turns_when_let_go(
    enter: Opens, sitting, artifacts
):
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    member.shows(4)
    slider = member.page.locator(".scrubber-range")
    box = box_of(slider)
    y = box.y + box.height / 2
    member.page.mouse.move(box.x + box.width * 3 / 11, y)
    member.page.mouse.down()
    member.page.mouse.move(box.x + box.width * 0.8, y, steps=5)
    preview = member.page.locator(".scrubber-preview")
    expect(preview).to_be_visible()
    expect(preview.locator("canvas, img").first).to_be_visible()
    wanted = int(preview.locator("b").inner_text())
    assert wanted > 6
    member.window.shot(artifacts, "slider")
    # Nothing has turned yet, neither here nor for the room.
    expect(member.page_element).to_have_attribute("aria-label", "bao-cao, trang 4 trên 12")
    member.page.mouse.up()
    member.shows(wanted)
    expect(preview).to_have_count(0)


def test_page_number_takes_a_page_to_go_to(enter: Opens, sitting):
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    member.shows(4)
    member.page.locator(".pill").click()
    field = member.page.get_by_role("textbox", name="Nhập số trang, từ 1 đến 12")
    field.fill("11")
    field.press("Enter")
    member.shows(11)
    # 9999 is no page of this paper: the last one is meant.
    member.page.locator(".pill").click()
    field.fill("9999")
    field.press("Enter")
    member.shows(PAGES)
    member.page.locator(".pill").click()
    field.fill("mười")
    field.press("Enter")
    member.shows(PAGES)


def test_a_table_across_an_upright_tablet_is_enlarged_and_pushed_on(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people)
    across = small_pdf(3, "bang").replace(b"[0 0 595 842]", b"[0 0 842 595]")
    table = add_paper(sitting.secretary, sitting.items[1], across, "bang.pdf")
    sitting.secretary.post(f"/documents/{table}/publish")
    sitting.secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[1])
    sitting.turn(1, paper=table)
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    member.shows(1)
    hint = member.page.get_by_text("Xoay ngang máy để đọc bảng")
    expect(hint).to_be_visible()
    expect(member.page.locator(".top-left:visible")).to_have_text("còn 20 phút")
    expect(member.page.locator(".top-clock:visible")).to_have_count(1)
    member.window.shot(artifacts, "table-upright")
    fingers, (x, y) = Fingers(member.page), middle_of(member.page_element)
    before = box_of(member.page_element)

    fingers.double_tap((before.x + 40, y))
    after = box_of(member.page_element)
    assert after.width == pytest.approx(2 * before.width, abs=2)
    assert after.x == pytest.approx(before.x, abs=42), "about the finger"
    expect(hint).to_have_count(0)
    fingers.drag((x + 300, y), (x - 300, y))
    fingers.drag((x + 300, y), (x - 300, y))
    expect(member.page_element).to_have_attribute("aria-label", "bang, trang 1 trên 3")
    fingers.drag((x + 300, y), (x - 300, y))
    member.shows(2)
    assert box_of(member.page_element).x == pytest.approx(0, abs=2), (
        "the next page begins at its left"
    )
    member.button("Thu nhỏ").tap()
    assert width_of(member.page_element) == pytest.approx(2 * before.width / 1.25, rel=0.02)
    member.page.set_viewport_size(PHONE["viewport"])
    expect(member.page.locator(".top-left:visible, .top-clock:visible")).to_have_count(2)

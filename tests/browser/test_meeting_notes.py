"""Notes on the meeting: written in the room beside the paper, also without a network."""

import re

import pytest
from playwright.sync_api import Locator, expect

from core.ids import new_id
from tests.browser.conftest import Opens
from tests.browser.notes_screen import ME, kept, wait_kept
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.window import LINE_IS_DOWN, PHONE, TABLET, UPRIGHT
from tests.server.real_server import wait_until


class Panel:
    """ "Ghi chú cuộc họp" in somebody's room."""

    def __init__(self, room: RoomScreen) -> None:
        self.room = room
        self.page = room.page

    def open(self) -> "Panel":
        """By the menu at the foot of the agenda."""
        if not self.page.locator(".menu-button").is_visible():
            self.room.button("Mở chương trình và tài liệu").click()
        self.page.locator(".menu-button").click()
        self.page.get_by_role("menuitem", name="Ghi chú cuộc họp").click()
        expect(self.aside).to_be_visible()
        return self

    @property
    def aside(self) -> Locator:
        return self.page.get_by_role("complementary", name="Ghi chú cuộc họp")

    @property
    def field(self) -> Locator:
        """The one that is being written in."""
        return self.aside.locator("textarea:focus")

    def texts(self) -> list[str]:
        found: list[str] = self.aside.locator("textarea").evaluate_all(
            "fields => fields.map(one => one.value)"
        )
        return found


@pytest.fixture
def sitting(people) -> Sitting:
    """A meeting with page 2 on show."""
    return call_a_sitting(people, presented=2)


def test_one_writes_while_the_paper_stays_and_turns(enter: Opens, people, sitting, artifacts):
    room = RoomScreen.enter(enter(ME, TABLET), sitting.path)
    room.shows(2)
    panel = Panel(room).open()
    # An empty one begins with a note: nothing to press before writing.
    expect(panel.field).to_be_visible()
    mark = new_id()
    room.page.keyboard.type(f"Hỏi kinh phí {mark}")
    sitting.turn(3)
    room.shows(3)
    expect(panel.field).to_have_value(f"Hỏi kinh phí {mark}")
    assert not overlap(room.page_element, panel.aside)
    note = wait_kept(people[ME], mark)
    assert note["meeting_id"] == sitting.id
    room.window.shot(artifacts, "beside")
    # Letters that are shortcuts of the room are letters here.
    room.page.keyboard.type(" f+-")
    wait_until(lambda: kept(people[ME], f"{mark} f+-"), "typed, not taken for shortcuts")
    room.follows()
    room.page.keyboard.press("Escape")
    room.page.keyboard.press("Escape")
    expect(panel.aside).to_have_count(0)


def overlap(one: Locator, other: Locator) -> bool:
    """Whether a part of the page lies under the panel."""
    a, b = one.bounding_box(), other.bounding_box()
    assert a
    assert b
    return a["x"] + a["width"] > b["x"] + 1 and b["x"] + b["width"] > a["x"] + 1


@pytest.mark.parametrize("size", [UPRIGHT, PHONE], ids=["upright", "phone"])
def test_where_there_is_no_room_beside_it_lies_over_the_foot(enter, people, sitting, size):
    room = RoomScreen.enter(enter(ME, size), sitting.path)
    room.shows(2)
    panel = Panel(room).open()
    box = panel.aside.bounding_box()
    assert box
    assert box["y"] >= size["viewport"]["height"] * 0.45, "half of the page can still be read"
    expect(room.page.locator("#agenda")).to_be_hidden()
    room.button("Đóng ghi chú cuộc họp").click()
    expect(panel.aside).to_have_count(0)
    room.shows(2)


def test_written_without_a_network_it_arrives_and_other_devices_show_it(enter, people, sitting):
    first = enter(ME, TABLET).awaits(LINE_IS_DOWN)
    room = RoomScreen.enter(first, sitting.path)
    elsewhere = Panel(RoomScreen.enter(enter(ME), sitting.path)).open()
    panel = Panel(room).open()
    mark = new_id()
    first.context.set_offline(True)
    expect(room.state).to_contain_text("Mất kết nối", timeout=20_000)
    if not panel.field.count():
        panel.aside.get_by_role("button", name="Thêm ghi chú").click()
    room.page.keyboard.type(f"khi mất mạng {mark}")
    room.page.keyboard.press("Escape")
    expect(panel.aside.get_by_text("sẽ gửi khi có mạng")).to_be_visible()
    assert kept(people[ME], mark) == []
    first.context.set_offline(False)
    wait_kept(people[ME], mark)
    wait_until(lambda: any(mark in text for text in elsewhere.texts()), "the other device shows it")
    expect(panel.aside.get_by_text("sẽ gửi khi có mạng")).to_have_count(0)
    note = wait_kept(people[ME], mark)
    assert people[ME].delete(f"/notes/{note['id']}").ok
    for one in (panel, elsewhere):
        wait_until(
            lambda shown=one: not any(mark in text for text in shown.texts()), "gone everywhere"
        )


def test_of_each_meeting_its_own(enter, people, sitting):
    other = call_a_sitting(people, title="Phiên họp khác")
    mark = new_id()
    for meeting in (sitting.id, other.id, None):
        body = {"id": new_id(), "text": f"{meeting} {mark}", "meeting_id": meeting}
        assert people[ME].post("/notes", **body).ok
    panel = Panel(RoomScreen.enter(enter(ME), sitting.path)).open()
    wait_until(lambda: panel.texts() == [f"{sitting.id} {mark}"], "only this meeting's")
    panel.aside.get_by_role("link", name="Mọi ghi chú của tôi").click()
    expect(panel.page).to_have_url(re.compile(r"/notes\?room="))
    expect(panel.page.locator(".own-note")).not_to_have_count(1)
    panel.page.get_by_role("link", name="Về phòng họp").click()
    expect(panel.page).to_have_url(re.compile(f"{sitting.path}$"))


def test_the_secretary_finds_the_working_column_again(enter, people, sitting):
    room = RoomScreen.enter(enter("thuky"), sitting.path)
    column = room.page.locator(".column")
    expect(column).to_be_visible()
    panel = Panel(room).open()

    def stands_where_the_column_is() -> bool:
        box, over = column.bounding_box(), panel.aside.bounding_box()
        return bool(box and over and over["x"] <= box["x"])

    wait_until(stands_where_the_column_is, "the panel has slid in")
    room.button("Đóng ghi chú cuộc họp").click()
    expect(column).to_be_visible()

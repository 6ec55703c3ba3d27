"""Writing on the common page: allowed and taken back, told with the name of the author."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.fingers import Fingers
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.toolbar_screen import ToolbarScreen, write, written
from tests.browser.window import LINE_IS_DOWN, PHONE, TABLET, UPRIGHT
from tests.server.real_server import Person, wait_until

PRIVATE, ROOM = "Chỉ mình tôi thấy", "Cả phòng thấy"
SWITCH = "Cho đại biểu viết lên trang chung"
Screens = Callable[..., ToolbarScreen]
People = dict[str, Person]


@pytest.fixture
def sitting(people: People) -> Sitting:
    """A sitting as a secretary makes it: members do not write for the room."""
    return call_a_sitting(people, presented=1, member_writing=False)


def toast(screen: ToolbarScreen, words: str) -> Locator:
    """Short news with these words."""
    return screen.page.locator(".toast", has_text=words)


def audiences(person: Person, paper: str) -> list[str]:
    """Who sees what this person sees, in the order of making."""
    return [mark["audience"] for mark in written(person, paper)]


def switch(presenter: ToolbarScreen) -> None:
    """Press the switch in the sheet of whoever runs the meeting."""
    presenter.button("Điều hành khác").tap()
    presenter.sheet.get_by_role("switch", name=SWITCH).tap()
    presenter.sheet.get_by_role("button", name="Đóng", exact=True).first.tap()


def allow(sitting: Sitting, allowed: bool) -> None:
    """The same from elsewhere."""
    assert sitting.secretary.patch(f"/meetings/{sitting.id}", member_writing=allowed).ok


def test_two_members_and_a_presenter_on_the_common_page(
    room: Screens, people: People, sitting: Sitting, artifacts: Path
):
    presenter, writer, reader = (
        room("thuky", TABLET),
        room("daibieu1", UPRIGHT),
        room("daibieu2", TABLET),
    )
    writer.window.awaits(LINE_IS_DOWN, "status of 409")
    writer.audience.click()
    expect(writer.sheet.locator(".audience-choice")).to_have_count(2)
    expect(writer.sheet).to_contain_text("Cuộc họp không mở cho đại biểu viết chung")
    writer.sheet.get_by_role("button", name="Đóng").tap()
    switch(presenter)
    expect(toast(presenter, "Đại biểu viết được lên trang chung")).to_be_visible()
    writer.let_see(ROOM)
    writer.tool("Bút").tap()
    writer.drag((0.3, 0.3), (0.6, 0.35))
    line = toast(presenter, "Daibieu1 đang viết lên trang chung")
    expect(line).to_have_count(1)
    wait_until(lambda: audiences(people["daibieu2"], sitting.paper) == ["meeting"], "it arrived")
    presenter.page.screenshot(path=artifacts / "writer-line.png")
    line.get_by_role("button", name="Xóa nét vừa viết").tap()
    expect(toast(presenter, "Đã xóa 1 nét viết của Daibieu1")).to_be_visible()
    assert written(people["daibieu2"], sitting.paper) == []
    muted_and_lifted(presenter, writer, people, sitting)
    switched_off_under_the_pen(writer, reader, people, sitting)


def muted_and_lifted(
    presenter: ToolbarScreen, writer: ToolbarScreen, people: People, sitting: Sitting
) -> None:
    """The presenter mutes the writer with one press, and takes it back with another."""
    writer.drag((0.3, 0.5), (0.6, 0.55))
    # A stroke that comes after the mute would be kept private: this one is to stand.
    wait_until(lambda: audiences(people["daibieu2"], sitting.paper) == ["meeting"], "it arrived")
    line = toast(presenter, "Daibieu1 đang viết lên trang chung")
    line.get_by_role("button", name="Tạm khóa").tap()
    muted = toast(presenter, "Đã tạm khóa viết chung: Daibieu1")
    expect(muted).to_be_visible()
    assert is_muted(people, sitting)
    # At once: news goes by itself, and what the writer sees has no hurry.
    muted.get_by_role("button", name="Hoàn tác").tap()
    wait_until(lambda: not is_muted(people, sitting), "it was taken back")
    expect(toast(writer, "đã tạm khóa")).to_be_visible()
    mute(people, sitting, muted=True)
    writer.reload()
    writer.says_audience(PRIVATE, "amber")
    writer.audience.click()
    expect(writer.sheet).to_contain_text("Quyền viết chung của đại biểu đang tạm khóa")
    mute(people, sitting, muted=False)
    expect(writer.sheet.locator(".audience-choice")).to_have_count(3)
    writer.sheet.locator(".audience-choice", has_text=ROOM).tap()
    assert audiences(people["daibieu2"], sitting.paper) == ["meeting"]


def is_muted(people: People, sitting: Sitting) -> bool:
    """Whether the writer may not write for the room, as everybody reads it."""
    meeting = sitting.secretary.get(sitting.path).json()
    writer = people["daibieu1"].id
    (found,) = [one for one in meeting["participants"] if one["user_id"] == writer]
    return bool(found["writing_muted"])


def mute(people: People, sitting: Sitting, *, muted: bool) -> None:
    """Mute the writer from elsewhere, or lift it."""
    path = f"{sitting.path}/writing/{people['daibieu1'].id}"
    assert sitting.secretary.put(path, muted=muted).ok


def switched_off_under_the_pen(
    writer: ToolbarScreen, reader: ToolbarScreen, people: People, sitting: Sitting
) -> None:
    """What is being drawn vanishes at the others and stays with its author."""
    writer.tool("Bút").tap()
    writer.page.mouse.move(*writer.at(0.3, 0.7))
    writer.page.mouse.down()
    for step in range(1, 5):
        writer.page.mouse.move(*writer.at(0.3 + step / 20, 0.7))
    expect(reader.page.locator(".wet-name")).to_contain_text("Daibieu1")
    allow(sitting, False)
    expect(toast(writer, "Cuộc họp đã tắt viết chung")).to_be_visible()
    writer.says_audience(PRIVATE, "amber")
    # Sooner than a stroke of which nothing more is heard.
    expect(reader.page.locator(".wet-name")).to_have_count(0, timeout=5_000)
    writer.page.mouse.up()
    own = people["daibieu1"]
    wait_until(lambda: audiences(own, sitting.paper) == ["meeting", "private"], "it is kept")
    assert audiences(people["daibieu2"], sitting.paper) == ["meeting"]


def test_strokes_that_waited_for_the_room_stay_with_their_author(
    room: Screens, people: People, sitting: Sitting
):
    allow(sitting, True)
    screen = room("daibieu1", UPRIGHT)
    screen.window.awaits(LINE_IS_DOWN, "status of 409")
    screen.let_see(ROOM)
    screen.window.context.set_offline(True)
    expect(screen.state).to_contain_text("Mất kết nối")
    screen.tool("Bút").tap()
    for y in (0.3, 0.4, 0.5):
        screen.drag((0.3, y), (0.6, y))
    expect(screen.line).to_contain_text("3 ghi chú chờ gửi")
    allow(sitting, False)
    screen.window.context.set_offline(False)
    expect(toast(screen, "Đã giữ lại 3 nét viết, ghi chú; chỉ mình tôi thấy")).to_be_visible()
    screen.says_audience(PRIVATE, "amber")
    own = people["daibieu1"]
    wait_until(lambda: audiences(own, sitting.paper) == ["private"] * 3, "all are kept")
    assert written(people["daibieu2"], sitting.paper) == []
    expect(screen.line).to_have_count(0)


@pytest.mark.parametrize("tool", ["Bút", None], ids=["a pen in the hand", "reading"])
def test_a_long_press_names_the_author(
    room: Screens, people: People, sitting: Sitting, tool: str | None
):
    write(people["chutoa"], sitting.paper)
    screen = room("daibieu1", UPRIGHT)
    if tool is not None:
        screen.tool(tool).tap()
    expect(screen.page.locator(".ink-dry canvas").first).to_be_visible()
    with Fingers(screen.page).held(screen.at(0.4, 0.3)):
        expect(screen.page.locator(".mark-window")).to_contain_text("Chutoa")
    expect(screen.page.locator(".mark-window")).to_be_visible()
    assert len(written(people["daibieu1"], sitting.paper)) == 1


def test_the_selection_tool_names_the_author_and_the_chair_can_mute(
    room: Screens, people: People, sitting: Sitting, artifacts: Path
):
    allow(sitting, True)
    write(people["daibieu1"], sitting.paper)
    screen = room("chutoa", TABLET)
    screen.press("v")
    screen.click(0.4, 0.3)
    window = screen.page.locator(".mark-window")
    expect(window).to_contain_text("Daibieu1")
    window.get_by_role("button", name="Tạm khóa viết chung: Daibieu1").tap()
    expect(toast(screen, "Đã tạm khóa viết chung: Daibieu1")).to_be_visible()
    screen.button("Điều hành khác").tap()
    expect(screen.sheet.get_by_role("switch", name=SWITCH)).to_be_checked()
    screen.page.screenshot(path=artifacts / "switch-in-the-room.png")
    screen.sheet.get_by_role("button", name="Mở lại viết chung: Daibieu1").tap()
    expect(screen.sheet.locator(".muted-person")).to_have_count(0)


def test_the_line_fits_a_phone(room: Screens, people: People, sitting: Sitting, artifacts: Path):
    allow(sitting, True)
    screen = room("chutoa", PHONE)
    write(people["daibieu1"], sitting.paper)
    line = toast(screen, "Daibieu1 đang viết lên trang chung")
    for name in ("Xóa nét vừa viết", "Tạm khóa", "Đóng"):
        expect(line.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    screen.page.screenshot(path=artifacts / "writer-line-phone.png")


def body_of(answer: Any) -> Any:
    """The JSON of an answer."""
    assert answer.ok, answer.text
    return answer.json()


def test_the_page_that_prepares_has_the_switch(
    enter: Callable[..., Any], people: People, sitting: Sitting, artifacts: Path
):
    window = enter("thuky")
    window.open(f"/meetings/{sitting.id}/prepare")
    page = window.page
    page.get_by_role("button", name="Việc khác với cuộc họp").click()
    page.get_by_role("menuitem", name="Sửa tên, giờ, địa điểm").click()
    box = page.get_by_role("switch", name=SWITCH)
    expect(box).not_to_be_checked()
    box.check()
    page.screenshot(path=artifacts / "switch.png")
    page.get_by_role("button", name="Lưu").click()
    expect(page.locator("dialog[open]")).to_have_count(0)
    meeting = body_of(people["thuky"].get(f"/meetings/{sitting.id}"))
    assert meeting["member_writing"] is True

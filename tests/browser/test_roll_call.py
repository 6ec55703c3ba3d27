"""The roll call: members say that they are here, the secretary the rest, the chair sees enough."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Locator, Page, Request, WebSocket, expect

from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.window import DESKTOP, LINE_IS_DOWN, PHONE, TABLET, UPRIGHT
from tests.server.real_server import wait_until

REASON = "Dự hội nghị ở tỉnh"
MET = "đủ số đại biểu theo quy định: 2/2 (tối thiểu 2)"
MISSING = "chưa đủ số đại biểu theo quy định: {}/2 (tối thiểu 2, còn thiếu {})"


def ask(screen: RoomScreen) -> Locator:
    """The row that asks whether this person is here."""
    return screen.page.locator(".attend-bar")


def row(screen: RoomScreen, name: str) -> Locator:
    return screen.page.locator(".roll-row", has_text=name)


def mark(screen: RoomScreen, name: str, word: str) -> Locator:
    return row(screen, name).get_by_role("radio", name=word, exact=True)


def quorum(screen: RoomScreen) -> Locator:
    """In words, where it is seen first."""
    return screen.page.locator(".quorum").first


@contextmanager
def everything_received(page: Page) -> Iterator[list[str]]:
    """What arrives at a window: answers of the server and frames of the socket."""
    got: list[str] = []

    def hear(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: got.append(str(frame)))

    def finished(request: Request) -> None:
        answer = request.response()
        if answer is not None and "/api/" in request.url:
            got.append(answer.text())

    page.on("websocket", hear)
    page.on("requestfinished", finished)
    yield got


def looks_right(screen: RoomScreen) -> None:
    settle(screen.page)
    assert faults(screen.page) + axe_faults(screen.page) == []


def a_council(people, **more) -> Sitting:
    """A sitting of a People's Council: two deputies, two thirds of whom are two."""
    sitting = call_a_sitting(people, **more)
    assert sitting.secretary.patch(sitting.path, kind="hdnd_session").ok
    return sitting


def own(sitting: Sitting, name: str) -> str:
    """Where the roll keeps this person."""
    return f"{sitting.path}/attendance/{sitting.people[name].id}"


def test_the_roll_fills_and_the_reason_stays_with_who_runs_the_meeting(
    enter: Opens, people, artifacts
):
    sitting = a_council(people, presented=2)
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    expect(quorum(secretary)).to_have_text(MISSING.format(0, 2))
    secretary.window.shot(artifacts, "secretary-column")
    window = enter("daibieu1", UPRIGHT)
    with everything_received(window.page) as got:
        member = RoomScreen.enter(window, sitting.path)
        member.follows()
        expect(ask(member)).to_contain_text("Chưa ghi nhận có mặt")
        member.window.shot(artifacts, "member-asked")
        looks_right(member)
        member.button("Xác nhận có mặt").tap()
        expect(ask(member)).to_contain_text(re.compile(r"Đã ghi nhận có mặt lúc \d\d:\d\d"))
        member.window.shot(artifacts, "member-noted")
        expect(quorum(secretary)).to_have_text(MISSING.format(1, 1))

        secretary.page.locator(".column-roll .btn").click()
        expect(mark(secretary, "Daibieu1", "Có mặt")).to_be_checked()
        expect(row(secretary, "Daibieu1").locator(".roll-online")).to_have_class(re.compile("on$"))
        secretary.window.shot(artifacts, "roster")
        mark(secretary, "Daibieu2", "Vắng có lý do").click()
        secretary.window.shot(artifacts, "roster-asks-why")
        looks_right(secretary)
        row(secretary, "Daibieu2").get_by_placeholder("Lý do khác").fill(REASON)
        row(secretary, "Daibieu2").get_by_role("button", name="Ghi", exact=True).click()
        expect(row(secretary, "Daibieu2")).to_contain_text(f"Lý do: {REASON}")
        secretary.window.shot(artifacts, "roster-with-reason")
        looks_right(secretary)
        sitting.turn(3)
        member.shows(3)
    assert any("attendance_changed" in text and people["daibieu2"].id in text for text in got)
    assert not [text for text in got if REASON in text]
    expect(ask(member)).to_have_count(0)


def test_a_word_is_taken_back_and_the_quorum_moves(enter: Opens, people, artifacts):
    sitting = a_council(people, presented=2)
    assert people["daibieu1"].put(own(sitting, "daibieu1"), status="present").ok
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    secretary.page.locator(".column-roll .btn").click()
    mark(secretary, "Daibieu2", "Vắng có lý do").click()
    of_the_word = secretary.page.locator(".toast").element_handle()
    row(secretary, "Daibieu2").get_by_role("button", name="Ốm", exact=True).click()
    expect(row(secretary, "Daibieu2")).to_contain_text("Lý do: Ốm")
    # The reason shows at once; its way back takes the place of the word's when it is answered.
    of_the_word.wait_for_element_state("hidden")
    secretary.page.locator(".toast .btn").first.click()
    expect(row(secretary, "Daibieu2")).to_contain_text("Thêm lý do")
    mark(secretary, "Daibieu2", "Đến muộn").click()
    expect(quorum(secretary)).to_have_text(MET)
    secretary.page.keyboard.press("Escape")
    expect(secretary.page.locator(".column .quorum")).to_have_text(MET)
    secretary.window.shot(artifacts, "secretary-enough")


def test_everyone_online_is_present_with_one_tap_and_back(enter: Opens, people, artifacts):
    sitting = a_council(people, presented=2)
    members = [
        RoomScreen.enter(enter(name, PHONE), sitting.path) for name in ("daibieu1", "daibieu2")
    ]
    for member in members:
        expect(ask(member)).to_be_visible()
    looks_right(members[0])
    members[0].window.shot(artifacts, "phone-asked")
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    chair.button("Điều hành khác").tap()
    expect(quorum(chair)).to_have_text(MISSING.format(0, 2))
    chair.window.shot(artifacts, "chair-run-sheet")
    chair.button("Điểm danh").tap()
    everyone = chair.page.get_by_role(
        "button", name=re.compile("Tất cả người đang trực tuyến: có mặt")
    )
    expect(everyone).to_contain_text("(3)")
    looks_right(chair)
    everyone.tap()
    expect(quorum(chair)).to_have_text(MET)
    a_guest_without_an_account_is_here(chair, sitting)
    expect(chair.page.locator(".toast")).to_contain_text("Đã ghi có mặt cho 3 người")
    chair.window.shot(artifacts, "chair-roster")
    expect(ask(members[0])).to_have_count(0)
    chair.page.locator(".toast .btn").first.click()
    expect(quorum(chair)).to_have_text(MISSING.format(0, 2))
    expect(ask(members[1])).to_be_visible()


def a_guest_without_an_account_is_here(chair: RoomScreen, sitting: Sitting) -> None:
    """Somebody who is invited now is on the open roster, and called without counting."""
    facts = {"name": "Sơn Thị Hường", "organisation": "Sở Tài chính"}
    assert sitting.secretary.post(f"{sitting.path}/guests", **facts).status_code == 201
    guest = chair.page.locator(".roll-guest", has_text="Sở Tài chính")
    guest.get_by_role("checkbox", name="Có mặt Sơn Thị Hường").check(force=True)
    wait_until(lambda: attendance_of_guests(sitting) == ["present"], "the guest is called")
    expect(quorum(chair)).to_have_text(MET)


def attendance_of_guests(sitting: Sitting) -> list[str | None]:
    seen = sitting.secretary.get(sitting.path).json()
    return [guest["attendance"] for guest in seen["guests"]]


def test_the_roster_by_keyboard_search_and_filter(enter: Opens, people, artifacts):
    sitting = a_council(people)
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    secretary.page.locator(".column-roll .btn").click()
    field = secretary.page.get_by_role("searchbox", name="Tìm theo họ tên")
    expect(field).to_be_focused()
    field.press_sequentially("dai")
    expect(secretary.page.locator(".roll-row")).to_have_count(2)
    secretary.press("ArrowDown", "2")
    expect(mark(secretary, "Daibieu1", "Đến muộn")).to_be_checked()
    secretary.press("ArrowDown", "ArrowRight", "Enter")
    expect(mark(secretary, "Daibieu2", "Vắng có lý do")).to_be_checked()
    row(secretary, "Daibieu2").get_by_role("button", name="Công tác").click()
    expect(row(secretary, "Daibieu2")).to_contain_text("Lý do: Công tác")

    field.fill("")
    secretary.button(re.compile("^Chưa điểm danh")).click()
    expect(secretary.page.locator(".roll-row")).to_have_count(3)
    expect(row(secretary, "Daibieu1")).to_have_count(0)
    mark(secretary, "Khachmoi", "Có mặt").click()
    # Rows do not move away under the finger.
    expect(secretary.page.locator(".roll-row")).to_have_count(3)
    secretary.window.shot(artifacts, "roster-filtered")
    secretary.button(re.compile("^Chưa điểm danh")).click()
    expect(secretary.page.locator(".roll-row")).to_have_count(5)


def test_a_confirmation_survives_a_lost_network_and_a_reload(enter: Opens, people, artifacts):
    sitting = a_council(people)
    window = enter("daibieu1", PHONE).awaits(LINE_IS_DOWN, "ERR_FAILED")
    member = RoomScreen.enter(window, sitting.path)
    expect(ask(member)).to_be_visible()
    member.window.context.set_offline(True)
    member.button("Xác nhận có mặt").tap()
    expect(ask(member)).to_contain_text("máy đang tự gửi lại")
    member.window.shot(artifacts, "phone-waits")
    member.window.context.set_offline(False)
    expect(ask(member)).to_contain_text(re.compile(r"Đã ghi nhận có mặt lúc \d\d:\d\d"))

    sitting.secretary.delete(own(sitting, "daibieu1"))
    member.page.route("**/api/v1/meetings/*/attendance/*", lambda route: route.abort())
    member.button("Xác nhận có mặt").tap()
    expect(ask(member)).to_contain_text("máy đang tự gửi lại")
    member.page.unroute("**/api/v1/meetings/*/attendance/*")
    member.reload()
    expect(ask(member)).to_contain_text(re.compile(r"Đã ghi nhận có mặt lúc \d\d:\d\d"))
    roll = sitting.secretary.get(f"{sitting.path}/attendance").json()["items"]
    assert {"present"} == {one["status"] for one in roll if one["user_id"] == people["daibieu1"].id}


def test_the_chair_calls_the_roll_before_opening_and_is_told_how_many_are_here(
    enter: Opens, people, artifacts
):
    sitting = a_council(people, status="published")
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    member.button("Xác nhận có mặt").tap()
    chair = RoomScreen.enter(enter("chutoa", PHONE), sitting.path)
    chair.button("Khai mạc").tap()
    question = chair.page.get_by_role("dialog", name="Khai mạc phiên họp?")
    expect(question).to_contain_text(MISSING.format(1, 1))
    chair.window.shot(artifacts, "phone-opens-too-few")
    question.get_by_role("button", name="Quay lại").tap()
    chair.button("Điều hành khác").tap()
    chair.button("Điểm danh").tap()
    chair.window.shot(artifacts, "phone-roster")
    mark(chair, "Daibieu2", "Có mặt").tap()
    expect(quorum(chair)).to_have_text(MET)
    mark(chair, "Khachmoi", "Về sớm").tap()
    chair.window.shot(artifacts, "phone-roster-asks-why")
    looks_right(chair)
    chair.button("Xong").tap()
    chair.button("Khai mạc").tap()
    expect(question).to_contain_text(MET)
    chair.window.shot(artifacts, "phone-opens")
    question.get_by_role("button", name="Khai mạc", exact=True).tap()
    expect(member.state).not_to_contain_text("Chưa khai mạc")


def test_nobody_is_asked_on_the_day_before(enter: Opens, people):
    sitting = call_a_sitting(people, status="draft")
    answer = sitting.secretary.patch(
        sitting.path, starts_at="2099-11-24T01:00:00Z", ends_at="2099-11-24T09:00:00Z"
    )
    assert answer.ok, answer.text
    sitting.to("published")
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    expect(member.viewport).to_contain_text("Khai mạc, thông qua chương trình")
    expect(ask(member)).to_have_count(0)
    sitting.to("in_session")
    expect(ask(member)).to_be_visible()


def test_after_the_end_the_roll_is_for_reading(enter: Opens, people, artifacts):
    sitting = a_council(people)
    put = sitting.secretary.put(own(sitting, "daibieu2"), status="excused", reason=REASON)
    assert put.ok, put.text
    sitting.to("closed")
    secretary = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    secretary.button("Xem danh sách").click()
    expect(row(secretary, "Daibieu2")).to_contain_text(f"Lý do: {REASON}")
    expect(row(secretary, "Daibieu2").locator(".roll-said")).to_have_text("vắng có lý do")
    expect(row(secretary, "Daibieu1").locator(".roll-said")).to_have_text("chưa điểm danh")
    expect(secretary.page.get_by_role("radio")).to_have_count(0)
    secretary.window.shot(artifacts, "roster-after-the-end")
    looks_right(secretary)

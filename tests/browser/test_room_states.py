"""What the room says before, between and after: each state in words, with one next step."""

import re

from playwright.sync_api import Route, expect

from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting, call_a_sitting, soon
from tests.browser.window import DESKTOP, PHONE, TABLET, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import add_paper
from tests.server.real_server import wait_until


def test_not_yet_begun_papers_can_be_read_and_the_chair_opens_the_meeting(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people, status="published")
    window = enter("daibieu1", UPRIGHT)
    on_their_way: list[Route] = []
    window.page.route("**/pages/1/image*", lambda route, _: on_their_way.append(route))
    member = RoomScreen.enter(window, sitting.path)
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    expect(member.state).to_contain_text(re.compile("Chưa khai mạc|Chưa họp"))
    expect(member.viewport).to_contain_text("Khai mạc, thông qua chương trình")
    wait_until(lambda: member.page.evaluate("0") or on_their_way, "the small picture is asked for")
    # The room is drawn again while the picture is on its way: it is shown all the same.
    item = f"/agenda-items/{sitting.items[1]}"
    assert sitting.secretary.patch(item, rapporteur="Lê Văn Báo").ok
    expect(member.viewport).to_contain_text("Lê Văn Báo")
    for route in on_their_way:
        route.continue_()
    expect(member.page.locator(".item-paper page-thumb canvas")).to_be_visible()
    member.window.shot(artifacts, "member-not-begun")
    chair.window.shot(artifacts, "chair-not-begun")
    member.page.locator(".item-paper").tap()
    member.shows(1)

    chair.button("Khai mạc").tap()
    question = chair.page.get_by_role("dialog", name="Khai mạc phiên họp?")
    expect(question).to_contain_text("0/2 (tối thiểu 2, còn thiếu 2)")
    chair.window.shot(artifacts, "chair-opens")
    question.get_by_role("button", name="Khai mạc", exact=True).tap()
    expect(chair.button("Quyền trình chiếu")).to_be_visible()
    expect(member.state).not_to_contain_text("Chưa")


def test_in_session_and_nothing_presented_shows_the_items_sheet(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people)
    sitting.secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[1])
    member = RoomScreen.enter(enter("daibieu1", PHONE), sitting.path)
    presenter = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    sheet = member.page.locator(".item-sheet")
    expect(sheet).to_contain_text("Báo cáo kinh tế - xã hội")
    expect(sheet).to_contain_text("Chưa trình chiếu tài liệu nào")
    member.window.shot(artifacts, "member-nothing-presented")
    presenter.window.shot(artifacts, "secretary-nothing-presented")
    sitting.secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[2])
    expect(sheet).to_contain_text("Mục này không có tài liệu.")
    sitting.secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[1])

    presenter.page.locator(".item-paper").click()
    presenter.presents()
    member.shows(1)
    member.follows()


def test_chair_pauses_and_goes_on(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=2)
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    chair.button("Điều hành khác").tap()
    chair.window.shot(artifacts, "run-sheet")
    chair.button("Tạm dừng").tap()
    choice = chair.page.get_by_role("button", name=re.compile("^Đến .* 15 phút"))
    expect(chair.page.get_by_role("button", name=re.compile("^Đến ngày mai"))).to_be_visible()
    settle(chair.page)
    chair.window.shot(artifacts, "pause-question")
    assert not faults(chair.page) + axe_faults(chair.page)
    until = re.search(r"\d\d:\d\d", choice.inner_text())
    choice.tap()
    assert until is not None
    expect(member.bar).to_contain_text(f"Họp tiếp lúc {until[0]}")
    member.shows(2)
    member.window.shot(artifacts, "member-paused")
    chair.window.shot(artifacts, "chair-paused")
    chair.button("Họp tiếp").tap()
    member.follows()
    # Two taps lead out of the room.
    member.button("Mở chương trình và tài liệu").tap()
    member.page.get_by_role("link", name="Rời phòng họp").tap()
    expect(member.page.get_by_role("heading", name="Cuộc họp", exact=True)).to_be_visible()


def test_pause_from_outside_says_when_the_meeting_goes_on(enter: Opens, people):
    sitting = call_a_sitting(people, presented=1)
    member = RoomScreen.enter(enter("daibieu1", TABLET), sitting.path)
    sitting.to("paused", resumes_at=soon())
    expect(member.bar).to_contain_text(re.compile(r"Họp tiếp lúc \d\d:\d\d"))
    sitting.to("in_session")
    sitting.to("paused")
    expect(member.bar).to_contain_text("Sẽ báo khi họp tiếp")


def test_ended_meeting_is_for_reading_and_its_papers_can_be_had(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=2)
    about = {"question": "Thông qua báo cáo", "agenda_item_id": sitting.items[1]}
    assert sitting.secretary.post(f"{sitting.path}/polls", **about).ok
    chair = RoomScreen.enter(enter("chutoa", TABLET), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    member.shows(2)
    chair.button("Điều hành khác").tap()
    chair.button("Kết thúc phiên họp").tap()
    question = chair.page.get_by_role("dialog", name="Kết thúc phiên họp?")
    expect(question).to_contain_text("1 câu hỏi chưa biểu quyết: Thông qua báo cáo")
    expect(question).to_contain_text("1 mục chưa tiến hành: Bế mạc")
    expect(question).to_contain_text("2 đại biểu chưa điểm danh")
    settle(chair.page)
    chair.window.shot(artifacts, "chair-ends")
    assert not faults(chair.page) + axe_faults(chair.page)
    question.get_by_role("button", name="Kết thúc phiên họp").tap()

    expect(member.bar).to_contain_text("Phiên họp đã kết thúc")
    expect(member.state).to_contain_text("kết thúc", ignore_case=True)
    expect(chair.button("Quyền trình chiếu")).to_have_count(0)
    member.button("Tải tài liệu").tap()
    member.window.shot(artifacts, "member-ended")
    with member.page.expect_download() as had:
        member.page.get_by_role("link", name="Tải về: bao-cao").tap()
    assert had.value.path().read_bytes() == small_pdf(12)
    its_preparation_offers_nothing_but_reading(chair, sitting, artifacts)


def its_preparation_offers_nothing_but_reading(chair: RoomScreen, sitting: Sitting, artifacts):
    page = chair.page
    chair.window.open(f"{sitting.path}/prepare")
    expect(page.locator(".prepare")).to_contain_text("Cuộc họp đã kết thúc")
    expect(page.get_by_role("link", name="Xem lại")).to_be_visible()
    expect(page.locator("#view").get_by_role("button")).to_have_count(0)
    expect(page.locator("#view").locator("input, textarea, select")).to_have_count(0)
    with page.expect_download() as had:
        page.get_by_role("link", name="Tải về: bao-cao").tap()
    assert had.value.path().read_bytes() == small_pdf(12)
    chair.button("Việc khác với cuộc họp").tap()
    menu = [one.strip() for one in page.get_by_role("menuitem").all_inner_texts()]
    assert menu == ["Xem lại", "Tài khoản của tôi", "Đăng xuất"]
    page.keyboard.press("Escape")
    chair.window.shot(artifacts, "preparation-ended")


def test_a_meeting_ended_by_mistake_goes_on_where_it_was(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=2)
    chair = RoomScreen.enter(enter("chutoa", UPRIGHT), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", PHONE), sitting.path)
    member.shows(2)
    sitting.to("closed")
    expect(member.bar).to_contain_text("Phiên họp đã kết thúc")
    expect(member.button("Mở lại phiên họp")).to_have_count(0)
    settle(chair.page)
    chair.window.shot(artifacts, "chair-may-reopen")
    assert not faults(chair.page) + axe_faults(chair.page)
    chair.button("Mở lại phiên họp").tap()
    member.follows()
    expect(chair.button("Mở lại phiên họp")).to_have_count(0)
    sitting.turn(4)
    member.shows(4)


def test_guest_who_may_not_read_the_paper_is_told_and_reads_what_is_open(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people, presented=3)
    sitting.secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[0])
    guest = RoomScreen.enter(enter("khachmoi", TABLET), sitting.path)
    expect(guest.viewport).to_contain_text("không dành cho khách mời")
    expect(guest.page_element).to_have_count(0)
    guest.window.shot(artifacts, "guest-hidden")

    opened = add_paper(sitting.secretary, sitting.items[0], small_pdf(2, "mo"), "chuong-trinh.pdf")
    sitting.secretary.patch(f"/documents/{opened}", open_to_guests=True)
    sitting.secretary.post(f"/documents/{opened}/publish")
    guest.page.locator(".item-paper").tap()
    guest.shows(1)
    sitting.turn(2, paper=opened)
    guest.button(re.compile("^Về (trang|tài liệu)")).tap()
    guest.shows(2)
    guest.follows()


def test_stranger_is_refused_in_words(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people)
    stranger = enter("nguoila", DESKTOP).awaits("status of 40[34]")
    stranger.open(sitting.path)
    expect(stranger.page.get_by_role("heading", level=1)).to_be_visible()
    expect(stranger.page.locator("main")).not_to_contain_text("error_page.")
    stranger.shot(artifacts, "refused")
    stranger.page.get_by_role("link", name="Về danh sách cuộc họp").click()
    expect(stranger.page).to_have_url(re.compile(r"/$"))


def test_larger_letters_are_kept_and_nothing_is_cut_at_twice_the_size(
    enter: Opens, people, artifacts
):
    sitting = call_a_sitting(people, presented=2)
    chair = RoomScreen.enter(enter("chutoa", UPRIGHT), sitting.path)
    chair.shows(2)
    chair.button("Mở chương trình và tài liệu").tap()
    chair.page.locator(".menu-button").tap()
    with chair.page.expect_response("**/preferences"):
        chair.page.get_by_role("menuitem", name="Cỡ chữ rất lớn").tap()
    letters = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert chair.page.evaluate(letters) == 22
    chair.reload()
    chair.shows(2)
    assert chair.page.evaluate(letters) == 22

    for size in (UPRIGHT, PHONE, TABLET):
        chair.page.evaluate("document.documentElement.style.fontSize = '200%'")
        chair.page.set_viewport_size(size["viewport"])
        settle(chair.page)
        width = size["viewport"]["width"]
        chair.window.shot(artifacts, f"twice-{width}")
        assert not faults(chair.page), width
        top = chair.page.locator(".top")
        assert top.evaluate("one => one.scrollHeight <= one.clientHeight"), width
        inside = (
            "one => [...one.children].every(it => it.getBoundingClientRect().right <= innerWidth)"
        )
        assert top.evaluate(inside), width
        assert chair.page.locator(".top .icon").first.evaluate("one => one.clientWidth") == 48

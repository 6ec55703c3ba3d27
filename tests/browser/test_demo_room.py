"""The demo room in one window: four live seats and the steps, each ticked by the real event."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.conftest import Opens
from tests.browser.demo_server import DemoServer
from tests.browser.window import LINE_IS_DOWN, PHONE, Window
from tests.factories import small_pdf

HALL = {"viewport": {"width": 1600, "height": 950}}
SEATS = ("secretary", "chair", "member-1", "member-2")
CUT_MS = 40_000
"""Longer than a seat stays cut off, with the time to come back."""


def seat(page: Page, name: str) -> FrameLocator:
    return page.frame_locator(f'[data-seat="{name}"] iframe')


def who_sits(page: Page) -> list[str]:
    """The ids of the people in the frames, as each page itself knows its own."""
    boot = "JSON.parse(document.getElementById('boot').textContent)"
    return [frame.evaluate(f"() => {boot}.user.id") for frame in page.frames[1:]]


def ticked(page: Page, step: int, timeout: float | None = None) -> None:
    expect(page.locator(f'[data-step="{step}"]')).to_have_class(
        re.compile(r"\bdone\b"), timeout=timeout
    )


def shows(page: Page, name: str, number: int) -> None:
    label = re.compile(rf", trang {number} trên ")
    expect(seat(page, name).locator(".leaf")).to_have_attribute("aria-label", label)


@pytest.fixture
def hall(windows: Opens, demo: DemoServer) -> Window:
    """The demo's window with all four seats in the room."""
    window = windows("hall", demo.url, HALL).awaits(LINE_IS_DOWN, "status of 503")
    window.open("/demo")
    for name in SEATS:
        expect(seat(window.page, name).locator(".leaf")).to_be_visible()
    return window


def test_four_seats_are_four_people_whatever_cookie_lies_at_the_root(
    hall: Window, demo: DemoServer, artifacts
):
    people = who_sits(hall.page)
    assert len(set(people)) == 4
    hall.shot(artifacts, "hall")

    # Somebody signs in at "/" in the same browser: that cookie reaches every seat.
    answer = hall.context.request.post(
        f"{demo.url}/api/v1/session", data=demo.account("quantri"), headers={"Origin": demo.url}
    )
    assert answer.ok, answer.text()
    hall.page.reload()
    for name in SEATS:
        expect(seat(hall.page, name).locator(".leaf")).to_be_visible()
    assert who_sits(hall.page) == people


def test_the_five_steps_of_papers_are_ticked_by_what_happens(
    hall: Window, windows: Opens, demo: DemoServer, artifacts, tmp_path
):
    page = hall.page
    number = turn_the_page(page)
    ticked(page, 1)

    # A seat loses its network; the other steps are taken meanwhile.
    page.locator('[data-cut="member-2"]').click()
    expect(page.locator('[data-seat="member-2"]')).to_have_class(re.compile(r"\bcut\b"))
    expect(seat(page, "member-2").locator(".chip.state")).to_contain_text("Mất kết nối")
    hall.shot(artifacts, "cut-off")

    read_apart_and_return(page, number)
    ticked(page, 2)
    upload_a_paper(page, tmp_path / "tai-lieu-cua-toi.pdf")
    ticked(page, 3)
    hall.shot(artifacts, "uploaded")

    page.locator("#show-phone").click()
    hall.shot(artifacts, "phone-code")
    link = demo.phone_link(page)
    phone = windows("phone", demo.url, PHONE).open(link)
    expect(phone.page.locator(".chip.state")).to_contain_text("Đang theo")
    phone.shot(artifacts, "phone")
    ticked(page, 5)
    the_link_is_used_up(windows("second", demo.url, PHONE), link, artifacts)
    assert demo.phone_link(page) != link
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()

    ticked(page, 4, CUT_MS)
    shows(page, "member-2", number)
    expect(seat(page, "member-2").locator(".chip.state")).to_contain_text("Đang theo")
    hall.shot(artifacts, "all-done")


def test_a_vote_is_held_and_a_forged_ballot_is_found(hall: Window, artifacts):
    page = hall.awaits("status of 404").page
    expect(page.locator("[data-step]:visible")).to_have_count(5)
    page.get_by_role("button", name="Xem thêm").click()
    expect(page.locator("[data-step]:visible")).to_have_count(8)
    page.locator("#show-tamper").click()
    page.locator("#tamper-now").click()
    expect(page.locator("#tamper-said")).to_contain_text("Hãy biểu quyết trước")
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()

    chair, member = seat(page, "chair"), seat(page, "member-1")
    chair.get_by_role("button", name="Bắt đầu biểu quyết").click()
    sure = chair.get_by_role("dialog").get_by_role("button", name="Bắt đầu biểu quyết")
    sure.click()
    member.get_by_role("radio", name="Tán thành", exact=True).check()
    member.get_by_role("button", name="Gửi biểu quyết").click()
    expect(member.locator("body")).to_contain_text("Đã ghi nhận biểu quyết: Tán thành")
    hall.shot(artifacts, "voting")
    chair.get_by_role("button", name="Kết thúc biểu quyết").click()
    chair.get_by_role("dialog").get_by_role("button", name="Kết thúc biểu quyết").click()
    expect(chair.get_by_role("dialog")).to_contain_text("Đọc trước cuộc họp")
    ticked(page, 6)
    hall.shot(artifacts, "verdict")

    page.locator("#show-tamper").click()
    page.locator("#tamper-now").click()
    expect(page.locator(".demo-check.sound")).to_contain_text("KHÔNG THẤY SAI SÓT", timeout=60_000)
    expect(page.locator(".demo-check.broken")).to_contain_text(re.compile("SAI"))
    hall.shot(artifacts, "forged")
    ticked(page, 7)
    page.get_by_role("dialog").get_by_role("button", name="Đóng").click()
    chair.get_by_role("dialog").get_by_role("button", name="Công bố kết quả").click()
    expect(chair.get_by_role("button", name="Quyền trình chiếu")).to_be_visible()


def the_link_is_used_up(phone: Window, link: str, artifacts: Path) -> None:
    """A second phone that scans the same code reads what to do."""
    phone.awaits("status of 410").open(link)
    expect(phone.page.locator("main")).to_contain_text("Mã này đã được dùng")
    phone.shot(artifacts, "used-code")


def turn_the_page(page: Page) -> int:
    """The chair turns and every seat follows; answers the page they are on."""
    label = seat(page, "chair").locator(".leaf").get_attribute("aria-label") or ""
    number = int(label.split(", trang ")[1].split(" trên ")[0]) + 1
    seat(page, "chair").get_by_role("button", name="Trang sau").click()
    for name in SEATS:
        shows(page, name, number)
    return number


def read_apart_and_return(page: Page, number: int) -> None:
    member = seat(page, "member-1")
    member.get_by_role("button", name="Trang sau").click()
    expect(member.locator(".state-bar")).to_contain_text("Đang xem")
    member.get_by_role("button", name=f"Về trang {number}").click()
    expect(member.locator(".chip.state")).to_contain_text("Đang theo")


def upload_a_paper(page: Page, paper: Path) -> None:
    """The secretary's seat prepares and puts up a paper of the evaluator's own."""
    paper.write_bytes(small_pdf(4, "cua toi"))
    page.locator('[data-enlarge="secretary"]').click()
    secretary = seat(page, "secretary")
    secretary.get_by_role("link", name="Chuẩn bị tài liệu").click()
    with page.expect_file_chooser() as chooser:
        secretary.get_by_role("button", name="Chọn tệp cho mục 2").click()
    chooser.value.set_files(paper)
    expect(secretary.locator(".paper", has_text="4 trang · ")).to_be_visible()

"""Search in the room: words without accents, a result opened for oneself, its place marked."""

import pytest
from playwright.sync_api import Page, expect

from tests import office_files
from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.window import PHONE, UPRIGHT
from tests.server.conftest import add_paper
from tests.server.documents.search_steps import found_soon
from tests.server.real_server import Person

TEXT = "Nghị quyết phê chuẩn quyết toán ngân sách của Hội đồng nhân dân xã"


@pytest.fixture
def sitting(people: dict[str, Person]) -> Sitting:
    """A paper is presented; another one, published, holds the text twice."""
    made = call_a_sitting(people, presented=2)
    content = office_files.docx(TEXT, "Căn cứ Luật", TEXT)
    paper = add_paper(made.secretary, made.items[1], content, "Nghị quyết quyết toán.docx", 60)
    assert made.secretary.post(f"/documents/{paper}/publish").ok
    found_soon(made.secretary, f"/meetings/{made.id}/search", "quyết toán")
    return made


@pytest.mark.parametrize("size", [UPRIGHT, PHONE], ids=["upright", "phone"])
def test_a_word_is_found_and_marked_and_the_room_stays(
    enter: Opens, sitting: Sitting, artifacts, size
):
    window = enter("daibieu1", size)
    page = RoomScreen.enter(window, sitting.path).page
    page.get_by_role("button", name="Mở chương trình và tài liệu").tap()
    field = page.get_by_role("textbox", name="Tìm trong tài liệu")
    field.fill("hoi dong nhan dan")
    hit = page.locator(".hit")
    expect(hit).to_have_count(1)
    expect(page.locator(".document-search")).to_contain_text("Tìm thấy 1 trang")
    expect(hit.locator("mark").first).to_have_text("Hội đồng nhân dân")
    looks_right(page)
    window.shot(artifacts, "found")
    hit.tap()
    expect(page.locator(".hit-marks i")).to_have_count(8)
    line = page.locator(".hit-line")
    expect(line).to_contain_text("Kết quả 1/1: “hoi dong nhan dan”")
    expect(line.get_by_role("button")).to_have_count(1)
    expect(page.get_by_role("button", name="Về tài liệu này")).to_be_visible()
    looks_right(page)
    window.shot(artifacts, "marked")
    page.get_by_role("button", name="Về tài liệu này").tap()
    expect(page.locator(".hit-marks i")).to_have_count(0)
    line.get_by_role("button", name="Đóng kết quả tìm kiếm").tap()
    expect(line).to_have_count(0)


def looks_right(page: Page) -> None:
    settle(page)
    assert faults(page) + axe_faults(page) == []


def test_next_and_previous_results(enter: Opens, sitting: Sitting, artifacts):
    window = enter("daibieu1", UPRIGHT)
    page = RoomScreen.enter(window, sitting.path).page
    page.get_by_role("button", name="Mở chương trình và tài liệu").tap()
    page.get_by_role("textbox", name="Tìm trong tài liệu").fill("trang")
    expect(page.locator(".hit")).to_have_count(12)
    page.locator(".hit").first.tap()
    line, marks = page.locator(".hit-line"), page.locator(".hit-marks i")
    expect(line).to_contain_text("Kết quả 1/12: “trang”")
    line.get_by_role("button", name="Kết quả sau").tap()
    expect(line).to_contain_text("Kết quả 2/12: “trang”")
    expect(marks).to_have_count(1)
    for _ in range(2):
        line.get_by_role("button", name="Kết quả trước").tap()
    expect(line).to_contain_text("Kết quả 12/12: “trang”")
    looks_right(page)
    window.shot(artifacts, "stepped")


def test_a_page_of_any_meeting_is_found_on_the_list_of_meetings(
    enter: Opens, sitting: Sitting, artifacts
):
    window = enter("daibieu2", PHONE)
    page = window.open("/").page
    page.get_by_role("textbox", name="Tìm trong tài liệu").fill("phe chuan quyet toan")
    expect(page.locator(".hit").first).to_contain_text("Nghị quyết quyết toán")
    expect(page.locator(".hit-meeting").first).to_have_text("Kỳ họp thứ Hai, HĐND xã")
    looks_right(page)
    window.shot(artifacts, "meetings")
    page.locator(".hit").first.tap()
    expect(page.locator(".hit-marks i").first).to_be_visible()
    expect(page.get_by_role("button", name="Về tài liệu này")).to_be_visible()


def test_what_is_not_there_is_said(enter: Opens, sitting: Sitting):
    page = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path).page
    page.get_by_role("button", name="Mở chương trình và tài liệu").tap()
    page.get_by_role("textbox", name="Tìm trong tài liệu").fill('"NEAR( xyzt')
    expect(page.locator(".document-search")).to_contain_text("Không tìm thấy.")
    page.get_by_role("button", name="Xóa tìm kiếm").tap()
    expect(page.locator(".document-search .quiet")).to_have_count(0)

"""A secretary from nothing: signs in, makes a meeting from a template, prepares it and opens it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import papers_on_disk
from tests.browser.conftest import Opens
from tests.browser.prepare_screen import item, put_on, title
from tests.browser.window import DESKTOP, Window
from tests.factories import PASSWORD
from tests.server.real_server import RealServer

pytestmark = pytest.mark.own_server  # people are looked for by name


@pytest.fixture(scope="module")
def chromium(whole_browser: Browser) -> Browser:
    """The secretary's journey is made with the browser that people have."""
    return whole_browser


def test_secretary_makes_a_meeting_from_a_template_and_opens_it(
    windows: Opens, server: RealServer, artifacts, tmp_path
):
    window: Window = windows("secretary", server.url, DESKTOP).awaits("status of 401")
    page = window.page
    window.open("/")
    expect(page).to_have_url(re.compile("/sign-in"))
    page.get_by_label("Tài khoản").fill("thuky")
    page.get_by_label("Mật khẩu", exact=True).fill("sai mật khẩu rồi")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    window.shot(artifacts, "wrong-password")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=re.compile("^Tạo cuộc họp")).first.click()

    page.get_by_role("radio", name="Kỳ họp HĐND").check(force=True)
    window.shot(artifacts, "new-meeting")
    page.get_by_label("Tên cuộc họp").fill("Kỳ họp thứ Tư, HĐND xã khóa II")
    page.get_by_label("Địa điểm").fill("Hội trường tầng 2")
    page.locator("form.new-meeting button.ink").click()
    expect(page).to_have_url(re.compile("/prepare$"))
    expect(page.locator("ol.items > li").nth(2)).to_be_visible()
    count = page.locator("ol.items > li").count()

    write_the_agenda(page, count)
    choose_people(window, artifacts)
    put_on(page, "Chọn tệp cho mục 2", papers_on_disk.good(tmp_path, "bao-cao.pdf", 12))
    put_on(
        page, "Chọn tệp giấy mời, chương trình", papers_on_disk.good(tmp_path, "giay-moi.pdf", 1)
    )
    expect(item(page, 2).locator(".paper")).to_contain_text("12 trang · ")
    expect(page.locator("#meeting-papers .paper")).to_contain_text("1 trang · ")
    window.shot(artifacts, "prepared")

    page.get_by_role("button", name="Phát hành tài liệu").click()
    expect(page.locator(".toast")).to_contain_text("Đã phát hành 2 tài liệu cho 4 người dự")
    opens_the_meeting(page)
    expect(page.locator(".top")).to_contain_text("Kỳ họp thứ Tư")
    expect(page.locator(".column")).to_be_visible()
    window.shot(artifacts, "opened")


def opens_the_meeting(page: Page) -> None:
    """Its step says how many are here and how many must be."""
    page.get_by_role("button", name="Khai mạc", exact=True).click()
    question = page.get_by_role("dialog", name="Khai mạc cuộc họp?")
    expect(question.locator(".quorum")).to_contain_text("tối thiểu")
    question.get_by_role("button", name="Khai mạc", exact=True).click()


def write_the_agenda(page: Page, count: int) -> None:
    """Add, rename and reorder items by the keyboard alone."""
    add = page.locator("#add-item")
    add.fill("Bầu bổ sung Ủy viên")
    add.press("Enter")
    expect(page.locator("ol.items > li")).to_have_count(count + 1)
    expect(title(page, count + 1)).to_have_value("Bầu bổ sung Ủy viên")
    title(page, 1).fill("Chào cờ, khai mạc")
    title(page, 1).press("Enter")
    title(page, count + 1).focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(title(page, count)).to_have_value("Bầu bổ sung Ủy viên")
    grip = page.get_by_role("button", name=re.compile(f"^Đổi chỗ mục {count}:"))
    grip.focus()
    page.keyboard.press("ArrowUp")
    expect(title(page, count - 1)).to_have_value("Bầu bổ sung Ủy viên")
    page.reload()
    expect(title(page, 1)).to_have_value("Chào cờ, khai mạc")
    expect(title(page, count - 1)).to_have_value("Bầu bổ sung Ủy viên")


def name_a_guest(window: Window, artifacts: Path) -> None:
    """A guest without an account, by the keyboard; taken off and put back."""
    page = window.page
    page.get_by_role("button", name=re.compile("^Thêm khách mời")).click()
    sheet = page.get_by_role("dialog", name="Khách mời không có tài khoản")
    sheet.get_by_label("Họ và tên", exact=True).fill("Sơn Thị Hường")
    sheet.get_by_label("Chức vụ", exact=True).fill("Phó Giám đốc")
    sheet.get_by_label("Cơ quan, đơn vị", exact=True).fill("Sở Tài chính")
    sheet.get_by_label("Cơ quan, đơn vị", exact=True).press("Enter")
    expect(sheet.get_by_label("Chức vụ của Sơn Thị Hường")).to_have_value("Phó Giám đốc")
    window.shot(artifacts, "guests")
    sheet.get_by_role("button", name="Bỏ Sơn Thị Hường").click()
    expect(sheet.locator(".guest")).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Hoàn tác").click()
    expect(sheet.locator(".guest")).to_have_count(1)
    sheet.get_by_role("button", name="Xong").click()
    expect(page.locator(".prepare-head")).to_contain_text("1 khách mời")


def choose_people(window: Window, artifacts: Path) -> None:
    page = window.page
    page.get_by_role("button", name="Chọn người dự").first.click()
    sheet = page.get_by_role("dialog")
    for name in ("Chutoa", "Daibieu1", "Daibieu2"):
        sheet.get_by_role("searchbox").fill(name)
        sheet.get_by_role("button", name=f"Thêm {name}").click()
        expect(sheet.get_by_role("combobox", name=f"Vai trò của {name}")).to_be_visible()
    sheet.get_by_role("combobox", name="Vai trò của Chutoa").select_option("chair")
    expect(sheet.locator(".roster").first).to_contain_text("Chutoa")
    window.shot(artifacts, "people")
    sheet.get_by_role("button", name="Xong").click()
    name_a_guest(window, artifacts)

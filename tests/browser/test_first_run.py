"""The first run: a one-time set-up link, three steps, and the first meeting stands."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.bare_server import BareServer
from tests.browser.conftest import Opens
from tests.browser.pasting import TABLE, paste
from tests.browser.window import DESKTOP, PHONE, Window

PASSWORD = "hội-trường-tầng-hai"
NAMES = ["Nguyễn Văn An", "Trần Thị Bé", "Lê Văn Cường", "Nguyễn Văn An", "Đặng Thị Hạnh"]
"""Of the pasted list, in its order."""


@pytest.fixture(scope="module")
def chromium(whole_browser: Browser) -> Browser:
    """The administrator's journey is made with the browser that people have."""
    return whole_browser


def test_three_steps_from_the_link_to_the_first_meeting(
    windows: Opens, bare: BareServer, artifacts
):
    window: Window = windows("administrator", bare.url, DESKTOP)
    page = window.open(bare.setup_path).page
    window.shot(artifacts, "1-unit")
    name_the_body(page)
    make_the_account(window, artifacts)
    add_people(page)
    window.shot(artifacts, "2-people")
    page.get_by_role("button", name="Tiếp tục").click()

    page.get_by_role("radio", name="Phiên họp UBND").check(force=True)
    page.get_by_label("Tên cuộc họp").fill("Phiên họp thường kỳ tháng 12")
    window.shot(artifacts, "3-meeting")
    page.get_by_role("button", name="Tạo cuộc họp").click()
    expect(page).to_have_url(re.compile("/prepare$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiên họp thường kỳ tháng 12")
    expect(page.locator(".body-name")).to_have_text("HĐND xã Bình Minh")
    # Whoever was added in the second step is invited, as the third step offers.
    expect(page.locator(".prepare-head")).to_contain_text("3 người được biểu quyết")
    expect(page.locator("ol.items > li").nth(2)).to_be_visible()
    window.shot(artifacts, "first-meeting")

    # The link has done its work: nobody else becomes administrator with it.
    other = windows("late", bare.url, PHONE).awaits("status of 4").open(bare.setup_path)
    expect(other.page.get_by_label("Tên cơ quan")).to_have_count(0)
    expect(other.page.get_by_role("heading", level=1)).to_be_visible()
    # The server of this test ends with it: nothing may be under way.
    other.page.wait_for_load_state("networkidle")
    other.shot(artifacts, "used-link")


def test_a_pasted_list_becomes_accounts_and_the_members_of_the_first_meeting(
    windows: Opens, bare: BareServer, artifacts
):
    window: Window = windows("administrator", bare.url, DESKTOP)
    page = window.open(bare.setup_path).page
    name_the_body(page)
    make_the_account(window, artifacts)
    paste(page.get_by_label("Họ và tên"), TABLE)
    sheet = page.get_by_role("dialog", name="Thêm người theo danh sách")
    correct_the_list(sheet)
    window.shot(artifacts, "preview")
    create_undo_and_create(sheet, page)
    window.shot(artifacts, "created")
    sheet.get_by_role("button", name="Xong").click()
    expect(page.locator(".secret b")).to_have_text(NAMES)
    window.shot(artifacts, "people")

    page.get_by_role("button", name="Tiếp tục").click()
    offer = page.get_by_role("checkbox", name="Mời cả 5 người vừa thêm")
    expect(offer).to_be_checked()
    window.shot(artifacts, "meeting")
    offer.uncheck()
    page.get_by_label("Tên cuộc họp").fill("Kỳ họp thứ Nhất")
    page.get_by_role("button", name="Tạo cuộc họp").click()
    expect(page).to_have_url(re.compile("/prepare$"))
    invite_undo_and_invite(page)
    window.shot(artifacts, "invited")


def correct_the_list(sheet: Locator) -> None:
    """The preview: nothing is there yet, a namesake waits for a tick, a fault is told."""
    expect(sheet.get_by_label("Họ và tên, dòng 1")).to_have_value("Nguyễn Văn An")
    expect(sheet.get_by_label("Chức vụ, dòng 2")).to_have_value("Trưởng Ban Kinh tế - Ngân sách")
    position = sheet.get_by_label("Chức vụ, dòng 3")
    expect(position).to_have_value("Phó Chủ tịch UBND, Bí thư Đoàn")
    rows = sheet.get_by_role("row")
    expect(rows).to_have_count(7)
    expect(rows.nth(4)).to_contain_text("Trùng tên với dòng 1.")
    expect(rows.nth(6)).to_contain_text("Hãy nhập họ và tên.")
    expect(sheet.get_by_role("button", name="Tạo 4 tài khoản")).to_be_enabled()
    rows.nth(4).get_by_role("checkbox").check()
    sheet.get_by_role("button", name="Viết thành “Lê Văn Cường”").click()
    expect(sheet.get_by_label("Họ và tên, dòng 3")).to_have_value("Lê Văn Cường")
    rows.nth(6).get_by_role("checkbox").uncheck()
    position.fill("Phó Chủ tịch UBND")


def create_undo_and_create(sheet: Locator, page: Page) -> None:
    """Undoing brings back the list as it was corrected, and leaves nobody."""
    create = sheet.get_by_role("button", name="Tạo 5 tài khoản")
    create.click()
    expect(sheet.get_by_role("status")).to_contain_text("Đã tạo 5 tài khoản")
    expect(sheet.locator(".secret b")).to_have_text(NAMES)
    assert accounts(page) == 6
    sheet.get_by_role("button", name="Hoàn tác").click()
    expect(sheet.get_by_text("Đã bỏ 5 tài khoản vừa tạo.")).to_be_visible()
    assert accounts(page) == 1
    create.click()
    expect(sheet.locator(".secret b")).to_have_text(NAMES)
    expect(sheet.locator(".secret").nth(3)).to_contain_text("an.nv2")
    assert accounts(page) == 6


def accounts(page: Page) -> int:
    """How many accounts the server has."""
    answer = page.context.request.get(f"{page.evaluate('location.origin')}/api/v1/users")
    return len(answer.json()["items"])


def invite_undo_and_invite(page: Page) -> None:
    invite = page.get_by_role("button", name="Mời cả 5 người vừa thêm")
    head = page.locator(".prepare-head")
    invite.click()
    expect(head).to_contain_text("5 người được biểu quyết")
    expect(invite).to_have_count(0)
    page.locator(".toast").get_by_role("button", name="Hoàn tác").click()
    expect(head).not_to_contain_text("người được biểu quyết")
    invite.click()
    expect(head).to_contain_text("5 người được biểu quyết")


def name_the_body(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Hãy nhập tên cơ quan.")).to_be_visible()
    page.get_by_label("Tên cơ quan").fill("HĐND xã Bình Minh")
    full = page.get_by_label("Tên đầy đủ in trên văn bản")
    expect(full).to_have_value("Hội đồng nhân dân xã Bình Minh")
    page.get_by_role("button", name="Tiếp tục").click()


def make_the_account(window: Window, artifacts: Path) -> None:
    """The administrator's own: the user name proposes itself, a short password is refused."""
    page = window.page
    page.get_by_label("Họ và tên").fill("Nguyễn Thị Minh Khai")
    expect(page.get_by_label("Tài khoản")).to_have_value("khai.ntm")
    page.get_by_label("Mật khẩu", exact=True).fill("ngắn")
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.locator(".wrong")).to_be_visible()
    window.shot(artifacts, "2-account-too-short")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Tạo tài khoản").click()
    expect(page.get_by_role("heading", name="Thêm những người dự họp")).to_be_visible()


def add_people(page: Page) -> None:
    """One after another by the keyboard; two of the same name have accounts of their own."""
    name = page.get_by_label("Họ và tên")
    for person in ("Trần Văn An", "Lê Thị Bình", "Trần Văn An"):
        name.fill(person)
        name.press("Enter")
        expect(name).to_have_value("")
    expect(page.locator(".secret")).to_have_count(3)
    expect(page.locator(".secret").first).to_contain_text("an.tv2")

"""Administration of people, one's own password and devices, and a device signed out from afar."""

import re
import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.conftest import Opens
from tests.browser.pasting import paste
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESKTOP, LINE_IS_DOWN, PHONE, TABLET, UPRIGHT, Window
from tests.factories import PASSWORD
from tests.server.real_server import RealServer

pytestmark = pytest.mark.own_server  # people are looked for by name


def fill_in(page: Page, username: str, password: str) -> None:
    page.get_by_label("Tài khoản").fill(username)
    page.get_by_label("Mật khẩu", exact=True).fill(password)
    page.get_by_role("button", name="Đăng nhập").click()


def change_first(page: Page, generated: str, own: str) -> None:
    """Whoever may create meetings changes a generated password before anything else."""
    expect(page.get_by_role("alert")).to_contain_text("Mật khẩu này do máy đặt")
    page.get_by_label("Mật khẩu hiện tại").fill(generated)
    page.get_by_label("Mật khẩu mới").fill(own)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("heading", name="Cuộc họp", exact=True)).to_be_visible()


def sign_in(page: Page, username: str, password: str) -> None:
    fill_in(page, username, password)
    expect(page.get_by_role("heading", name="Cuộc họp", exact=True)).to_be_visible()


def add_person(page: Page, name: str) -> str:
    """Add somebody with the form that stays open; answers the first password."""
    sheet = page.get_by_role("dialog")
    sheet.get_by_label("Họ và tên").fill(name)
    sheet.get_by_label("Họ và tên").press("Enter")
    expect(sheet.get_by_label("Họ và tên")).to_have_value("")
    secret = sheet.locator(".secret").first
    expect(secret).to_contain_text(name)
    return secret.locator("code").inner_text()


def may_create_meetings_once_allowed(page: Page, row: Locator, mai: Window, first: str) -> None:
    """The right is given in the form, and the table says it; without it nothing is offered."""
    create = mai.page.get_by_role("link", name=re.compile("^Tạo cuộc họp"))
    expect(create).to_have_count(0)
    row.get_by_role("button", name="Việc khác với Hoàng Thị Thanh Mai").click()
    page.get_by_role("menuitem", name="Sửa").click()
    page.get_by_role("dialog").get_by_label("Được tạo cuộc họp").check()
    page.get_by_role("dialog").get_by_role("button", name="Lưu").click()
    expect(row.locator(".mark")).to_have_text("Tạo cuộc họp")
    mai.page.reload()
    change_first(mai.page, first, "hoa sen tháng bảy 26")
    expect(create.first).to_be_visible()


def test_administrator_adds_finds_renews_and_deactivates_people(
    enter: Opens, windows: Opens, server: RealServer, artifacts
):
    admin: Window = enter("quantri", DESKTOP)
    page = admin.page
    admin.open("/people")
    expect(page.locator("#plain-http")).to_contain_text("không mã hóa")
    page.get_by_role("button", name="Thêm người").first.click()
    first = add_person(page, "Hoàng Thị Thanh Mai")
    add_person(page, "Hoàng Văn Tư")
    admin.shot(artifacts, "added")
    page.keyboard.press("Escape")

    search = page.get_by_role("searchbox")
    search.fill("thanh mai")
    row = page.get_by_role("row", name=re.compile("Hoàng Thị Thanh Mai"))
    expect(row).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Hoàng Văn Tư"))).to_have_count(0)
    admin.shot(artifacts, "found")

    # With her first password she is in; then it is renewed, and she is out.
    mai: Window = windows("mai", server.url, DESKTOP).awaits("status of 401")
    mai.open("/sign-in")
    sign_in(mai.page, "mai.htt", first)
    may_create_meetings_once_allowed(page, row, mai, first)
    row.get_by_role("button", name="Việc khác với Hoàng Thị Thanh Mai").click()
    page.get_by_role("menuitem", name="Cấp lại mật khẩu").click()
    page.get_by_role("dialog").get_by_role("button", name="Cấp lại mật khẩu").click()
    renewed = page.get_by_role("dialog").locator("code").inner_text()
    assert renewed != first
    page.get_by_role("dialog").get_by_role("button", name="Xong").click()
    mai.page.reload()
    expect(mai.page).to_have_url(re.compile("/sign-in"))
    fill_in(mai.page, "mai.htt", renewed)
    change_first(mai.page, renewed, "hoa sen tháng tám 26")

    row.get_by_role("button", name="Việc khác với Hoàng Thị Thanh Mai").click()
    page.get_by_role("menuitem", name="Ngừng tài khoản").click()
    expect(row).to_contain_text("Đã ngừng")
    mai.page.reload()
    expect(mai.page).to_have_url(re.compile("/sign-in"))
    page.get_by_role("button", name="Hoàn tác").click()
    expect(row).not_to_contain_text("Đã ngừng")


def test_a_list_pasted_over_a_bad_network_makes_nobody_twice(enter: Opens, people, artifacts):
    """Namesakes of accounts wait for a tick; an answer that got lost is asked for again."""
    people["quantri"].post(
        "/users", username="tam.lv", display_name="Lý Văn Tám", position="Văn thư"
    )
    admin: Window = enter("quantri", DESKTOP).awaits(LINE_IS_DOWN, "ERR_FAILED")
    page = admin.open("/people").page
    page.get_by_role("button", name="Thêm người").first.click()
    paste(page.get_by_label("Họ và tên"), "1. Lý Văn Tám\n2. Lý Thị Chín, Kế toán\n3. Lý Mười")
    sheet = page.get_by_role("dialog", name="Thêm người theo danh sách")
    same = sheet.get_by_role("row").nth(1)
    expect(same).to_contain_text("Trùng tên với Lý Văn Tám, Văn thư, đã có tài khoản tam.lv.")
    expect(same.get_by_role("checkbox")).not_to_be_checked()
    page.route("**/api/v1/users", lose_the_answer, times=1)
    sheet.get_by_role("button", name="Tạo 2 tài khoản").click()
    expect(sheet.get_by_role("alert")).to_contain_text("1 dòng chưa tạo được")
    expect(sheet.locator(".secret b")).to_have_text(["Lý Mười"])
    admin.shot(artifacts, "half-failed")
    sheet.get_by_role("button", name="Tạo lại 1 tài khoản").click()
    expect(sheet.locator(".secret b")).to_have_text(["Lý Thị Chín", "Lý Mười"])
    sheet.get_by_role("button", name="Xong").click()
    page.get_by_role("searchbox").fill("lý")
    for name in ("Lý Văn Tám", "Lý Thị Chín", "Lý Mười"):
        expect(page.get_by_role("row", name=re.compile(name))).to_have_count(1)


def test_own_password_is_asked_over_the_form_which_stays(enter: Opens, server: RealServer):
    admin: Window = enter("quantri", PHONE).awaits("status of 403", "status of 422")
    page = admin.page
    admin.open("/people")
    page.get_by_role("button", name="Thêm người").first.click()
    with closing(sqlite3.connect(server.made.data / "dienhong.sqlite3")) as database:
        database.execute("UPDATE sign_in SET password_at = NULL")
        database.commit()
    page.get_by_label("Họ và tên").fill("Lý Thị Năm")
    page.keyboard.press("Enter")
    asked = page.get_by_role("dialog", name="Nhập lại mật khẩu")
    expect(asked.get_by_label("Mật khẩu hiện tại")).to_be_focused()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(page.get_by_label("Họ và tên")).to_have_value("Lý Thị Năm")
    page.get_by_label("Họ và tên").press("Enter")
    expect(asked.get_by_label("Mật khẩu hiện tại")).to_be_focused()
    page.keyboard.type("không phải")
    page.keyboard.press("Enter")
    expect(asked.get_by_role("alert")).to_be_visible()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".secret").first).to_contain_text("Lý Thị Năm")
    expect(page.get_by_label("Họ và tên")).to_be_focused()


def lose_the_answer(route: Route) -> None:
    """The server does what it was asked for; its answer never arrives."""
    route.fetch()
    route.abort()


def test_people_page_is_for_administrators(enter: Opens):
    member: Window = enter("daibieu1", TABLET).awaits("status of 403")
    member.open("/people")
    expect(member.page.locator("main")).to_contain_text("Không có quyền xem trang này")


@pytest.mark.parametrize("path", ["/people", "/vote-rules"])
def test_administration_fits_a_tablet_held_upright(enter: Opens, people, path):
    admin = people["quantri"]
    long = {"display_name": "Nguyễn Thị Minh Khai"}
    assert admin.call("PATCH", f"/users/{admin.id}", json=long).ok
    page = enter("quantri", UPRIGHT).open(path).page
    expect(page.locator("tbody tr").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") == UPRIGHT["viewport"]["width"]
    page.get_by_role("link", name="Các cuộc họp").click()
    expect(page.get_by_role("heading", name="Cuộc họp", exact=True)).to_be_visible()


def test_own_password_is_changed_and_the_old_one_is_refused(
    enter: Opens, windows: Opens, server: RealServer, people, artifacts
):
    made = people["quantri"].post("/users", username="doimatkhau", display_name="Đỗ Thị Mật")
    first = made.json()["initial_password"]
    window: Window = windows("own", server.url, UPRIGHT).awaits("status of 4")
    page = window.page
    window.open("/sign-in")
    sign_in(page, "doimatkhau", first)
    window.open("/account")
    page.get_by_label("Mật khẩu hiện tại").fill("không phải mật khẩu này")
    page.get_by_label("Mật khẩu mới").fill("một-mật-khẩu-rất-mới")
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.get_by_role("alert")).to_be_visible()
    window.shot(artifacts, "wrong-password")
    page.get_by_label("Mật khẩu hiện tại").fill(first)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.locator(".toast")).to_contain_text("Đã đổi mật khẩu")
    old: Window = windows("old", server.url, DESKTOP).awaits("status of 401")
    old.open("/sign-in")
    old.page.get_by_label("Tài khoản").fill("doimatkhau")
    old.page.get_by_label("Mật khẩu", exact=True).fill(first)
    old.page.keyboard.press("Enter")
    expect(old.page.get_by_role("alert")).to_be_visible()


def test_device_signed_out_from_afar_leaves_the_room_and_leads_to_sign_in(
    windows: Opens, server: RealServer, people, artifacts
):
    sitting = call_a_sitting(people, presented=2)
    tablet: Window = windows("tablet", server.url, TABLET).awaits(LINE_IS_DOWN, "status of 401")
    laptop: Window = windows("laptop", server.url, DESKTOP)
    for window in (tablet, laptop):
        window.open("/sign-in")
        sign_in(window.page, "daibieu2", PASSWORD)
    room = RoomScreen.enter(tablet, sitting.path)
    room.shows(2)

    laptop.open("/account")
    devices = laptop.page.locator(".sign-in-row", has_text="Chrome")
    expect(devices).to_have_count(2)
    devices.first.scroll_into_view_if_needed()
    laptop.shot(artifacts, "devices")
    tablets = devices.filter(has_not_text="Máy này, đang dùng")
    tablets.get_by_role("button", name=re.compile("^Đăng xuất")).click()
    asked = tablet.page.get_by_role("dialog", name="Vui lòng đăng nhập lại")
    expect(asked).to_be_visible()
    expect(room.page_element).to_have_count(0)
    tablet.shot(artifacts, "signed-out")
    asked.get_by_role("link", name="Đăng nhập").tap()
    expect(tablet.page).to_have_url(re.compile(r"/sign-in\?next="))
    tablet.page.get_by_label("Tài khoản").fill("daibieu2")
    tablet.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    tablet.page.get_by_role("button", name="Đăng nhập").tap()
    RoomScreen(tablet).shows(2)

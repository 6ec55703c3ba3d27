"""A pasted list of people in every size, each theme and both languages."""

import json

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Dresses
from tests.browser.looker import Looker, Plan
from tests.browser.pasting import TABLE, paste

pytestmark = pytest.mark.own_server  # namesakes are looked for among all accounts

PLANS = (
    Plan("vi", ("desktop", "tablet", "upright", "phone")),
    Plan("en", ("phone",), in_turn=("tablet", "upright", "desktop"), first_theme=1),
)
MORE = (
    "7\tH'Lim Niê Kđăm Nguyễn Thị Phương Thảo\tPhó Trưởng Ban Văn hóa - Xã hội kiêm Chủ tịch"
    " Hội Liên hiệp Phụ nữ xã, đại biểu HĐND nhiệm kỳ 2026 – 2031\t\r\n"
    "8\tĐỗ Khuyết\tKế toán\t"
)
UNITS = (
    "Họ và tên\tĐơn vị công tác\tChức vụ\n"
    "Nguyễn Văn An\tỦy ban Mặt trận Tổ quốc Việt Nam xã An Phú Tân\tChủ tịch\n"
    "Trần Thị Bé\tẤp 3\tTrưởng ấp\n"
    "Lê Cường\t\t"
)
REFUSED = "Đỗ Khuyết"


def refuse_one(route: Route) -> None:
    """The server refuses one person of the list."""
    if json.loads(route.request.post_data or "{}").get("display_name") != REFUSED:
        route.continue_()
        return
    said = {"code": "sign_in_busy", "status": 503, "detail": "Máy chủ đang bận. Hãy thử lại sau."}
    route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(said))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_list_looks_right(plan: Plan, dressed: Dresses, artifacts):
    window = dressed("quantri", plan).awaits("status of 503")
    eye = Looker(window, artifacts, plan)
    page = window.open("/people").page
    expect(page.locator("tbody tr")).not_to_have_count(0)
    page.locator(".page-head .btn").nth(1).click()
    expect(page.locator("#people-list")).to_be_visible()
    eye.dialog.locator(".sheet-foot .btn").click()
    eye.look("1-field")
    paste(page.locator("#people-list"), f"{TABLE}\r\n{MORE}")
    create = eye.dialog.locator(".sheet-foot .btn.ink")
    expect(create).to_be_enabled()
    eye.look("2-preview")
    eye.dialog.locator(".list-table tbody tr").last.scroll_into_view_if_needed()
    eye.look("3-below")
    # The rows scroll, never the sheet around them.
    assert eye.dialog.evaluate("sheet => sheet.scrollHeight <= sheet.clientHeight")
    page.route("**/api/v1/users", refuse_one)
    create.click()
    expect(eye.dialog.locator(".list-made")).to_be_visible()
    eye.look("4-created")
    eye.dialog.locator(".list-made .btn").click()
    expect(eye.dialog.locator(".notice.undone")).to_be_visible()
    eye.look("5-undone")
    eye.dialog.locator(".sheet-foot .btn.plain").click()
    paste(page.locator("#people-list"), UNITS)
    expect(eye.dialog.locator(".list-table .unit select")).to_have_count(3)
    eye.look("6-units")
    eye.hold()

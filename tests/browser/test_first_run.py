"""The first run: a one-time set-up link, three steps, and the first meeting stands."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Opens
from tests.browser.window import DESK, PHONE, Window
from tests.factories import ROOT, Made
from tests.server.real_server import RealServer

PASSWORD = "hội-trường-tầng-hai"


@pytest.fixture(scope="module")
def chromium(whole_browser: Browser) -> Browser:
    """The administrator's journey is made with the browser that people have."""
    return whole_browser


class BareServer(RealServer):
    """A server over an empty data folder; `setup_path` is the link that its start shows."""

    setup_path: str


@pytest.fixture
def bare(tmp_path) -> Iterator[BareServer]:
    data = tmp_path / "data"
    words = [sys.executable, "app.py", "prepare", "--data", str(data)]
    said = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    running = BareServer(Made(data, {}), tmp_path / "server.log")
    running.setup_path = json.loads(said.strip().splitlines()[-1])["setup_path"]
    running.start()
    yield running
    running.stop()


def test_three_steps_from_the_link_to_the_first_meeting(
    windows: Opens, bare: BareServer, artifacts
):
    window: Window = windows("administrator", bare.url, DESK)
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
    expect(page.locator("ol.items > li").nth(2)).to_be_visible()
    window.shot(artifacts, "first-meeting")

    # The link has done its work: nobody else becomes administrator with it.
    other = windows("late", bare.url, PHONE).awaits("status of 4").open(bare.setup_path)
    expect(other.page.get_by_label("Tên cơ quan")).to_have_count(0)
    expect(other.page.get_by_role("heading", level=1)).to_be_visible()
    other.shot(artifacts, "used-link")


def name_the_body(page: Page) -> None:
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Hãy nhập tên cơ quan.")).to_be_visible()
    page.get_by_label("Tên cơ quan").fill("HĐND xã Bình Minh")
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

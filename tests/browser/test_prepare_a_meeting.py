"""A secretary from nothing: signs in, makes a meeting from a template, prepares it and opens it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import papers_on_disk
from tests.browser.conftest import Opens
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESK, Window
from tests.factories import PASSWORD
from tests.server.real_server import RealServer


def item(page: Page, number: int):
    """The agenda item at this place."""
    return page.locator("ol.items > li").nth(number - 1)


def title(page: Page, number: int):
    return page.get_by_label(f"Tên mục {number}", exact=True)


def put_on(page: Page, label: str, *files: Path) -> None:
    """Choose files with the browser's own dialog."""
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name=label, exact=True).click()
    chooser.value.set_files(list(files))


@pytest.fixture
def preparing(enter: Opens, people) -> Window:
    """The secretary's window on a meeting that is a draft with one paper."""
    sitting = call_a_sitting(people, status="draft")
    window: Window = enter("thuky", DESK)
    window.open(f"{sitting.path}/prepare")
    expect(window.page.locator(".paper")).to_have_count(1)
    return window


def test_secretary_makes_a_meeting_from_a_template_and_opens_it(
    windows: Opens, server: RealServer, artifacts, tmp_path
):
    window: Window = windows("secretary", server.url, DESK).awaits("status of 401")
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
    put_on(page, "Chọn tệp giấy mời, chương trình", papers_on_disk.good(tmp_path, "giay-moi.pdf", 1))
    expect(item(page, 2).locator(".paper")).to_contain_text("12 trang · ")
    expect(page.locator("#meeting-papers .paper")).to_contain_text("1 trang · ")
    window.shot(artifacts, "prepared")

    page.get_by_role("button", name="Phát hành tài liệu").click()
    expect(page.locator(".toast")).to_contain_text("Đã phát hành 2 tài liệu cho 4 người dự")
    page.get_by_role("button", name="Khai mạc", exact=True).click()
    question = page.get_by_role("dialog", name="Khai mạc cuộc họp?")
    question.get_by_role("button", name="Khai mạc", exact=True).click()
    expect(page.locator(".top")).to_contain_text("Kỳ họp thứ Tư")
    expect(page.locator(".column")).to_be_visible()
    window.shot(artifacts, "opened")


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


def test_files_dropped_on_an_item_show_their_way_and_become_papers(
    preparing: Window, artifacts, tmp_path
):
    page = preparing.page
    files = [papers_on_disk.good(tmp_path, f"phu-luc-{n}.pdf", n) for n in range(1, 6)]
    papers_on_disk.drop_on(item(page, 3), *files)
    for n in range(1, 6):
        paper = item(page, 3).locator(".paper").nth(n - 1)
        expect(paper.get_by_label("Tên tài liệu")).to_have_value(re.compile(rf"phu.luc.{n}"))
        expect(paper).to_contain_text(f"{n} trang · ")
    preparing.shot(artifacts, "dropped")
    papers_on_disk.drop_on(page.locator(".prepare-side"), files[0])
    expect(page.locator(".toast")).to_contain_text("Hãy thả tệp vào một mục của chương trình")


def test_upload_and_pages_show_how_far_they_are(preparing: Window, artifacts, tmp_path):
    page = preparing.page
    # As over the hall's Wi-Fi, so that a large file's way can be seen.
    line = preparing.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 20, "downloadThroughput": -1}
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": 6 << 20})
    put_on(page, "Chọn tệp cho mục 1", papers_on_disk.large(tmp_path))
    paper = item(page, 1).locator(".paper")
    expect(paper.get_by_role("progressbar")).to_be_visible()
    expect(paper).to_contain_text(re.compile(r"đã tải \d+ %"))
    preparing.shot(artifacts, "sending")
    expect(paper).to_contain_text(re.compile(r"\d+/40 trang|40 trang ·"))
    preparing.shot(artifacts, "processing")
    expect(paper).to_contain_text(re.compile(r"40 trang · 13 MB"))


def test_locked_file_and_text_named_pdf_are_refused_in_words_with_another_to_choose(
    preparing: Window, artifacts, tmp_path
):
    window, page = preparing.awaits("status of 4(15|22)"), preparing.page
    locked, text = papers_on_disk.locked(tmp_path), papers_on_disk.text_named_pdf(tmp_path)
    put_on(page, "Chọn tệp cho mục 3", locked, text)
    refused = item(page, 3).locator(".paper.bad")
    expect(refused).to_have_count(2)
    shelf = item(page, 3)
    expect(shelf).to_contain_text("mật khẩu")
    expect(shelf).to_contain_text("không phải")
    window.shot(artifacts, "refused")
    while refused.count():
        before = refused.count()
        good = papers_on_disk.good(tmp_path, f"thay-the-{before}.pdf")
        with page.expect_file_chooser() as chooser:
            refused.first.get_by_role("button", name="Chọn tệp khác").click()
        chooser.value.set_files(good)
        expect(refused).to_have_count(before - 1)
    for number in range(2):
        expect(shelf.locator(".paper").nth(number)).to_contain_text("3 trang · ")
    window.shot(artifacts, "replaced")

"""Putting papers up: dropped and chosen, with their way to be seen, and refused in words."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import office_files
from tests.browser import papers_on_disk
from tests.browser.conftest import Opens
from tests.browser.prepare_screen import item, put_on
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESKTOP, Window


@pytest.fixture
def preparing(enter: Opens, people) -> Window:
    """The secretary's window on a meeting that is a draft with one paper."""
    sitting = call_a_sitting(people, status="draft")
    window: Window = enter("thuky", DESKTOP)
    window.open(f"{sitting.path}/prepare")
    expect(window.page.locator(".paper")).to_have_count(1)
    return window


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


def test_a_word_file_becomes_pages_and_says_what_they_do_not_show(
    preparing: Window, artifacts, tmp_path
):
    page, file = preparing.page, tmp_path / "Tờ trình_41.docx"
    file.write_bytes(office_files.docx_with_changes("Kính trình", "BO", "THEM"))
    put_on(page, "Chọn tệp cho mục 3", file)
    paper = item(page, 3).locator(".paper")
    expect(paper.get_by_label("Tên tài liệu")).to_have_value("Tờ trình 41")
    expect(paper).to_contain_text("1 trang · ", timeout=60_000)
    expect(paper.locator(".paper-notices")).to_contain_text("các trang hiển thị bản cuối")
    preparing.shot(artifacts, "converted")
    paper.get_by_role("button", name="Việc khác với Tờ trình 41").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Tải tệp đã tải lên (DOCX)").click()
    assert download.value.suggested_filename == file.name
    assert Path(download.value.path()).read_bytes() == file.read_bytes()


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
    third = item(page, 3)
    expect(third).to_contain_text("mật khẩu")
    expect(third).to_contain_text("không phải")
    window.shot(artifacts, "refused")
    while refused.count():
        before = refused.count()
        good = papers_on_disk.good(tmp_path, f"thay-the-{before}.pdf")
        with page.expect_file_chooser() as chooser:
            refused.first.get_by_role("button", name="Chọn tệp khác").click()
        chooser.value.set_files(good)
        expect(refused).to_have_count(before - 1)
    for number in range(2):
        expect(third.locator(".paper").nth(number)).to_contain_text("3 trang · ")
    window.shot(artifacts, "replaced")

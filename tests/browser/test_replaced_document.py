"""A document is replaced while it is presented: nobody loses their place, and everybody is told."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import PAGES, Sitting, call_a_sitting
from tests.browser.window import DESKTOP, PHONE, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import add_paper, wait_ready


def replaced(sitting: Sitting, pages: int) -> None:
    """The secretary uploads version 2, with this many pages."""
    sent = sitting.secretary.upload(
        f"/documents/{sitting.paper}/versions", "ban-2.pdf", small_pdf(pages, "moi")
    )
    assert sent.status_code == 202, sent.text
    wait_ready(sitting.secretary, sitting.paper, 2)


def counts(screen: RoomScreen, page: int, pages: int) -> None:
    """The page and the count at the foot are of one version."""
    screen.shows(page)
    expect(screen.page.locator(".pill")).to_contain_text(re.compile(rf"\b{page} / {pages}\b"))


def looked_at(screen: RoomScreen, artifacts: Path, name: str) -> None:
    settle(screen.page)
    screen.window.shot(artifacts, f"{screen.window.name}-{name}")
    assert not faults(screen.page) + axe_faults(screen.page)


def test_the_page_and_its_count_stay_until_the_presenter_goes_on(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=5)
    presenter = RoomScreen.enter(enter("thuky", DESKTOP), sitting.path)
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    other = RoomScreen.enter(enter("daibieu2", PHONE), sitting.path)
    for screen in (presenter, member, other):
        screen.shows(5)
    before = member.picture()

    replaced(sitting, 3)
    expect(member.bar).to_contain_text("Đã có bản mới (bản 2)")
    expect(presenter.bar).to_contain_text("Có bản 2")
    for screen in (presenter, member, other):
        counts(screen, 5, PAGES)
        looked_at(screen, artifacts, "renewed")
    assert member.picture() == before

    # Somebody who comes now sees the old version with its own count, too.
    late = RoomScreen.enter(enter("chutoa", DESKTOP), sitting.path)
    counts(late, 5, PAGES)

    presenter.button("Trình chiếu bản mới").click()
    for screen in (presenter, member, other, late):
        counts(screen, 3, 3)
        expect(screen.bar).to_have_count(0)
    presenter.previous_page()
    member.shows(2)
    member.button("Mở chương trình và tài liệu").tap()
    expect(member.page.locator(".paper-line").first).to_contain_text("bản 2 · 3 trang")


def test_a_member_looks_into_the_new_version_and_comes_back(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=5)
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    member.shows(5)
    replaced(sitting, 3)
    member.button("Xem").tap()
    counts(member, 3, 3)
    expect(member.bar).to_contain_text(re.compile(r"Đang xem\s+bản 2"))
    looked_at(member, artifacts, "in-version-2")
    # The room goes on in the version that it sees.
    sitting.turn(6)
    member.button("Về trang 6").tap()
    counts(member, 6, PAGES)


def test_a_document_published_meanwhile_is_told_and_marked(enter: Opens, people, artifacts):
    sitting = call_a_sitting(people, presented=2)
    member = RoomScreen.enter(enter("daibieu1", UPRIGHT), sitting.path)
    member.shows(2)
    added = add_paper(sitting.secretary, sitting.items[1], small_pdf(2, "phu luc"), "phu-luc.pdf")
    sitting.secretary.patch(f"/documents/{added}", title="Phụ lục dự toán")
    assert sitting.secretary.post(f"/documents/{added}/publish").ok
    toast = member.page.locator(".toast")
    expect(toast).to_contain_text("Tài liệu mới: Phụ lục dự toán")
    settle(member.page)
    member.window.shot(artifacts, "told")
    member.button("Mở chương trình và tài liệu").tap()
    line = member.page.locator(".paper-line", has_text="Phụ lục dự toán")
    expect(line).to_contain_text("mới")
    settle(member.page)
    member.window.shot(artifacts, "marked")
    line.tap()
    member.shows(1)
    member.button("Mở chương trình và tài liệu").tap()
    expect(line).not_to_contain_text("mới")

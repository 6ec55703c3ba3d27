"""Papers and what is written on them: comments a file brought along, and what is taken away."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.toolbar_screen import ToolbarScreen, write
from tests.browser.window import TABLET
from tests.server.conftest import add_paper
from tests.server.documents.test_embedded_notes import NOTE, ONE, annotated


@pytest.fixture
def sitting(people) -> Sitting:
    return call_a_sitting(people)


def test_comments_of_the_file_itself_are_read_and_not_taken_for_somebodys(
    enter: Opens, people, sitting: Sitting
):
    paper = add_paper(people["thuky"], sitting.items[1], annotated([ONE]), "nhan-xet.pdf")
    assert people["thuky"].post(f"/documents/{paper}/publish").status_code == 200
    people["thuky"].put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[1])
    sitting.turn(1, paper=paper)
    screen = ToolbarScreen.enter(enter("daibieu1", TABLET), sitting.path)
    marker = screen.page.locator(".paper-note")
    expect(marker).to_have_count(1)
    marker.tap()
    expect(screen.windows).to_contain_text(NOTE)
    expect(screen.windows).to_contain_text("Trần Văn Bình")
    expect(screen.windows).to_contain_text("Có sẵn trong tài liệu")
    expect(screen.windows.get_by_role("textbox")).to_have_count(0)
    screen.press("Escape")
    expect(screen.windows).to_have_count(0)
    # A pen writes over it.
    screen.tool("Bút").tap()
    x, y = screen.leaf_box.x, screen.leaf_box.y
    box = marker.bounding_box()
    assert box is not None
    middle = (
        (box["x"] + 24 - x) / screen.leaf_box.width,
        (box["y"] + 24 - y) / screen.leaf_box.height,
    )
    screen.drag(middle, (middle[0] + 0.2, middle[1]))
    expect(screen.button("Hoàn tác bước viết")).to_be_enabled()
    expect(screen.windows).to_have_count(0)


def test_a_paper_is_taken_away_with_its_notes(enter: Opens, people, sitting: Sitting):
    people["thuky"].put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[1])
    sitting.turn(1)
    write(people["daibieu1"], sitting.paper, "note", text="Của tôi", audience="private")
    screen = ToolbarScreen.enter(enter("daibieu1", TABLET), sitting.path)
    screen.page.locator(".top .btn").first.tap()
    screen.page.locator(".drawer").get_by_role("button", name="Ghi chú và tải về").tap()
    screen.page.get_by_role("menuitem", name="Tải về kèm ghi chú").tap()
    screen.sheet.get_by_text("Chỉ ghi chú riêng của tôi").tap()
    screen.sheet.get_by_text("In luôn vào trang").tap()
    links = {"PDF": b"%PDF-", "DOCX": b"PK"}
    for words, beginning in links.items():
        link = screen.sheet.get_by_role("link", name=words).get_attribute("href")
        assert link is not None
        got = people["daibieu1"].get(f"{screen.window.base}{link}")
        assert got.status_code == 200, got.text
        assert got.content.startswith(beginning)
    flat = screen.sheet.get_by_role("link", name="Tải về PDF").get_attribute("href") or ""
    assert flat.endswith("annotated.pdf?audience=private&flat=1")

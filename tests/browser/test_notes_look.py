"""The page of one's notes and those in the room, in every size, each theme and both languages."""

from typing import Any

import pytest
from playwright.sync_api import expect

from core.ids import new_id
from tests.browser.conftest import Dresses
from tests.browser.looker import Looker, Plan
from tests.browser.notes_screen import MARKS, ME, write
from tests.browser.sittings import call_a_sitting

PLANS = (
    Plan("vi", ("desktop", "tablet", "upright", "phone")),
    Plan("en", ("phone",), in_turn=("tablet", "upright", "desktop"), first_theme=1),
)
LONG = (
    "Đề nghị Ủy ban nhân dân xã giải trình rõ nguồn vốn, tiến độ giải phóng mặt bằng và trách nhiệm"
    " của từng đơn vị đối với tuyến đường liên xã An Phú Tân – Hòa Tân.\n- 12 hộ mới\n- 3 hộ cũ"
)
SHAPES: list[dict[str, Any]] = [
    {"kind": "arrow", "geometry": {"from": [0.1, 0.1], "to": [0.9, 0.8]}},
    {"kind": "rectangle", "geometry": {"box": [0.2, 0.2, 0.8, 0.3]}},
    {"kind": "text", "geometry": {"box": [0.2, 0.4, 0.8, 0.5]}, "text": "Sửa thành “kể từ ngày”"},
]


@pytest.fixture(scope="module")
def written(people):
    """A meeting with everything that can be written, long and short."""
    made = call_a_sitting(people, presented=2, title="Kỳ họp thứ Hai, HĐND xã An Phú Tân khóa II")
    me = people[ME]
    write(me, made.paper)
    person = people["daibieu2"].id
    for page, shape in enumerate(SHAPES, start=8):
        body = {"id": new_id(), "page": page, "audience": "person", "user_id": person, **shape}
        answer = me.post(f"/documents/{made.paper}/annotations", style={"color": "#b3261e"}, **body)
        assert answer.status_code == 201, answer.text
    for text in ("Gặp chị Hạnh sau giờ nghỉ", LONG):
        for meeting in (made.id, None):
            assert me.post("/notes", id=new_id(), text=text, meeting_id=meeting).ok
    return made


def page_of_notes(eye: Looker) -> None:
    """The page full, narrowed to nothing, and while one writes."""
    page = eye.page
    eye.window.open("/notes")
    expect(page.locator(".entry")).not_to_have_count(len(MARKS))
    expect(page.locator(".own-note")).not_to_have_count(0)
    eye.look("1-page")
    page.locator(".entry").last.scroll_into_view_if_needed()
    eye.look("2-below")
    page.locator("#notes-search").fill("không có gì như thế")
    expect(page.locator(".empty")).to_be_visible()
    eye.look("3-nothing-found")
    page.locator("#notes-search").fill("")
    expect(page.locator(".own-note")).not_to_have_count(0)
    page.locator(".page-head .btn").click()
    expect(page.locator(".own-note textarea:focus")).to_be_visible()
    eye.look("4-writing")
    page.keyboard.type("<b>")
    expect(page.locator(".own-note .wrong")).to_be_visible()
    eye.look("5-refused")
    page.locator(".own-note textarea:focus").fill("")
    page.keyboard.press("Escape")


def room_with_notes(eye: Looker, path: str) -> None:
    """The menu that leads to the notes on the meeting, and these."""
    page = eye.page
    eye.window.open(path)
    expect(page.locator(".leaf:not(.waiting)")).to_be_visible()

    def menu() -> None:
        if not page.locator(".menu-button").is_visible():
            page.locator(".top .btn").first.click()
        page.locator(".menu-button").click()
        expect(page.get_by_role("menu")).to_be_visible()

    menu()
    eye.look("6-menu", menu)
    page.locator(".menu [role=menuitem]").first.click()
    expect(page.locator(".notes-panel .own-note").first).to_be_visible()
    eye.look("7-room")


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_notes_look_right(plan: Plan, dressed: Dresses, written, artifacts):
    eye = Looker(dressed(ME, plan), artifacts, plan)
    page_of_notes(eye)
    room_with_notes(eye, written.path)
    eye.hold()


def test_an_empty_page_says_what_will_be_there(dressed: Dresses, artifacts):
    plan = Plan("vi", ("phone", "desktop"), first_theme=1)
    window = dressed("nguoila", plan).open("/notes")
    expect(window.page.locator(".notes-empty")).to_be_visible()
    eye = Looker(window, artifacts, plan)
    eye.look("empty")
    eye.hold()
    window.page.get_by_role("link", name="Đến các cuộc họp").click()
    expect(window.page.get_by_role("heading", name="Cuộc họp").first).to_be_visible()

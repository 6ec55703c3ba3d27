"""The toolbar, its windows and sheets in every size, theme and language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Dresses
from tests.browser.looker import Looker, Plan
from tests.browser.looks import settle
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.toolbar_screen import ToolbarScreen, write
from tests.browser.window import LINE_IS_DOWN
from tests.factories import small_pdf
from tests.server.conftest import wait_ready

PLANS = (
    Plan("vi", ("desktop", "tablet", "upright", "phone")),
    Plan("en", ("phone",), in_turn=("upright", "tablet", "desktop"), first_theme=1),
)
LONG = "Đề nghị cơ quan soạn thảo làm rõ số liệu chi thường xuyên năm 2026 so với dự toán đầu năm."


class InkLooker(Looker):
    """A looker in a room whose page can be written on."""

    def __init__(self, screen: ToolbarScreen, artifacts: Path, plan: Plan) -> None:
        super().__init__(screen.window, artifacts, plan)
        self.screen = screen

    def slot(self, name: str) -> Locator:
        return self.page.locator(f".tray [data-slot={name}]")

    def menu(self) -> None:
        """What is behind the three dots."""
        self.press(".tray-tools [aria-haspopup=menu]")
        expect(self.page.get_by_role("menu")).to_be_visible()

    def more(self, icon: str) -> None:
        """An entry behind the three dots, in any language: by its icon."""
        self.menu()
        self.press(f'[role=menuitem]:has(use[href$="#{icon}"])')


@pytest.fixture
def sitting(people) -> Sitting:
    """A paper in its second version; notes of three people, and one of the version before."""
    made = call_a_sitting(people, presented=1)
    write(people["daibieu1"], made.paper, "note", text="Bản trước", audience="private")
    sent = people["thuky"].upload(f"/documents/{made.paper}/versions", "2.pdf", small_pdf(5, "moi"))
    assert sent.status_code == 202, sent.text
    wait_ready(people["thuky"], made.paper, 2)
    presenter = people["thuky"].tablet(made.id)
    assert presenter.turn(made.paper, 1, version=2)["ok"]
    presenter.close()
    write(
        people["daibieu2"], made.paper, geometry={"strokes": [[[0.2, 0.2, 0.5], [0.6, 0.22, 0.5]]]}
    )
    write(people["daibieu1"], made.paper, "note", text=LONG, geometry={"at": [0.5, 0.3]})
    return made


def tools(eye: InkLooker) -> None:
    """The toolbar, what its tools can be set to, and what does not fit."""
    eye.look("1-toolbar")
    eye.slot("pen").click()
    eye.slot("pen").click()
    eye.look("2-pen")
    eye.slot("pen").click()
    if eye.slot("mark").count():
        eye.slot("mark").click()
        eye.look("3-mark")
        eye.slot("mark").click()
    eye.menu()
    eye.look("4-more", eye.menu)
    eye.away()


def audience(eye: InkLooker) -> None:
    """Who sees it: the choices, a person, the room."""
    eye.press(".tray .audience")
    eye.look("5-audience")
    eye.press(".audience-choice[data-audience=person]")
    expect(eye.page.locator(".recipients")).to_be_visible()
    eye.look("6-person")
    eye.press(".recipients .row")
    expect(eye.page.locator(".tray [data-audience=person]")).to_be_visible()
    eye.look("7-for-one")
    eye.press(".tray .audience")
    eye.press(".audience-choice[data-audience=meeting]")
    eye.look("8-for-all")


def marks(eye: InkLooker) -> None:
    """A note opened, one refused; a mark of somebody else; own ones selected."""

    def note() -> None:
        eye.press(".ink-note")
        expect(eye.page.locator(".note-field")).to_be_focused()

    def again(close: Callable[[], None] = eye.away) -> None:
        # While somebody writes, the toolbar stays where it is: the note is closed for that long.
        close()
        settle(eye.page)
        note()

    def refused() -> None:
        eye.page.locator(".note-field").fill("<b>không</b>")
        expect(eye.page.locator(".note-window .wrong")).to_be_visible()

    def give_up() -> None:
        eye.press(".note-window .marks-buttons .btn")

    def refused_again() -> None:
        again(give_up)
        refused()

    note()
    eye.look("9-note", again)
    refused()
    eye.look("9-refused", refused_again)
    give_up()
    eye.page.mouse.click(*eye.screen.at(0.4, 0.21))
    expect(eye.page.locator(".mark-window")).to_be_visible()
    eye.look("10-anothers")
    eye.away()
    eye.slot("pen").click()
    eye.screen.drag((0.3, 0.4), (0.6, 0.42))
    eye.page.keyboard.press("v")
    eye.page.mouse.click(*eye.screen.at(0.45, 0.41))
    expect(eye.page.locator(".selection-bar")).to_be_visible()
    eye.look("11-selected")
    eye.away()
    eye.page.keyboard.press("v")


def sheets(eye: InkLooker) -> None:
    """Whose are shown, downloads, earlier versions."""
    eye.more("eye")
    expect(eye.page.locator(".writers")).to_be_visible()
    eye.look("12-filter")
    eye.press(".filter-all")
    eye.away()
    eye.more("download")
    expect(eye.page.locator(".take-away")).to_be_visible()
    eye.look("13-take-away")
    eye.away()
    expect(eye.page.locator(".notes-line .notes-chip")).to_have_count(2)
    eye.look("14-line")
    eye.press(".notes-chip.old")
    eye.look("15-earlier")
    eye.press(".earlier-pages .row")
    expect(eye.page.locator(".past-bar")).to_be_visible()
    eye.look("16-past")
    eye.press(".past-bar .btn.ink")
    expect(eye.page.locator(".past-bar")).to_have_count(0)


def without_a_line(eye: InkLooker, sitting: Sitting) -> None:
    """What waits, and what could not be sent."""
    eye.screen.window.awaits(LINE_IS_DOWN, "status of 409")
    eye.screen.window.context.set_offline(True)
    eye.slot("pen").click()
    eye.screen.drag((0.3, 0.3), (0.6, 0.32))
    expect(eye.page.locator(".notes-chip.waits")).to_be_visible()
    expect(eye.page.locator(".chip.state.amber")).to_be_visible()
    eye.look("17-waits")
    sitting.to("closed")
    eye.screen.window.context.set_offline(False)
    eye.press(".notes-chip.bad")
    expect(eye.page.locator(".offers")).to_be_visible()
    eye.look("18-offers")


@pytest.mark.slow
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
def test_pens_and_notes_look_right(plan: Plan, dressed: Dresses, sitting: Sitting, artifacts):
    screen = ToolbarScreen.enter(dressed("daibieu1", plan), sitting.path)
    eye = InkLooker(screen, artifacts, plan)
    # Opened by the user, the toolbar stays in every size; a phone's is closed at first. Words of
    # either language: the button is found by its place.
    if screen.toolbar.count() > 0:
        eye.press(".write-button")
    expect(screen.toolbar).to_have_count(0)
    eye.press(".write-button")
    expect(screen.toolbar).to_be_visible()
    tools(eye)
    audience(eye)
    marks(eye)
    sheets(eye)
    without_a_line(eye, sitting)
    eye.hold()

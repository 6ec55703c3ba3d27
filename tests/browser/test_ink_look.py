"""The tray, its windows and sheets in every size, each theme and both languages among them."""

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Opens
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.tray_screen import TrayScreen, write
from tests.browser.window import LINE_IS_DOWN, SIZES
from tests.factories import small_pdf
from tests.server.conftest import wait_ready

CASES = (
    ("tablet", "light", "vi"),
    ("tablet", "dark", "en"),
    ("upright", "contrast", "vi"),
    ("upright", "light", "en"),
    ("desk", "dark", "vi"),
    ("desk", "contrast", "en"),
    ("phone", "light", "vi"),
    ("phone", "dark", "en"),
)
LONG = "Đề nghị cơ quan soạn thảo làm rõ số liệu chi thường xuyên năm 2026 so với dự toán đầu năm."


class Looker:
    """Keeps a picture of each moment, and what is wrong with it."""

    def __init__(self, screen: TrayScreen, artifacts, name: str) -> None:
        self.screen, self.artifacts, self.name = screen, artifacts, name
        self.wrong: list[str] = []

    @property
    def page(self) -> Page:
        return self.screen.page

    def look(self, moment: str) -> None:
        settle(self.page)
        self.screen.window.shot(self.artifacts, f"{self.name}-{moment}")
        found = faults(self.page) + axe_faults(self.page)
        self.wrong += [f"{moment}: {fault}" for fault in found]

    def slot(self, name: str) -> Locator:
        return self.page.locator(f".tray [data-slot={name}]")

    def press(self, css: str) -> None:
        self.page.locator(css).last.click()

    def away(self) -> None:
        self.page.keyboard.press("Escape")

    def more(self, icon: str) -> None:
        """An entry behind the three dots, in any language: by its icon."""
        self.press(".tray-tools [aria-haspopup=menu]")
        self.press(f'[role=menuitem]:has(use[href$="#{icon}"])')


@pytest.fixture(scope="module")
def chromium(headless_shell: Browser) -> Browser:
    """Pages are looked at without the browser's own windows round them."""
    return headless_shell


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


def tools(eye: Looker) -> None:
    """The tray, what its tools can be set to, and what does not fit."""
    eye.look("1-tray")
    eye.slot("pen").click()
    eye.slot("pen").click()
    eye.look("2-pen")
    eye.slot("pen").click()
    if eye.slot("mark").count():
        eye.slot("mark").click()
        eye.look("3-mark")
        eye.slot("mark").click()
    eye.press(".tray-tools [aria-haspopup=menu]")
    eye.look("4-more")
    eye.away()


def audience(eye: Looker) -> None:
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


def marks(eye: Looker) -> None:
    """A note opened, one refused; a mark of somebody else; own ones selected."""
    eye.press(".ink-note")
    eye.look("9-note")
    eye.page.locator(".note-field").fill("<b>không</b>")
    eye.look("9-refused")
    eye.press(".note-window .marks-buttons .btn")
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


def sheets(eye: Looker) -> None:
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


def without_a_line(eye: Looker, sitting: Sitting) -> None:
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
@pytest.mark.parametrize("case", CASES, ids="-".join)
def test_pens_and_notes_look_right(case, enter: Opens, sitting: Sitting, artifacts):
    size, theme, language = case
    window = enter("daibieu1", SIZES[size])
    window.keep_cookie("dienhong_theme", theme, window.base)
    window.keep_cookie("dienhong_lang", language, window.base)
    screen = TrayScreen.enter(window, sitting.path)
    eye = Looker(screen, artifacts, "-".join(case))
    # Words of either language: the button is found by its place.
    if screen.tray.count() == 0:
        eye.press(".write-button")
    expect(screen.tray).to_be_visible()
    tools(eye)
    audience(eye)
    marks(eye)
    sheets(eye)
    without_a_line(eye, sitting)
    assert not eye.wrong, "\n".join(eye.wrong)

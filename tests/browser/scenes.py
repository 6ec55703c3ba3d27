"""Every screen of the product with a believable matter on it, each opened by one function."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.demo_server import DemoServer
from tests.browser.window import Window

DRAWN = ".leaf:not(.waiting) .leaf-picture canvas"
"""The page itself on the viewport, no preview of it."""


@dataclass
class Visit:
    """A window on the demo. `bare_url`: the set-up page of a server that has nobody yet; `reopen`:
    at this moment, what brings back what a change of the window's size closes."""

    window: Window
    demo: DemoServer
    bare_url: str
    reopen: Callable[[], None] | None = None

    @property
    def page(self) -> Page:
        return self.window.page

    def seat(self, seat: str, path: str = "/") -> None:
        """Open a path as the person of this seat."""
        self.window.open(f"/as/{seat}{path}")

    def room(self, seat: str) -> None:
        """Open the room and wait for the page on its viewport."""
        self.seat(seat, f"/meetings/{self.demo.meeting_id}")
        expect(self.page.locator(DRAWN)).to_be_visible()

    def admin(self, path: str) -> None:
        """Open a path as the administrator."""
        self.window.keep_cookie("dienhong_session", self.demo.admin_session(), self.demo.url)
        self.window.open(path)

    def press(self, css: str) -> None:
        self.page.locator(css).first.click()

    def menu(self, button: str) -> None:
        """Open a menu."""
        self.press(button)
        expect(self.page.get_by_role("menu")).to_be_visible()

    def sheet(self) -> None:
        expect(self.page.locator("dialog[open]")).to_be_visible()


Scene = Callable[[Visit], Iterator[str]]
"""Opens a screen and stops, by name, wherever it should be looked at."""


def sign_in(visit: Visit) -> Iterator[str]:
    visit.window.awaits("status of 401").open("/sign-in")
    visit.page.locator("#username").fill("khong.co")
    visit.page.locator("#password").fill("khong dung")
    visit.press("#sign-in [type=submit]")
    expect(visit.page.get_by_role("alert")).to_be_visible()
    yield "refused"


def my_meetings(visit: Visit) -> Iterator[str]:
    visit.seat("secretary")
    expect(visit.page.locator(".today-card")).to_be_visible()
    yield "list"


def new_meeting(visit: Visit) -> Iterator[str]:
    visit.seat("secretary", "/meetings/new")
    expect(visit.page.locator(".template")).not_to_have_count(0)
    visit.press("form.new-meeting button.ink")
    expect(visit.page.locator(".wrong").first).to_be_visible()
    yield "incomplete"


def prepare(visit: Visit) -> Iterator[str]:
    visit.seat("secretary", f"/meetings/{visit.demo.meeting_id}/prepare")
    expect(visit.page.locator(".paper")).not_to_have_count(0)
    yield "papers"
    visit.press(".side-head .text-btn")
    expect(visit.page.locator(".attendee")).not_to_have_count(0)
    yield "people"


def account(visit: Visit) -> Iterator[str]:
    visit.seat("member-1", "/account")
    expect(visit.page.locator(".sign-in-row")).not_to_have_count(0)
    yield "account"


def audit(visit: Visit) -> Iterator[str]:
    visit.admin("/audit")
    expect(visit.page.locator(".audit-row")).not_to_have_count(0)
    visit.press(".sealed-days summary")
    visit.press(".audit-row")
    yield "audit"


def people(visit: Visit) -> Iterator[str]:
    visit.admin("/people")
    expect(visit.page.locator("tbody tr")).not_to_have_count(0)
    yield "table"
    visit.press(".page-head .btn.ink")
    visit.sheet()
    yield "form"


def setup(visit: Visit) -> Iterator[str]:
    visit.page.goto(visit.bare_url)
    expect(visit.page.locator("#unit")).to_be_visible()
    yield "unit"


def not_found(visit: Visit) -> Iterator[str]:
    visit.window.awaits("status of 404")
    visit.seat("member-1", "/meetings/nothing-here")
    expect(visit.page.locator(".error-page")).to_be_visible()
    yield "page"


def room_member(visit: Visit) -> Iterator[str]:
    visit.room("member-1")
    yield "follows"
    visit.page.keyboard.press("End")
    expect(visit.page.locator(".state-bar")).to_be_visible()
    expect(visit.page.locator(DRAWN)).to_be_visible()
    yield "apart"
    visit.press(".top .btn")
    expect(visit.page.locator(".drawer")).to_be_visible()
    yield "agenda"
    visit.reopen = lambda: visit.menu(".menu-button")
    visit.reopen()
    yield "menu"


def room_chair(visit: Visit) -> Iterator[str]:
    visit.room("chair")
    expect(visit.page.locator(".people-button")).to_be_visible()
    yield "presents"
    visit.press(".hand-button")
    visit.sheet()
    yield "presentation"
    visit.page.keyboard.press("Escape")
    visit.press(".strip [aria-haspopup=dialog].icon-only")
    visit.sheet()
    yield "running"


def room_secretary(visit: Visit) -> Iterator[str]:
    visit.room("secretary")
    expect(visit.page.locator(".people-button")).to_be_visible()
    yield "follows"


def roll_call(visit: Visit) -> Iterator[str]:
    """The roster, a reason asked for, and the rule behind the quorum."""
    visit.room("secretary")
    narrow = visit.page.locator(".column-roll").count() == 0
    if narrow:
        visit.press(".strip [aria-haspopup=dialog].icon-only")
        visit.sheet()
    visit.press(".run-sheet .btn" if narrow else ".column-roll .btn")
    expect(visit.page.locator(".roll-name .num")).not_to_have_count(0)
    yield "roster"
    visit.press(".quorum-rule summary")
    visit.page.locator(".roll-row:has([aria-checked=true]) .saying.late").nth(1).click()
    expect(visit.page.locator(".roll-reason.asked")).to_be_visible()
    # As under a pointer: the offer to undo stays until it is pressed.
    visit.page.locator(".toast").dispatch_event("pointerenter")
    yield "reason"
    visit.press(".toast .btn")
    expect(visit.page.locator(".roll-reason.asked")).to_have_count(0)


def council(visit: Visit) -> Iterator[str]:
    """The demo's own window."""
    visit.window.open("/demo")
    frame = visit.page.frame_locator('[data-seat="chair"] iframe')
    expect(frame.locator(DRAWN)).to_be_attached()
    expect(visit.page.locator("[data-step].next, [data-step].done").first).to_be_visible()
    yield "seats"


def vote_rules(visit: Visit) -> Iterator[str]:
    visit.window.awaits("status of 422")
    visit.admin("/vote-rules")
    expect(visit.page.locator("tbody[data-pack]")).not_to_have_count(0)
    yield "table"
    visit.press("[data-pack=hdnd] .pack-do .btn.plain")
    visit.sheet()
    expect(visit.page.locator(".usable")).to_be_visible()
    visit.press(".guide summary")
    yield "read over"
    visit.page.locator("#pack-toml").fill("id = “hdnd”")
    expect(visit.page.locator(".pack-verdict .notice")).to_be_visible()
    yield "wrong"


SCENES: tuple[Scene, ...] = (
    sign_in,
    my_meetings,
    new_meeting,
    prepare,
    account,
    people,
    audit,
    setup,
    not_found,
    room_member,
    room_chair,
    room_secretary,
    roll_call,
    council,
    vote_rules,
)

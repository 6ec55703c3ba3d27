"""Every screen of the product with a believable matter on it, each opened by one function."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser.demo_server import DemoServer
from tests.browser.window import Window


@dataclass
class Visit:
    """A window on the demo. `bare_path`: the set-up page of a server that has nobody yet."""

    window: Window
    demo: DemoServer
    bare_url: str

    @property
    def page(self) -> Page:
        return self.window.page

    def seat(self, seat: str, path: str = "/") -> None:
        """Open a path as the person of this seat."""
        self.window.open(f"/as/{seat}{path}")

    def room(self, seat: str) -> None:
        """Open the room and wait for the page on its desk."""
        self.seat(seat, f"/meetings/{self.demo.meeting_id}")
        expect(self.page.locator(".leaf:not(.waiting) canvas")).to_be_visible()

    def admin(self, path: str) -> None:
        """Open a path as the administrator."""
        self.window.keep_cookie("dienhong_session", self.demo.admin_session(), self.demo.url)
        self.window.open(path)

    def press(self, css: str) -> None:
        self.page.locator(css).first.click()

    def sheet(self) -> None:
        expect(self.page.locator("dialog[open]")).to_be_visible()


def sign_in(visit: Visit) -> None:
    visit.window.awaits("status of 401").open("/sign-in")
    visit.page.locator("#username").fill("khong.co")
    visit.page.locator("#password").fill("khong dung")
    visit.press("#sign-in [type=submit]")
    expect(visit.page.get_by_role("alert")).to_be_visible()


def my_meetings(visit: Visit) -> None:
    visit.seat("secretary")
    expect(visit.page.locator(".today-card")).to_be_visible()


def new_meeting(visit: Visit) -> None:
    visit.seat("secretary", "/meetings/new")
    expect(visit.page.locator(".template")).not_to_have_count(0)
    visit.press("form.new-meeting button.ink")
    expect(visit.page.locator(".wrong").first).to_be_visible()


def prepare(visit: Visit) -> None:
    visit.seat("secretary", f"/meetings/{visit.demo.meeting_id}/prepare")
    expect(visit.page.locator(".paper")).not_to_have_count(0)


def attendees(visit: Visit) -> None:
    prepare(visit)
    visit.press(".side-head .text-btn")
    expect(visit.page.locator(".attendee")).not_to_have_count(0)


def account(visit: Visit) -> None:
    visit.seat("member-1", "/account")
    expect(visit.page.locator(".sign-in-row")).not_to_have_count(0)


def people(visit: Visit) -> None:
    visit.admin("/people")
    expect(visit.page.locator("tbody tr")).not_to_have_count(0)


def person_form(visit: Visit) -> None:
    people(visit)
    visit.press(".page-head .btn.ink")
    visit.sheet()


def setup(visit: Visit) -> None:
    visit.page.goto(visit.bare_url)
    expect(visit.page.locator("#unit")).to_be_visible()


def not_found(visit: Visit) -> None:
    visit.window.awaits("status of 404")
    visit.seat("member-1", "/meetings/nothing-here")
    expect(visit.page.locator(".error-page")).to_be_visible()


def room_member(visit: Visit) -> None:
    visit.room("member-1")


def room_apart(visit: Visit) -> None:
    """Reading apart, the bar with the way back above, the agenda open beside or over it."""
    visit.room("member-2")
    visit.page.keyboard.press("End")
    expect(visit.page.locator(".state-bar")).to_be_visible()
    expect(visit.page.locator(".leaf:not(.waiting) canvas")).to_be_visible()


def room_drawer(visit: Visit) -> None:
    visit.room("member-1")
    visit.press(".top .btn")
    expect(visit.page.locator(".drawer")).to_be_visible()
    visit.press(".menu-button")
    expect(visit.page.get_by_role("menu")).to_be_visible()


def room_chair(visit: Visit) -> None:
    visit.room("chair")
    expect(visit.page.locator(".people-button")).to_be_visible()


def presenter_sheet(visit: Visit) -> None:
    visit.room("chair")
    visit.press(".hand-button")
    visit.sheet()


def run_sheet(visit: Visit) -> None:
    visit.room("chair")
    visit.press(".strip [aria-haspopup=dialog].icon-only")
    visit.sheet()


def room_secretary(visit: Visit) -> None:
    visit.room("secretary")
    expect(visit.page.locator(".people-button")).to_be_visible()


def hall(visit: Visit) -> None:
    """The demo's own window."""
    visit.window.open("/demo")
    frame = visit.page.frame_locator('[data-seat="chair"] iframe')
    expect(frame.locator(".leaf")).to_be_visible()
    expect(visit.page.locator("[data-step].next, [data-step].done").first).to_be_visible()


SCENES: tuple[Callable[[Visit], None], ...] = (
    sign_in, my_meetings, new_meeting, prepare, attendees, account, people, person_form, setup,
    not_found, room_member, room_apart, room_drawer, room_chair, presenter_sheet, run_sheet,
    room_secretary, hall,
)

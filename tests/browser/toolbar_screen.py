"""Pens and notes of the room as a person sees and presses them, by the words on the screen."""

from __future__ import annotations

import re
from typing import Any, Self

from playwright.sync_api import Locator, expect

from tests.browser.fingers import Box, Fingers, Point, box_of
from tests.browser.room_screen import RoomScreen
from tests.browser.window import Window
from tests.server.real_server import Person

STYLE = {"color": "#b3261e", "width": 2.6, "opacity": 1.0, "size": 20.0}
SHAPES: dict[str, dict[str, Any]] = {
    "ink": {"strokes": [[[0.2, 0.3, 0.5], [0.4, 0.3, 0.5], [0.6, 0.3, 0.5]]]},
    "note": {"at": [0.5, 0.5]},
    "rectangle": {"box": [0.2, 0.6, 0.6, 0.7]},
}


def write(person: Person, paper: str, kind: str = "ink", **more: Any) -> dict[str, Any]:
    """Somebody writes on page 1 of a paper, for the room, without a window."""
    body = {"page": 1, "kind": kind, "audience": "meeting", "geometry": SHAPES[kind], **more}
    made = person.post(f"/documents/{paper}/annotations", style=STYLE, **body)
    assert made.status_code == 201, made.text
    answer: dict[str, Any] = made.json()
    return answer


def written(person: Person, paper: str) -> list[dict[str, Any]]:
    """What the server gives this person of a paper."""
    items: list[dict[str, Any]] = person.get(f"/documents/{paper}/annotations").json()["items"]
    return items


class ToolbarScreen(RoomScreen):
    """A room whose page can be written on."""

    @classmethod
    def enter(cls, window: Window, path: str) -> Self:
        screen = super().enter(window, path)
        expect(screen.page.locator(".leaf:not(.waiting) canvas").first).to_be_visible()
        return screen

    @property
    def toolbar(self) -> Locator:
        return self.page.locator(".tray")

    @property
    def audience(self) -> Locator:
        """The words on the toolbar that say who sees what is written."""
        return self.page.locator(".tray .audience")

    @property
    def windows(self) -> Locator:
        """Small windows that stand open."""
        return self.page.locator(".popover:visible")

    @property
    def line(self) -> Locator:
        """The row that says something of notes."""
        return self.page.locator(".notes-line")

    @property
    def sheet(self) -> Locator:
        return self.page.locator("dialog[open]").last

    @property
    def notes(self) -> Locator:
        """The notes on the page."""
        return self.page.locator(".ink-notes .ink-note")

    def tool(self, name: str) -> Locator:
        """A button of the toolbar, by what it stands for now."""
        return self.toolbar.get_by_role("button", name=name, exact=True)

    def holds(self, name: str | None) -> None:
        """This tool is in the hand and no other; None: the hand is empty."""
        pressed = self.toolbar.locator("[aria-pressed=true]")
        if name is None:
            expect(pressed).to_have_count(0)
        else:
            expect(pressed).to_have_count(1)
            expect(pressed).to_have_attribute("aria-label", name)

    def take_out(self) -> None:
        """The toolbar, where it is not out yet."""
        if self.toolbar.count() == 0:
            self.button("Viết").click()
        expect(self.toolbar).to_be_visible()

    def let_see(self, who: str) -> None:
        """Choose whom what is written is for, by the words of the choice."""
        self.audience.click()
        self.sheet.locator(".audience-choice", has_text=who).click()

    def more(self, item: str) -> None:
        """Choose something behind the three dots."""
        self.toolbar.get_by_role("button", name="Thêm", exact=True).click()
        self.page.get_by_role("menuitem", name=item).click()

    @property
    def leaf_box(self) -> Box:
        return box_of(self.page_element)

    def at(self, x: float, y: float) -> Point:
        """A place on the page, pixels of the window."""
        box = self.leaf_box
        return box.x + x * box.width, box.y + y * box.height

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """A stroke with the mouse, in fractions of the page."""
        a, b = self.at(*start), self.at(*end)
        self.page.mouse.move(*a)
        self.page.mouse.down()
        for step in range(1, 9):
            part = step / 8
            self.page.mouse.move(a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part)
        self.page.mouse.up()

    def tap(self, x: float, y: float) -> None:
        """A finger taps a place on the page."""
        Fingers(self.page).tap(self.at(x, y))

    def click(self, x: float, y: float) -> None:
        """The mouse clicks a place on the page."""
        self.page.mouse.click(*self.at(x, y))

    def says_audience(self, words: str, tone: str) -> None:
        expect(self.audience).to_have_text(re.compile(rf"^\s*{words}\s*$"))
        expect(self.audience).to_have_class(re.compile(rf"\b{tone}\b"))

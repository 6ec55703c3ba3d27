"""The room as a person sees and touches it, by the words on the screen."""

from __future__ import annotations

import hashlib
import re
from typing import Self

from playwright.sync_api import Locator, Page, expect

from tests.browser.window import Window


class RoomScreen:
    """What one window shows of a meeting's room (Vietnamese)."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.page: Page = window.page

    @classmethod
    def enter(cls, window: Window, path: str) -> Self:
        """Open the room and wait until it is there, with the features that are loaded later. On a
        phone the card of an open vote covers its top."""
        window.open(path)
        screen = cls(window)
        screen.until_complete()
        return screen

    def until_complete(self) -> None:
        """Wait for the room and all its features."""
        expect(self.page.locator(".room-grid")).to_be_visible()
        self.page.wait_for_function("() => globalThis.app?.featureLoader.isComplete")

    def reload(self) -> None:
        """Load the page again and wait as at entering."""
        self.page.reload()
        self.until_complete()

    @property
    def top(self) -> Locator:
        return self.page.locator(".top")

    @property
    def state(self) -> Locator:
        """The state in words: following, apart, presenting, lost."""
        return self.page.locator(".chip.state")

    @property
    def bar(self) -> Locator:
        """The one bar under the top."""
        return self.page.locator(".state-bar")

    @property
    def page_element(self) -> Locator:
        return self.page.locator(".leaf")

    @property
    def viewport(self) -> Locator:
        return self.page.locator("main.desk")

    def button(self, name: str | re.Pattern[str]) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True)

    def next_page(self) -> None:
        self.button("Trang sau").click()

    def previous_page(self) -> None:
        self.button("Trang trước").click()

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def shows(self, number: int, *, timeout: float | None = None) -> None:
        """The page itself stands on the viewport: named, numbered and drawn, no preview of it."""
        expect(self.page_element).to_have_attribute(
            "aria-label", re.compile(rf", trang {number} trên "), timeout=timeout
        )
        expect(self.page.locator(".pill")).to_contain_text(re.compile(rf"\b{number} / "))
        expect(self.page.locator(".leaf:not(.waiting) .leaf-picture canvas")).to_be_visible()

    def follows(self) -> None:
        expect(self.state).to_contain_text("Đang theo")
        expect(self.bar).to_have_count(0)

    def presents(self) -> None:
        expect(self.viewport).to_have_class(re.compile(r"\bpresenting\b"))

    def reads_apart(self, mine: int, theirs: int) -> None:
        """ "Đang xem trang 2 · Trình chiếu ở trang 3" and one way back."""
        expect(self.bar).to_contain_text(re.compile(rf"Đang xem\s+trang {mine}"))
        expect(self.bar).to_contain_text(re.compile(rf"Trình chiếu ở\s+trang {theirs}"))
        expect(self.button(f"Về trang {theirs}")).to_be_visible()

    def picture(self) -> str:
        """A fingerprint of what is drawn, at one small size so that sharpness does not count."""
        drawn: str = self.page_element.locator(".leaf-picture canvas").evaluate(
            """canvas => { const small = new OffscreenCanvas(64, 90);
                const to = small.getContext('2d'); to.drawImage(canvas, 0, 0, 64, 90);
                return to.getImageData(0, 0, 64, 90).data.join() }"""
        )
        return hashlib.sha256(drawn.encode()).hexdigest()

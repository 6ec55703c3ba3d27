"""One person's browser window in a test: its page, and everything that went wrong in it."""

import base64
import re
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    BrowserContext,
    CDPSession,
    ConsoleMessage,
    Locator,
    Page,
    ViewportSize,
    WebError,
)

from tests.effort import KEEP_PICTURES
from tests.server.real_server import Person

DESKTOP: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
TABLET: dict[str, Any] = {"viewport": {"width": 1180, "height": 820}, "has_touch": True}
UPRIGHT: dict[str, Any] = {"viewport": {"width": 820, "height": 1180}, "has_touch": True}
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 800},
    "has_touch": True,
    "is_mobile": True,
}
SIZES = {"desktop": DESKTOP, "tablet": TABLET, "upright": UPRIGHT, "phone": PHONE}

STORES = "local_storage,indexeddb,cache_storage,service_workers"
"""What a page may have kept, besides cookies, in the words of the browser's protocol."""

LINE_IS_DOWN = (
    r"ERR_CONNECTION_|ERR_INTERNET_DISCONNECTED|ERR_NETWORK|ERR_EMPTY|WebSocket connection"
)
"""What a browser says on its console while the server or the network is away."""


class Window:
    """A browser context of its own (its own cookies and storage) with one page open."""

    def __init__(
        self, context: BrowserContext, name: str, base: str, *, traced: bool = False
    ) -> None:
        self.context = context
        self.name = name
        self.base = base
        self.traced = traced
        self.errors: list[str] = []
        self._awaited: list[str] = []
        context.on("console", self._said)
        context.on("weberror", self._broke)
        self.page: Page = context.new_page()

    def _said(self, message: ConsoleMessage) -> None:
        # Refused requests are among them: a test that provokes one says so with `awaits`.
        if message.type == "error":
            self.errors.append(f"{message.text} [{message.location.get('url', '')}]")

    def _broke(self, error: WebError) -> None:
        self.errors.append(f"uncaught: {error.error}")

    def awaits(self, *patterns: str) -> "Window":
        """These errors belong to the test: a refusal shows on the console as a failed request."""
        self._awaited.extend(patterns)
        return self

    def unawaited(self) -> list[str]:
        """The errors that no test asked for."""
        return [said for said in self.errors if not any(re.search(p, said) for p in self._awaited)]

    def keep_cookie(self, name: str, value: str, url: str) -> None:
        """Put a cookie into this browser."""
        self.context.add_cookies([{"name": name, "value": value, "url": url}])

    def signed_in(self, person: Person) -> "Window":
        """Give this browser the session of somebody."""
        for cookie in person.http.cookies:
            self.keep_cookie(cookie.name, cookie.value or "", self.base)
        return self

    @cached_property
    def devtools(self) -> CDPSession:
        """The browser's own protocol for the page."""
        return self.context.new_cdp_session(self.page)

    def empty(self, viewport: ViewportSize) -> None:
        """Leave the page and forget everything but the cache, at this size."""
        origin: str = self.page.evaluate("location.origin")
        if origin != "null":
            self.page.evaluate("sessionStorage.clear()")
            self.page.goto("about:blank")
            stores = {"origin": origin, "storageTypes": STORES}
            self.context.new_cdp_session(self.page).send("Storage.clearDataForOrigin", stores)
        self.page.set_viewport_size(viewport)
        self.context.clear_cookies()
        self.errors.clear()
        self._awaited.clear()

    def open(self, path: str) -> "Window":
        """Go to a path of the server."""
        self.page.goto(f"{self.base}{path}")
        return self

    def shot(self, folder: Path, name: str) -> None:
        """Keep a picture of what is on the screen now, if this run keeps any."""
        if KEEP_PICTURES:
            (folder / f"{name}.png").write_bytes(self.captured())

    def captured(self) -> bytes:
        """A PNG of what is on the screen. Playwright's own costs twice as much, mostly for a
        smaller file."""
        options = {"format": "png", "optimizeForSpeed": True}
        return base64.b64decode(self.devtools.send("Page.captureScreenshot", options)["data"])

    def button(self, name: str | re.Pattern[str], *, exact: bool = True) -> Locator:
        """A button by the words it is known by."""
        return self.page.get_by_role("button", name=name, exact=exact)


def hold(windows: Iterable[Window]) -> None:
    """Fail with whatever no test asked for."""
    wrong = [f"{window.name}: {error}" for window in windows for error in window.unawaited()]
    assert not wrong, "the browser's console:\n" + "\n".join(wrong)

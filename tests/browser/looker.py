"""Examines the moments of a walk through a scene in several sizes and themes, on one page.

Between two looks the page is resized and given another theme in place, as by a person who turns
the tablet or chooses a theme. The language is rendered by the server: each language needs a walk of
its own.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser.looks import APPEARANCE, axe_faults, faults, settle
from tests.browser.window import SIZES, Window
from tests.effort import KEEP_PICTURES

THEMES = ("light", "dark", "contrast")
LANGUAGES = ("vi", "en")
# The event is the one of the product's own switch (static/js/lib/ui/theme.js).
_SHOW_THEME = """theme => {
  document.documentElement.dataset.themeChoice = theme;
  dispatchEvent(new Event('dienhong:theme'));
  return document.documentElement.dataset.theme;
}"""
# What axe's other rules judge: the visible elements, each with its attributes, its parent and
# whether it holds text. One number for each.
_STRUCTURE = """() => {
  const skipped = new Set(['style', 'class', 'width', 'height', 'src']);
  const numbers = [];
  for (const element of document.querySelectorAll('body, body *')) {
    if (!element.checkVisibility({visibilityProperty: true})) continue;
    const parent = element.parentElement;
    const parts = [element.localName, parent.localName, parent.getAttribute('role')];
    for (const {name, value} of element.attributes) if (!skipped.has(name)) parts.push(name, value);
    parts.push([...element.childNodes].some(
      node => node.nodeType === Node.TEXT_NODE && node.data.trim()));
    let hash = 0;
    for (const letter of parts.join('|')) hash = (hash * 31 + letter.codePointAt(0)) | 0;
    numbers.push(hash);
  }
  return [document.documentElement.lang, numbers.join(' ')];
}"""


@dataclass(frozen=True)
class Plan:
    """What one walk looks at. `sizes`: at each moment, the first is the size of the device that
    the scene is opened on; `in_turn`: one of these more at each moment."""

    language: str
    sizes: tuple[str, ...]
    in_turn: tuple[str, ...] = ()
    first_theme: int = 0

    @property
    def device(self) -> dict[str, Any]:
        """Options of the browser context."""
        return SIZES[self.sizes[0]]

    @property
    def name(self) -> str:
        return f"{self.sizes[0]}-{self.language}"

    def looks(self, number: int) -> list[tuple[str, str]]:
        """Sizes and themes of a moment, counted from 0. Themes go round from look to look and from
        moment to moment: three looks are in all themes, and a size gets another at each moment."""
        sizes = self.sizes
        if self.in_turn:
            sizes += (self.in_turn[number % len(self.in_turn)],)
        start = self.first_theme + number
        return [(size, THEMES[(start + place) % 3]) for place, size in enumerate(sizes)]

    def prepare(self, window: Window, *urls: str) -> Window:
        """Let the server render this language and the first theme."""
        for url in urls or (window.base,):
            window.keep_cookie("dienhong_theme", self.looks(0)[0][1], url)
            window.keep_cookie("dienhong_lang", self.language, url)
        return window


class Looker:
    """Collects what is wrong with each look, and keeps pictures of it."""

    def __init__(
        self,
        window: Window,
        artifacts: Path,
        plan: Plan,
        more_faults: Callable[[Page], list[str]] = lambda _page: [],
    ) -> None:
        self.window, self.artifacts, self.plan = window, artifacts, plan
        self.more_faults = more_faults
        self.wrong: list[str] = []
        self._moments = 0
        self._examined: Counter[str] = Counter()

    @property
    def page(self) -> Page:
        return self.window.page

    def look(self, moment: str, reopen: Callable[[], object] | None = None) -> None:
        """Examine the page in the sizes and themes of the plan, and return to the first size.
        `reopen` brings back what a change of size closes, as it does with menus."""
        for size, theme in self.plan.looks(self._moments):
            self._show(size, theme, reopen)
            self._examine(moment, size, theme)
        self._show(self.plan.sizes[0], theme, reopen)
        self._moments += 1

    def hold(self) -> None:
        """Fail with everything that was wrong."""
        assert not self.wrong, "\n".join(self.wrong)

    def _show(self, size: str, theme: str, reopen: Callable[[], object] | None) -> None:
        for frame in self.page.frames:
            assert frame.evaluate(_SHOW_THEME, theme) == theme
        viewport = SIZES[size]["viewport"]
        resized = self.page.viewport_size != viewport
        if resized:
            self.page.set_viewport_size(viewport)
        settle(self.page)
        if resized and reopen is not None:
            reopen()
            settle(self.page)

    def _examine(self, moment: str, size: str, theme: str) -> None:
        language, structure = self.page.evaluate(_STRUCTURE)
        assert language == self.plan.language
        shown = Counter(structure.split())
        known = shown <= self._examined
        self._examined |= shown
        found = faults(self.page) + axe_faults(self.page, APPEARANCE if known else None)
        found += self.more_faults(self.page)
        self.wrong += [f"{moment} ({size}, {theme}): {fault}" for fault in found]
        if found or KEEP_PICTURES:
            name = f"{self.plan.language}-{moment}-{size}-{theme}.png"
            (self.artifacts / name).write_bytes(self.window.captured())

    @property
    def dialog(self) -> Locator:
        """The uppermost dialog."""
        return self.page.locator("dialog[open]").last

    def press(self, css: str) -> None:
        self.page.locator(css).last.click()

    def away(self) -> None:
        """Put the uppermost dialog or window away."""
        self.page.keyboard.press("Escape")

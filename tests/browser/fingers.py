"""Fingers on the screen: real touch events through the browser's own protocol."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Locator, Page

Point = tuple[float, float]
STEADY_S = 0.05


class Fingers:
    """One hand on a page. Positions are CSS pixels of the window."""

    def __init__(self, page: Page) -> None:
        self._line: CDPSession = page.context.new_cdp_session(page)

    def _touch(self, kind: str, points: list[Point], **when: float) -> None:
        touches = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(points)]
        self._line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches, **when})

    def tap(self, at: Point, began: float | None = None) -> None:
        """Down and up, STEADY_S apart, however long the machine takes."""
        now = began or time.time()
        self._touch("touchStart", [at], timestamp=now)
        self._touch("touchEnd", [], timestamp=now + STEADY_S)

    @contextmanager
    def held(self, at: Point) -> Iterator[None]:
        """A finger that stays down at a place."""
        self._touch("touchStart", [at])
        yield
        self._touch("touchEnd", [])

    def double_tap(self, at: Point) -> None:
        now = time.time()
        self.tap(at, now)
        self.tap(at, now + 2 * STEADY_S)

    def swipe(self, start: Point, end: Point, steps: int = 6) -> None:
        """One finger from start to end."""
        self._touch("touchStart", [start])
        for step in range(1, steps + 1):
            share = step / steps
            self._touch("touchMove", [_between(start, end, share)])
        self._touch("touchEnd", [])

    def drag(self, start: Point, end: Point, steps: int = 6) -> None:
        """One finger from start to end that stands still before it is lifted: nothing glides on."""
        began = time.time() - 1
        self._touch("touchStart", [start], timestamp=began)
        for step in range(1, steps + 1):
            at = _between(start, end, step / steps)
            self._touch("touchMove", [at], timestamp=began + step * STEADY_S)
        self._touch("touchEnd", [], timestamp=began + 1)

    def pinch(self, middle: Point, before: float, after: float, steps: int = 6) -> None:
        """Two fingers beside the middle, `before` pixels apart, then `after`."""
        for step in range(steps + 1):
            half = (before + (after - before) * step / steps) / 2
            pair = [(middle[0] - half, middle[1]), (middle[0] + half, middle[1])]
            self._touch("touchMove" if step else "touchStart", pair)
        self._touch("touchEnd", [])


def _between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


@dataclass(frozen=True)
class Box:
    """Where an element stands on the screen, CSS pixels."""

    x: float
    y: float
    width: float
    height: float


def box_of(locator: Locator) -> Box:
    """The box of an element that is there."""
    box = locator.bounding_box()
    assert box is not None
    return Box(box["x"], box["y"], box["width"], box["height"])


def middle_of(locator: Locator) -> Point:
    """The middle of an element on the screen."""
    box = box_of(locator)
    return box.x + box.width / 2, box.y + box.height / 2


def width_of(locator: Locator) -> float:
    """How wide an element stands on the screen, pixels."""
    return box_of(locator).width

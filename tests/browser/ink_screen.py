"""A tablet's page with its ink, as a hand writes on it; marks are kept in the page's memory."""

from __future__ import annotations

import io
import json
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.fingers import Box, Point, box_of
from tests.browser.window import Window
from tests.factories import ROOT

Colour = tuple[int, int, int]
PEN_BLUE: Colour = (0x1C, 0x4F, 0xA1)
SHAPE_RED: Colour = (0xB3, 0x26, 0x1E)
MARKER_YELLOW: Colour = (0xFF, 0xD8, 0x4D)


def built(folder: Path) -> str:
    """tests/browser/ink_tablet.js with all it imports, as one script that makes `tablet`."""
    made = folder / "ink_tablet.js"
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    source = Path(__file__).parent / "ink_tablet.js"
    command = [str(esbuild), str(source), "--bundle", "--format=esm", f"--outfile={made}"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    body, _, exports = made.read_text().rpartition("export {")
    names = exports.partition("}")[0]
    return f"(async () => {{ {body}\nglobalThis.tablet = {{ {names} }}; }})()"


class Pen:
    """A pen on the screen, through the browser's own protocol. Positions are CSS pixels."""

    def __init__(self, page: Page) -> None:
        self._line: CDPSession = page.context.new_cdp_session(page)

    def _send(self, kind: str, at: Point, **more: Any) -> None:
        event = {"type": kind, "x": at[0], "y": at[1], "pointerType": "pen", **more}
        self._line.send("Input.dispatchMouseEvent", event)

    def hover(self, at: Point) -> None:
        """Near the screen, not on it."""
        self._send("mouseMoved", at)

    def down(self, at: Point, force: float = 0.5) -> None:
        """On the screen."""
        self._send("mousePressed", at, button="left", buttons=1, clickCount=1, force=force)

    def move(self, at: Point, force: float = 0.5) -> None:
        """Further on it."""
        self._send("mouseMoved", at, button="left", buttons=1, force=force)

    def up(self, at: Point) -> None:
        """Lifted."""
        self._send("mouseReleased", at, button="left", buttons=0, clickCount=1)

    def stroke(self, points: Sequence[Point], force: float = 0.5) -> None:
        """Down at the first point, over the others, up at the last."""
        self.down(points[0], force)
        for point in points[1:]:
            self.move(point, force)
        self.up(points[-1])


TAP_S = 0.06


class TouchInput:
    """Fingers and palms, each down, moved and up by itself."""

    def __init__(self, page: Page) -> None:
        self._line: CDPSession = page.context.new_cdp_session(page)
        self._down: dict[int, dict[str, float]] = {}

    def _send(self, kind: str, **when: float) -> None:
        points = list(self._down.values())
        self._line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, **when})

    def down(self, at: Point, finger: int = 0, *, radius: float = 6, **when: float) -> None:
        """A finger comes down; `radius` of what touches the screen."""
        place = {"x": at[0], "y": at[1], "id": finger, "radiusX": radius, "radiusY": radius}
        self._down[finger] = place
        self._send("touchStart", **when)

    def move(self, at: Point, finger: int = 0) -> None:
        """A finger slides."""
        self._down[finger].update(x=at[0], y=at[1])
        self._send("touchMove")

    def up(self, **when: float) -> None:
        """All fingers are lifted."""
        self._down.clear()
        self._send("touchEnd", **when)

    def taken_away(self) -> None:
        """The system wants the fingers for itself."""
        self._down.clear()
        self._send("touchCancel")

    def stroke(self, points: Sequence[Point], *, radius: float = 6) -> None:
        """One finger over these points."""
        self.down(points[0], radius=radius)
        for point in points[1:]:
            self.move(point)
        self.up()

    def tap(self, *points: Point) -> None:
        """As many fingers at once as points, within TAP_S, however long the machine takes."""
        now = time.time()
        for finger, at in enumerate(points):
            self.down(at, finger, timestamp=now + TAP_S * finger / len(points))
        self.up(timestamp=now + TAP_S)


def line(start: Point, end: Point, steps: int = 12) -> list[Point]:
    """Points from start to end, both included."""
    shares = [step / steps for step in range(steps + 1)]
    return [
        (start[0] + (end[0] - start[0]) * s, start[1] + (end[1] - start[1]) * s) for s in shares
    ]


@dataclass
class InkScreen:
    """A window with one document in the viewport."""

    window: Window

    @classmethod
    def open(cls, window: Window, script: str, document_id: str, page: int = 1) -> InkScreen:
        """Open the document in a signed-in window and wait until it is drawn."""
        window.open("/account")
        # Both answers that redraw the product's own page are there before the test takes its place.
        expect(window.page.locator(".sign-in-row").first).to_be_visible()
        expect(window.page.locator("#second-factor")).to_be_visible()
        window.page.evaluate(script)
        screen = cls(window)
        screen.turn(document_id, page)
        return screen

    @property
    def page(self) -> Page:
        return self.window.page

    def turn(self, document_id: str, page: int) -> None:
        """To another page."""
        self.page.evaluate(f"tablet.open({json.dumps(document_id)}, {page})")
        expect(self.page.locator(".leaf:not(.waiting) .leaf-picture canvas")).to_be_visible()

    def choose(self, tool: str | None) -> None:
        """A tool, or none."""
        self.page.evaluate(f"tablet.viewer.ink.choose({json.dumps(tool)})")

    @property
    def page_element(self) -> Box:
        return box_of(self.page.locator(".leaf"))

    def at(self, x: float, y: float) -> Point:
        """Where a place of the page is in the window; fractions of the page."""
        page_element = self.page_element
        return page_element.x + page_element.width * x, page_element.y + page_element.height * y

    def marks(self) -> list[dict[str, Any]]:
        """Everything written on the page."""
        found: list[dict[str, Any]] = self.page.evaluate("tablet.marks()")
        return found

    def strokes(self) -> list[list[list[float]]]:
        """Every pen stroke on the page."""
        return [mark["geometry"]["strokes"][0] for mark in self.marks() if mark["kind"] == "ink"]

    def across(self, x: float) -> float:
        """A place across the window as a fraction of the page."""
        page_element = self.page_element
        return (x - page_element.x) / page_element.width

    def arrive(self, mark: dict[str, Any]) -> None:
        """A mark comes from elsewhere."""
        style = {"color": "#b3261e", "width": 2.6, "opacity": 1, "size": 20}
        whole = json.dumps({"style": style, **mark})
        self.page.evaluate(f"tablet.ink.arrive([{{...tablet.viewer.place, ...{whole}}}])")

    def show_wet(self, *wet: dict[str, Any]) -> None:
        """All that others are writing now."""
        self.page.evaluate(f"tablet.viewer.ink.showLiveInk({json.dumps(wet)})")

    def words(self) -> list[Any]:
        """The words of the page, once the tools have them too."""
        found: list[Any] = self.page.evaluate(
            """(async () => { const words = await tablet.ink.words(tablet.viewer.place);
              await new Promise(done => setTimeout(done, 0)); return words; })()"""
        )
        return found

    def told(self, what: str) -> Any:
        """What the controls round the page were told."""
        return self.page.evaluate(f"tablet.told.{what}")

    def picture(self) -> Picture:
        """What is on the screen now."""
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )
        return Picture(Image.open(io.BytesIO(self.page.screenshot())).convert("RGB"))

    def until(self, done: Callable[[], bool], what: str, *, seconds: int = 5) -> None:
        """Wait for a condition."""
        for _ in range(seconds * 20):
            if done():
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"it never came to this: {what}")


@dataclass
class Picture:
    """The pixels of a window."""

    image: Image.Image

    def colour(self, at: Point) -> Colour:
        found: Colour = self.image.getpixel((round(at[0]), round(at[1])))  # type: ignore[assignment]
        return found

    def like(self, at: Point, colour: Colour, *, off: int = 40, reach: int = 1) -> bool:
        """Whether this colour is at a place, or within `reach` pixels of it."""
        x, y = round(at[0]), round(at[1])
        spots = [
            (x + dx, y + dy)
            for dx in range(-reach, reach + 1)
            for dy in range(-reach, reach + 1)
            if 0 <= x + dx < self.image.width and 0 <= y + dy < self.image.height
        ]
        return any(close(self.colour(spot), colour, off) for spot in spots)

    def farthest(self, other: Picture) -> int:
        """The largest difference of any pixel's red, green or blue from another picture's."""
        bands: Any = ImageChops.difference(self.image, other.image).getextrema()
        farthest: int = max(high for _, high in bands)
        return farthest

    def extremes(
        self, screen: InkScreen, box: tuple[float, float, float, float]
    ) -> tuple[Colour, Colour]:
        """The brightest and the darkest pixel in the middle of a box of the page."""
        (left, top), (right, bottom) = screen.at(*box[:2]), screen.at(*box[2:])
        pixels = [
            self.colour((x, y))
            for y in range(round(top) + 6, round(bottom) - 6)
            for x in range(round(left) + 6, round(right) - 6)
        ]
        return max(pixels, key=sum), min(pixels, key=sum)

    def count(self, colour: Colour, *, off: int = 40) -> int:
        """How many pixels have about this colour."""
        pixels: Any = self.image.get_flattened_data()
        return sum(close(pixel, colour, off) for pixel in pixels)


def ink_of(*points: list[float]) -> dict[str, Any]:
    """Kind and geometry of a stroke."""
    return {"kind": "ink", "geometry": {"strokes": [list(points)]}}


def close(a: Colour, b: Colour, off: int) -> bool:
    """Whether two colours are about the same."""
    return all(abs(one - other) <= off for one, other in zip(a, b, strict=True))

"""Writing on a page full of ink in Chromium: the main thread's work, and when ink is seen.

A pen sends events through the browser's own protocol, at its own pace whether they are answered or
not. There is no graphics card here: what a compositor adds is not measured. Alone:
`python -m bench.parts.ink_screen`.
"""

import asyncio
import json
import math
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from playwright.async_api import CDPSession, Page, async_playwright

from bench.load.browser import TABLET, cookies_of, launch_options
from bench.load.client import Client
from bench.load.handwriting import pen_points, strokes
from bench.machine import LOAD_CORE, SERVER_CORE, ahead, on_cores
from bench.parts.frames import CATEGORIES as TRACED
from bench.parts.frames import MainThread, main_thread
from bench.product import Product, Room, product
from bench.table import OURS, Table, percentile

SLOWER = 4
ON_THE_PAGE, IN_A_BATCH = 1000, 100
SECONDS, PEN_HZ = 10, 120
Spot = tuple[float, float, float]

WATCH = """(() => {
  const seen = globalThis.bench = {};
  let own = [], drawn = false, last = 0;
  const frame = (now) => {
    if (last) seen.gaps.push(now - last);
    last = now;
    if (own.length && drawn) seen.inTime += own.length;
    own = [];
    drawn = false;
    if (seen.on) requestAnimationFrame(frame);
  };
  seen.start = () => {
    Object.assign(seen, { on: true, moves: 0, points: 0, inTime: 0 });
    Object.assign(seen, { waits: [], gaps: [], long: [] });
    last = 0;
    requestAnimationFrame(frame);
  };
  addEventListener("pointermove", (event) => {
    if (!seen.on || !event.buttons) return;
    seen.moves += 1;
    seen.points += event.getCoalescedEvents().length;
    own.push(event.timeStamp);
  }, true);
  const fill = CanvasRenderingContext2D.prototype.fill;
  CanvasRenderingContext2D.prototype.fill = function (...words) {
    fill.apply(this, words);
    if (!seen.on || !this.canvas.classList.contains("ink-tail")) return;
    if (!drawn) for (const at of own) seen.waits.push(performance.now() - at);
    drawn = true;
  };
  new PerformanceObserver((list) => {
    if (seen.on) for (const task of list.getEntries()) seen.long.push(task.duration);
  }).observe({ type: "longtask" });
})()"""


def measure(table: Table, ours: Product, room: Room) -> None:
    """About a minute, as the second person of a room, whose page 1 gets 1,000 strokes of theirs."""
    _fill(ours, room)
    with on_cores(SERVER_CORE, LOAD_CORE):
        asyncio.run(_measured(table, ours, room))


def _fill(ours: Product, room: Room) -> None:
    client = Client(ours, room.cookies[1])
    style = {"color": "#1c4fa1", "width": 2.6, "opacity": 1}
    marks = [
        {"page": 1, "kind": "ink", "audience": "private", "style": style}
        | {"geometry": {"strokes": [stroke]}}
        for stroke in strokes(11, ON_THE_PAGE)
    ]
    for first in range(0, ON_THE_PAGE, IN_A_BATCH):
        items = marks[first : first + IN_A_BATCH]
        client.post(f"/documents/{room.document_id}/annotations/batch", items=items)
    client.close()


async def _measured(table: Table, ours: Product, room: Room) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(**launch_options())
        page = await (await browser.new_context(**TABLET)).new_page()
        await _come_in(page, ours, room)
        line = await page.context.new_cdp_session(page)
        await line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for words, path in (("words", _words()), ("one long stroke", _scribble())):
            case = f"writing {words} among {ON_THE_PAGE:,} strokes, processor {SLOWER} times slower"
            await page.wait_for_timeout(1500)
            pen = Pen(line, *await _leaf(page))
            await browser.start_tracing(page=page, categories=TRACED)
            await page.evaluate("bench.start()")
            sent = await pen.write(path)
            seen = await page.evaluate("() => { bench.on = false; return bench; }")
            worked = main_thread(await browser.stop_tracing())
            _note(table, case, seen, worked, sent)
        await browser.close()


async def _come_in(page: Page, ours: Product, room: Room) -> None:
    """Open the paper in the room and take the pen, with all that is written on it."""
    base = f"http://127.0.0.1:{ours.port}"
    await page.context.add_cookies(cookies_of(ours, room.cookies[1]))
    await page.add_init_script(WATCH)
    await page.goto(f"{base}/meetings/{room.id}")
    await page.wait_for_function("() => globalThis.app?.connection.room")
    await page.evaluate(f"app.context.reading.open({json.dumps(room.document_id)})")
    await page.wait_for_selector(".leaf:not(.waiting) .leaf-picture canvas")
    await page.wait_for_function(f"() => app.context.reading.viewer.ink.count >= {ON_THE_PAGE}")
    await page.keyboard.press("p")
    await page.wait_for_timeout(4000)


async def _leaf(page: Page) -> tuple[float, float, float, float]:
    """Where the page is in the window, CSS pixels: left, top, width, height."""
    box = await page.locator(".leaf").bounding_box()
    if box is None:
        raise LookupError("there is no page on the desk")
    return box["x"], box["y"], box["width"], box["height"]


def _words() -> Iterator[Spot | None]:
    """Handwriting in the upper part of the page."""
    for spot in pen_points(5):
        yield spot and (spot[0], 0.05 + spot[1] * 0.45, spot[2])


def _scribble() -> Iterator[Spot | None]:
    """A line without an end."""
    moment = 0
    while True:
        moment += 1
        x, y = math.sin(moment * 0.011), math.sin(moment * 0.017)
        yield 0.5 + 0.3 * x, 0.28 + 0.18 * y, 0.5 + 0.2 * math.sin(moment * 0.05)


@dataclass
class Pen:
    """A pen over the window."""

    line: CDPSession
    left: float
    top: float
    width: float
    height: float

    async def write(self, path: Iterator[Spot | None]) -> int:
        """SECONDS along a path, PEN_HZ spots a second; answers how many moves were sent."""
        began, moves = time.perf_counter(), 0
        under_way: list[asyncio.Future[Any]] = []
        last: Spot | None = None
        for number, spot in enumerate(islice(path, SECONDS * PEN_HZ)):
            if spot is not None:
                kind = "mouseMoved" if last else "mousePressed"
                moves += last is not None
                under_way.append(asyncio.ensure_future(self._send(kind, spot, 1)))
            elif last:
                under_way.append(asyncio.ensure_future(self._send("mouseReleased", last, 0)))
            last = spot
            ahead_by = began + (number + 1) / PEN_HZ - time.perf_counter()
            await asyncio.sleep(max(0, ahead_by))
        if last:
            under_way.append(asyncio.ensure_future(self._send("mouseReleased", last, 0)))
        await asyncio.gather(*under_way)
        return moves

    async def _send(self, kind: str, spot: Spot, buttons: int) -> None:
        x, y = self.left + self.width * spot[0], self.top + self.height * spot[1]
        event = {"type": kind, "x": x, "y": y, "button": "left", "buttons": buttons}
        more = {"clickCount": 1, "pointerType": "pen", "force": spot[2]}
        await self.line.send("Input.dispatchMouseEvent", event | more)


def _note(table: Table, case: str, seen: dict[str, Any], worked: MainThread, sent: int) -> None:
    gaps, waits = sorted(seen["gaps"]), sorted(seen["waits"])
    frame = statistics.median(gaps)
    late = 100 * sum(gap > 1.5 * frame for gap in gaps) / len(gaps)
    table.note(case, OURS, "pen moves that arrived", seen["points"], f"of {sent}")
    drawn = 100 * seen["inTime"] / max(1, seen["moves"])
    table.note(case, OURS, "events drawn in their own frame", drawn, "%")
    for words, percent in (("median", 50), ("p99", 99)):
        value = percentile(waits, percent)
        table.note(case, OURS, f"event to ink drawn, {words}", value, "ms")
    half = len(worked.frames) // 2
    for words, frames in (
        ("", worked.frames),
        (", first half", worked.frames[:half]),
        (", second half", worked.frames[half:]),
    ):
        table.note_spread(case, OURS, f"main thread for each frame{words}", frames, "ms")
    table.note(case, OURS, "frames it worked too long for", worked.over(), "in 100")
    table.note(case, OURS, "tasks it worked over 50 ms for", len(worked.long), "tasks")
    table.note(case, OURS, "one frame", frame, "ms")
    table.note(case, OURS, "frames that came late", late, "in 100")
    table.note(case, OURS, "tasks over 50 ms", len(seen["long"]), "tasks")
    table.note(case, OURS, "longest of them", max(seen["long"], default=0.0), "ms")


def main() -> None:
    """Over a hall of its own."""
    table = Table("ink_screen")
    with ahead(), product(2) as ours:
        measure(table, ours, ours.hall.rooms["2"])
    print(table.printed())


if __name__ == "__main__":
    main()

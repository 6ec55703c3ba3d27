"""room: in Chromium, from the arrival of room.live to the frame that shows the page.

The room's own marks are used: `turn-event` when the event arrives, `turn-painted` at the beginning
of the frame that paints the page, or before it a preview of 640 pixels ("readable"). `page painted`
counts on to the end of that frame's work on the main thread. There is no graphics card here: what a
compositor adds is not measured.
"""

import random
from typing import Any

from playwright.sync_api import Page, sync_playwright

from bench.load.browser import TABLET, cookies_of, launch_options
from bench.load.crowd import Crowd
from bench.load.pacing import Turns
from bench.machine import LOAD_CORE, SERVER_CORE, on_cores
from bench.product import Product, Room, product
from bench.table import OURS, Table, percentile

TURNS, EVERY = 100, 0.4
SLOWER = 4
FETCHED_WITHIN = 90_000

WATCH = """(() => {
  globalThis.bench = { turns: [], long: [] };
  const { turns, long } = globalThis.bench;
  let preview = null;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    const turn = turns.at(-1);
    turn.painted = performance.now() - turn.at;
  };
  const measure = performance.measure.bind(performance);
  performance.measure = (name, from, to) => {
    const made = measure(name, from, to);
    if (name === "turn-preview") preview = { at: made.startTime, begun: made.duration };
    if (name === "turn") {
      const readable = preview?.at === made.startTime ? preview.begun : made.duration;
      turns.push({ at: made.startTime, readable, begun: made.duration, painted: 0 });
      channel.port2.postMessage(0);
    }
    return made;
  };
  new PerformanceObserver((seen) => {
    for (const task of seen.getEntries()) long.push(task.duration);
  }).observe({ type: "longtask" });
})()"""

FRAME = """() => new Promise((done) => {
  const gaps = [];
  let before = 0;
  const frame = (now) => {
    if (before) gaps.push(now - before);
    before = now;
    if (gaps.length < 60) requestAnimationFrame(frame);
    else done(gaps.sort((a, b) => a - b)[30]);
  };
  requestAnimationFrame(frame);
})"""


def run() -> Table:
    """About two minutes."""
    table = Table("room")
    with product(2) as ours, on_cores(SERVER_CORE, LOAD_CORE), sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options())
        page = browser.new_context(**TABLET).new_page()
        room = ours.hall.rooms["2"]
        _come_in(page, ours, room)
        crowd = Crowd(ours.port)
        crowd.arrive(room.cookies[0], room.id)
        crowd.until_joined()
        _turns(table, page, crowd, room)
        crowd.leave()
        browser.close()
    return table


def _come_in(page: Page, ours: Product, room: Room) -> None:
    """Open the room as a member and wait until every page of the paper was fetched ahead."""
    base = f"http://127.0.0.1:{ours.port}"
    crowd = Crowd(ours.port)
    crowd.arrive(room.cookies[0], room.id)
    crowd.until_joined()
    Turns(crowd, room).turn()
    crowd.leave()
    page.context.add_cookies(cookies_of(ours, room.cookies[1]))
    page.add_init_script(WATCH)
    fetched: set[str] = set()

    def note(address: str) -> None:
        if "/image?width=1200" in address or "/image?width=640" in address:
            fetched.add(address)

    page.on("requestfinished", lambda request: note(request.url))
    page.goto(f"{base}/meetings/{room.id}")
    page.wait_for_selector(".leaf-picture canvas")
    waited = 0
    while len(fetched) < 2 * room.pages - 1:
        page.wait_for_timeout(200)
        waited += 200
        if waited > FETCHED_WITHIN:
            raise TimeoutError(f"{len(fetched)} images of {room.pages} pages were fetched")
    page.wait_for_timeout(1000)


def _turns(table: Table, page: Page, crowd: Crowd, room: Room) -> None:
    there = list(range(2, room.pages + 1))
    onward = [*there, *reversed(there[:-1]), 1]
    far = random.Random(7).sample(there, len(there))
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable")
    for speed, words in ((1, "this machine"), (SLOWER, f"processor {SLOWER} times slower")):
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": speed})
        for case, pages in (("next page", onward), ("a far page", far)):
            Turns(crowd, room).turn()
            crowd.pass_time(2)
            page.evaluate("() => { bench.turns.length = 0; bench.long.length = 0; }")
            before = _main_thread(devtools.send("Performance.getMetrics"))
            Turns(crowd, room, pages).paced(TURNS, EVERY)
            used = _main_thread(devtools.send("Performance.getMetrics")) - before
            seen = page.evaluate("() => bench")
            frame = float(page.evaluate(FRAME))
            _note(table, f"{case}, {words}", seen, frame, used / TURNS)


def _main_thread(metrics: dict[str, Any]) -> float:
    """Milliseconds that the page's main thread worked so far."""
    found = {metric["name"]: metric["value"] for metric in metrics["metrics"]}
    return float(found["TaskDuration"]) * 1000


def _note(table: Table, case: str, seen: dict[str, Any], frame: float, used: float) -> None:
    turns = seen["turns"]
    table.note(case, OURS, "turns seen", len(turns), f"of {TURNS}")
    table.note(case, OURS, "one frame", frame, "ms")
    for name, metric in (
        ("readable", "readable"),
        ("begun", "frame begun"),
        ("painted", "page painted"),
    ):
        ordered = sorted(turn[name] for turn in turns)
        for words, percent in (("median", 50), ("p99", 99)):
            value = percentile(ordered, percent)
            table.note(case, OURS, f"event to {metric}, {words}", value, "ms")
            table.note(case, OURS, f"event to {metric}, {words}, frames", value / frame, "frames")
    table.note(case, OURS, "main thread for each turn", used, "ms")
    table.note(case, OURS, "tasks over 50 ms", len(seen["long"]), "tasks")
    table.note(case, OURS, "longest of them", max(seen["long"], default=0.0), "ms")

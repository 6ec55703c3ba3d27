"""opening: a tablet opens the room for the first time, until its first page is drawn.

In Chromium with nothing cached, over a network of 20 ms and 20 Mbit/s, with a slower processor.
Then 200 tablets fetch the files that Chromium fetched from the server's bundle, all at once.
"""

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.load.browser import TABLET, cookies_of, launch_options
from bench.load.crowd import Crowd
from bench.load.fetchers import Plan, fetchers
from bench.load.pacing import Turns
from bench.machine import LOAD_CORE, SERVER_CORE, on_cores
from bench.product import Product, Room, product
from bench.table import OURS, Table

TABLETS, CONNECTIONS = 200, 6
ROUNDS = 5
SLOWER = (1, 4, 6)
NETWORK = {"offline": False, "latency": 20, "downloadThroughput": 2.5e6, "uploadThroughput": 2.5e6}
_OTHER_PAGE = re.compile(r"/pages/(?!1/)[0-9]+/image")
DRAWN = ".leaf:not(.waiting) .leaf-picture canvas"
WATCH = f"""(() => {{
  const look = () => document.querySelector({DRAWN!r})
    ? requestAnimationFrame(() => {{ globalThis.drawnAt = performance.now(); }})
    : requestAnimationFrame(look);
  look();
}})()"""


@dataclass
class Opened:
    """One opening: milliseconds until the first page was drawn, and what was fetched until then.

    ahead: kilobytes of other pages, which are fetched ahead meanwhile; files and kilobytes are
    those of everything else.
    """

    milliseconds: float
    files: int
    kilobytes: float
    ahead: float
    bundle: list[str]


def run() -> Table:
    """About a minute."""
    table = Table("opening")
    with product(TABLETS) as ours:
        room = ours.hall.rooms[str(TABLETS)]
        _present(ours, room)
        with on_cores(SERVER_CORE, LOAD_CORE), sync_playwright() as playwright:
            browser = playwright.chromium.launch(**launch_options())
            bundle = _open(browser, ours, room, 1).bundle
            for slower in SLOWER:
                _note(table, slower, [_open(browser, ours, room, slower) for _ in range(ROUNDS)])
            browser.close()
        _all_fetch(table, ours, room, bundle)
    return table


def _present(ours: Product, room: Room) -> None:
    crowd = Crowd(ours.port)
    crowd.arrive(room.cookies[0], room.id)
    crowd.until_joined()
    Turns(crowd, room).turn()
    crowd.leave()


def _open(browser: Browser, ours: Product, room: Room, slower: int) -> Opened:
    page = browser.new_context(**TABLET).new_page()
    base = f"http://127.0.0.1:{ours.port}"
    page.context.add_cookies(cookies_of(ours, room.cookies[1]))
    page.add_init_script(WATCH)
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", NETWORK)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    sizes: dict[str, float] = {}
    addresses: dict[str, str] = {}
    devtools.on("Network.responseReceived", lambda one: _named(addresses, one))
    devtools.on("Network.loadingFinished", lambda one: _sized(sizes, one))
    page.goto(f"{base}/meetings/{room.id}")
    drawn = float(_when_drawn(page))
    page.context.close()
    ahead = {one for one in sizes if _OTHER_PAGE.search(addresses.get(one, ""))}
    needed = [one for one in sizes if one not in ahead]
    return Opened(
        drawn,
        len(needed),
        sum(map(sizes.__getitem__, needed)) / 1000,
        sum(map(sizes.__getitem__, ahead)) / 1000,
        sorted({path for one in needed if (path := _bundled(addresses.get(one, "")))}),
    )


def _named(addresses: dict[str, str], event: dict[str, Any]) -> None:
    addresses[event["requestId"]] = event["response"]["url"]


def _sized(sizes: dict[str, float], event: dict[str, Any]) -> None:
    sizes[event["requestId"]] = event["encodedDataLength"]


def _when_drawn(page: Page) -> Any:
    return page.wait_for_function("() => globalThis.drawnAt", timeout=60_000).json_value()


def _bundled(address: str) -> str | None:
    found = re.search(r"/static/dist/.*$", address)
    return found[0] if found else None


def _note(table: Table, slower: int, opened: list[Opened]) -> None:
    case = "first page in Chromium" + (f", processor {slower} times slower" if slower > 1 else "")
    seconds = [one.milliseconds / 1000 for one in opened]
    table.note_rounds(case, OURS, "until it is drawn", seconds, "s")
    table.note(case, OURS, "files until then", max(one.files for one in opened), "files")
    table.note(case, OURS, "bytes until then", max(one.kilobytes for one in opened), "kB")
    table.note(case, OURS, "of pages fetched ahead", max(one.ahead for one in opened), "kB")


def _all_fetch(table: Table, ours: Product, room: Room, bundle: list[str]) -> None:
    with fetchers(ours.port, room.cookies) as people:
        plan = Plan(bundle, CONNECTIONS, within=0.0, prefix="", encoding="br")
        found = people.fetch(plan).result()
    case = f"{TABLETS} tablets fetch the {len(bundle)} files of the bundle at once"
    if found.statuses.keys() != {200}:
        raise RuntimeError(f"not every file was served: {found.statuses}")
    table.note(case, OURS, "last one has all", found.last_at - found.first_at, "s")
    table.note(case, OURS, "each tablet", found.bytes / TABLETS / 1000, "kB")
